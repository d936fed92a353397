"""Loading an article set: whole, again, and broken."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from claims.actions.kept import EVERYTHING, differences
from claims.actions.relations import relate_claims, unrelate_claims
from claims.interchange.load_article import load_article
from claims.interchange.records import BrokenFile
from claims.models import Article, Assessment, Bearing, Claim, ClaimRelation, ClaimRevision, Event, Evidence, User
from tests.actions.rows import grown, row_counts
from tests.factories import a_claim, a_person, an_item
from tests.interchange.broken import BROKEN
from tests.interchange.sets import a_set, written

SHIPPED = settings.BASE_DIR / "claims" / "data" / "reset-2025"
TODAY = date(2026, 11, 24)


def load(folder, today=TODAY):
    return load_article(folder, today=today, progress=lambda what, done, total: None)


def take_back(relation):
    unrelate_claims(by=a_person("editor"), relation=relation, reason="Read too much into it.", today=TODAY)


# --- The shipped set


def test_it_loads_all_of_it(db):
    assert load(SHIPPED) == {
        "sources": 115, "topics": 9, "articles": 1, "claims": 21, "relations": 10, "evidence": 163, "assessments": 88,
    }  # fmt: skip


def test_every_claim_item_bearing_and_judgement_is_there(loaded_db):
    counts = row_counts()
    found = {table: counts[table] for table in ("claim", "evidence", "bearing", "assessment")}
    assert found == {"claim": 21, "evidence": 163, "bearing": 352, "assessment": 88}


def test_a_second_run_changes_nothing(loaded_db):
    before, last = row_counts(), Event.objects.order_by("id").last()
    new = load(SHIPPED)
    assert (new, grown(before), Event.objects.order_by("id").last()) == ({}, {}, last)


def test_what_is_kept_agrees_with_a_recount(loaded_db):
    claims = list(Claim.objects.values_list("id", flat=True))
    assert [differences(kept, claims, today=TODAY) for kept in EVERYTHING] == [[], [], []]


def test_nine_are_borne_out_one_is_not_and_eleven_are_open(loaded_db):
    assert Counter(Claim.objects.values_list("status", flat=True)) == {"borne-out": 9, "not-borne-out": 1, "open": 11}


def test_five_open_claims_are_overdue_for_review_on_24_november_2026(loaded_db):
    overdue = Claim.objects.filter(status="open", review_due_on__lt=TODAY).values_list("slug", "review_due_on")
    assert dict(overdue) == {
        "russia-readmitted-to-the-g7": date(2026, 9, 15),
        "trump-turns-on-the-reset": date(2026, 11, 9),
        "no-comprehensive-settlement": date(2026, 11, 9),
        "demands-presented-as-concessions": date(2026, 8, 28),
        "nothing-like-2009": date(2026, 10, 13),
    }


def test_no_open_claim_is_past_its_horizon_on_that_day(loaded_db):
    assert not Claim.objects.filter(status="open", due_sort__lt=TODAY).exists()


def test_two_reach_their_horizon_at_the_end_of_2026(loaded_db):
    due = Claim.objects.filter(status="open", due_sort=date(2026, 12, 31)).values_list("slug", flat=True)
    assert set(due) == {"no-comprehensive-settlement", "us-proposes-russias-return-to-the-g7"}


def test_what_was_settled_before_the_article_and_the_facts_are_not_scored(loaded_db):
    unscored = Claim.objects.filter(scored=False)
    facts = unscored.filter(kind="fact")
    assert (facts.count(), set(unscored.exclude(kind="fact").values_list("slug", flat=True))) == (
        3,
        {"us-hinders-accountability-for-war-crimes"},
    )


def test_numbers_follow_the_dates_of_the_items(loaded_db):
    for claim in Claim.objects.all():
        rows = Bearing.objects.filter(claim=claim).select_related("evidence").order_by("number")
        days = [row.evidence.published_from or row.evidence.event_from for row in rows]
        assert ([row.number for row in rows], days) == (list(range(1, len(days) + 1)), sorted(days)), claim


def test_the_fine_print_is_a_clarification_in_force_from_24_november_2026(loaded_db):
    revisions = ClaimRevision.objects.exclude(fine_print="")
    assert set(revisions.values_list("type", "in_force_from")) == {("clarification", TODAY)}


def test_nothing_is_cited_in_hindsight(loaded_db):
    for assessment in Assessment.objects.prefetch_related("citations__evidence"):
        late = [row.evidence for row in assessment.citations.all() if row.evidence.known_by > assessment.as_of]
        assert late == [], assessment.as_of


def test_every_event_is_the_houses(loaded_db):
    by_people = Event.objects.exclude(verb="ledger-key-set")
    assert set(by_people.values_list("actor__email", flat=True)) == {"editors@resetwatch.invalid"}


def test_nobody_can_sign_in_as_the_house(loaded_db):
    assert not User.objects.get().has_usable_password()


# --- A small set


def test_a_small_set_is_whole(db, tmp_path):
    assert load(written(a_set(), tmp_path))["evidence"] == 2


def test_an_item_added_to_the_file_is_loaded_by_the_next_run(db, tmp_path):
    content = a_set()
    load(written(content, tmp_path))
    content["evidence"].append({**content["evidence"][0], "id": "e3", "url": "https://paper.example/e3"})
    assert load(written(content, tmp_path)) == {"evidence": 1}


def test_a_relation_that_an_editor_took_back_is_not_set_again(db, tmp_path):
    load(written(a_set(), tmp_path))
    take_back(ClaimRelation.objects.get())
    assert (load(tmp_path), ClaimRelation.objects.exists()) == ({}, False)


def test_a_relation_that_was_set_again_is_not_set_twice(db, tmp_path):
    load(written(a_set(), tmp_path))
    row = ClaimRelation.objects.get()
    take_back(row)
    again = {"claim": row.from_claim, "relation": row.relation, "to": row.to_claim}
    relate_claims(by=a_person("editor"), today=TODAY, **again)
    assert (load(tmp_path), ClaimRelation.objects.count()) == ({}, 1)


def test_a_relation_added_to_the_file_is_loaded_by_the_next_run(db, tmp_path):
    content = a_set()
    load(written(content, tmp_path))
    take_back(ClaimRelation.objects.get())
    content["relations"].append({**content["relations"][0], "relation": "competes with"})
    assert load(written(content, tmp_path)) == {"relations": 1}


def test_two_articles_share_sources_and_topics(db, tmp_path):
    load(written(a_set(), tmp_path))
    content = a_set()
    content["article"]["slug"] = "other"
    for name in ("claims", "relations", "evidence", "assessments"):
        content[name] = []
    assert load(written(content, tmp_path)) == {"articles": 1}


def test_an_item_without_a_date_is_known_from_the_day_of_loading(db, tmp_path):
    content = a_set()
    content["evidence"][1]["published_on"] = None
    load(written(content, tmp_path))
    assert Evidence.objects.get(import_key="small:e2").known_by == TODAY


# --- Broken files


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_record_is_named_with_its_field_and_nothing_is_loaded(db, tmp_path, case):
    change, place, words = BROKEN[case]
    content = a_set()
    change(content)
    before = row_counts()
    with pytest.raises(BrokenFile) as refused:
        load(written(content, tmp_path))
    said = str(refused.value)
    assert (said.startswith(place), words in said, grown(before)) == (True, True, {}), said


@pytest.mark.parametrize("name", list(a_set()))
def test_a_missing_file_is_named(db, tmp_path, name):
    (written(a_set(), tmp_path) / f"{name}.json").unlink()
    with pytest.raises(BrokenFile, match=rf"{name}\.json: there is no such file"):
        load(tmp_path)


@pytest.mark.parametrize("name", list(a_set()))
def test_a_truncated_file_is_named(db, tmp_path, name):
    file = written(a_set(), tmp_path) / f"{name}.json"
    file.write_text(file.read_text()[:-5])
    with pytest.raises(BrokenFile, match=rf"{name}\.json: it cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"", b"[" * 100_000, b"[" + b"9" * 5_000 + b"]", b"\xef\xbb\xbf[]"],
    ids=["no UTF-8", "empty", "deep", "a number of 5,000 digits", "a byte order mark"],
)
def test_what_is_no_json_is_named(db, tmp_path, content):
    (written(a_set(), tmp_path) / "evidence.json").write_bytes(content)
    with pytest.raises(BrokenFile, match=r"evidence\.json: "):
        load(tmp_path)


def test_a_folder_that_is_not_there_is_said(db, tmp_path):
    with pytest.raises(BrokenFile):
        load(tmp_path / "nowhere")


def test_an_id_too_long_with_its_article_is_refused(db, tmp_path):
    content = a_set()
    content["article"]["slug"] = "a" * 79
    with pytest.raises(BrokenFile, match=r"evidence\.json, e1: id: "):
        load(written(content, tmp_path))


def test_a_claim_of_another_article_is_not_taken_for_its_own(db, tmp_path):
    a_claim(slug="first")
    with pytest.raises(BrokenFile, match=r"claims\.json, first: slug"):
        load(written(a_set(), tmp_path))


def test_an_address_that_somebody_logged_is_not_taken_over(db, tmp_path):
    an_item(address="https://paper.example/e1")
    with pytest.raises(BrokenFile, match=r"evidence\.json, e1: url"):
        load(written(a_set(), tmp_path))


def test_a_file_broken_at_its_end_leaves_what_was_there_as_it_was(loaded_db, tmp_path):
    content = a_set()
    content["assessments"][1]["probability"] = 0.5
    before = row_counts()
    with pytest.raises(BrokenFile):
        load(written(content, tmp_path))
    assert grown(before) == {}


# --- The command


def test_the_command_says_what_was_new(db, tmp_path):
    output = StringIO()
    call_command("load_article", written(a_set(), tmp_path), stdout=output)
    assert "2 evidence" in output.getvalue()


def test_the_command_says_that_nothing_was_new(db, tmp_path):
    output = StringIO()
    for _ in range(2):
        call_command("load_article", written(a_set(), tmp_path), stdout=output)
    assert output.getvalue().endswith("Nothing was new.\n")


def test_the_command_says_what_is_broken(db, tmp_path):
    (written(a_set(), tmp_path) / "claims.json").unlink()
    with pytest.raises(CommandError, match=r"Nothing was loaded\. claims\.json"):
        call_command("load_article", tmp_path, stdout=StringIO())


def test_the_command_shows_its_progress(db, tmp_path):
    output = StringIO()
    call_command("load_article", written(a_set(), tmp_path), stdout=output)
    assert "evidence: 2" in output.getvalue()


def test_the_article_is_there_once(loaded_db):
    assert Article.objects.get().slug == "us-russia-reset-2025"
