"""Logging an item of evidence."""

import json
from datetime import timedelta

import pytest

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.errors import Invalid, Locked, NotAllowed
from claims.actions.log_evidence import log_evidence
from claims.models import Bearing, BearingRevision, Event, EventClaim, Evidence, Outbox
from tests.actions.rows import grown, row_counts
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_item, bearings_on, item_words, on

pytestmark = pytest.mark.django_db


def log(by, *bearings, **options):
    words = {key: options.pop(key) for key in list(options) if key not in {"draft", "key", "import_key"}}
    words["source"] = words.get("source") or a_source()
    return log_evidence(by=by, words=item_words(**words), bearings=bearings_on(*bearings), today=DAY, **options)


def test_it_publishes_for_a_trusted_analyst():
    item = log(a_person("analyst", trusted=True), a_claim()).evidence
    assert Evidence.objects.get(id=item.id).state == "published"


def test_it_waits_for_a_new_analyst():
    item = log(a_person("analyst"), a_claim()).evidence
    assert Evidence.objects.get(id=item.id).state == "pending"


def test_a_waiting_item_does_not_count_on_its_claim():
    claim = a_claim()
    log(a_person("analyst"), claim)
    claim.refresh_from_db()
    assert (claim.items, claim.supports) == (0, 0)


def test_a_waiting_item_has_no_number_yet():
    log(a_person("analyst"), a_claim())
    assert Bearing.objects.get().number is None


def test_a_waiting_item_keeps_the_instant_at_which_it_was_submitted():
    assert log(a_person("analyst")).evidence.submitted_at is not None


def test_a_published_item_counts_on_each_of_its_claims():
    first, second = a_claim(), a_claim()
    log(a_person("editor"), (first, "supports"), (second, "contradicts"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.supports, second.contradicts) == (1, 1)


def test_a_draft_leaves_no_event():
    claim, source, analyst = a_claim(), a_source(), a_person("analyst")
    before = row_counts()
    log(analyst, claim, source=source, draft=True)
    assert grown(before) == {"evidence": 1, "bearing": 1}


def test_a_draft_may_lack_all_but_its_address():
    words = item_words(title="", summary="", credibility=None, published=None)
    item = log_evidence(by=a_person("analyst"), words=words, draft=True, today=DAY).evidence
    assert (item.title, item.source, item.credibility) == ("", None, None)


def test_a_published_item_writes_one_event_with_its_claims_and_outbox_row():
    first, second, source, editor = a_claim(), a_claim(), a_source(), a_person("editor")
    before = row_counts()
    log(editor, first, second, source=source)
    expected = {"evidence": 1, "bearing": 2, "bearing_revision": 2, "event": 1, "event_claim": 2, "event_body": 1}
    assert grown(before) == {**expected, "outbox": 1}


def test_the_event_names_actor_subject_and_day():
    editor = a_person("editor")
    item = log(editor, a_claim(), published="2026-05-12").evidence
    event = Event.objects.get(verb="evidence-logged")
    assert (event.actor, event.subject_type, event.subject_id, str(event.about_on)) == (
        editor,
        "evidence",
        item.id,
        "2026-05-12",
    )


def test_the_event_tells_the_words_as_they_are_stored():
    log(a_person("editor"), title="  Two   spaces ", author="\u0041\u030a", address="HTTPS://News.Example/a")
    told = Event.objects.get(verb="evidence-logged").body.payload
    assert (told["title"], told["author"], told["address"]) == ("Two spaces", "\u00c5", "https://news.example/a")


def test_the_event_stays_small_whatever_was_typed_as_the_story():
    log(a_person("editor"), story="one two " * 20_000)
    assert len(json.dumps(Event.objects.get(verb="evidence-logged").body.payload)) < 1_000


def test_each_bearing_begins_with_its_first_revision():
    log(a_person("editor"), a_claim())
    revision = BearingRevision.objects.get()
    assert (revision.number, revision.state, revision.stance) == (1, "published", "supports")


def test_the_event_waits_in_the_outbox():
    log(a_person("editor"), a_claim())
    assert Outbox.objects.filter(event__verb="evidence-logged").exists()


def test_an_item_without_bearings_is_taken():
    log(a_person("editor"))
    assert not EventClaim.objects.filter(event__verb="evidence-logged").exists()


def test_a_reader_may_not_log():
    with pytest.raises(NotAllowed):
        log(a_person())


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("address", {"address": "javascript:alert(1)"}),
        ("address", {"address": "https://example.org/" + "a" * 2_000}),
        ("title", {"title": " \u200b "}),
        ("title", {"title": "a" * 201}),
        ("title", {"title": "nul \x00"}),
        ("summary", {"summary": ""}),
        ("summary", {"summary": "half \ud800"}),
        ("summary", {"summary": "a" * 1_000_000}),
        ("author", {"author": "a" * 201}),
        ("quotation", {"quotation": "a" * 501}),
        ("type", {"type": "rumour"}),
        ("credibility", {"credibility": 7}),
        ("credibility", {"credibility": None}),
        ("story", {"story": "—"}),
        ("published", {"published": str(on(2))}),
    ],
)
def test_it_names_the_field_that_is_wrong(field, words):
    with pytest.raises(Invalid) as refused:
        log(a_person("editor"), **words)
    assert list(refused.value.errors) == [field]


def test_it_says_everything_that_is_wrong_at_once():
    with pytest.raises(Invalid) as refused:
        log(a_person("editor"), address="", title="", summary="")
    assert set(refused.value.errors) == {"address", "title", "summary"}


def test_it_asks_for_the_source():
    with pytest.raises(Invalid) as refused:
        log_evidence(by=a_person("editor"), words=item_words(), today=DAY)
    assert list(refused.value.errors) == ["source"]


def test_a_page_of_tomorrow_is_taken_since_it_is_tomorrow_somewhere():
    assert log(a_person("editor"), published=str(on(1))).evidence.published_to == on(1)


@pytest.mark.parametrize("bad", [("sideways", "moderate"), ("supports", "heavy")])
def test_it_refuses_a_stance_or_weight_that_there_is_not(bad):
    with pytest.raises(Invalid) as refused:
        log(a_person("editor"), (a_claim(), *bad))
    assert list(refused.value.errors) == ["bearings"]


def test_it_refuses_two_bearings_on_one_claim():
    claim = a_claim()
    with pytest.raises(Invalid) as refused:
        log(a_person("editor"), claim, (claim, "contradicts"))
    assert list(refused.value.errors) == ["bearings"]


def test_it_refuses_a_claim_that_there_is_not():
    claim = a_claim()
    claim.id = a_source().id
    with pytest.raises(Invalid) as refused:
        log(a_person("editor"), claim)
    assert list(refused.value.errors) == ["bearings"]


def test_it_stores_nothing_where_one_of_its_claims_is_locked():
    free, locked, source, editor = a_claim(), a_claim(), a_source(), a_person("editor")
    lock_claim_for_all(by=a_person("moderator"), claim=locked, reason="A dispute.", today=DAY)
    before = row_counts()
    with pytest.raises(Locked):
        log(editor, free, locked, source=source)
    assert grown(before) == {}


@pytest.mark.parametrize(
    ("published", "event", "known_by"),
    [
        ("2026-05-12", "2026-04-01", "2026-05-12"),
        ("2026-04", None, "2026-04-30"),
        (None, "2025", "2025-12-31"),
        (None, "2026-02-10", "2026-02-10"),
        (None, None, "2026-06-01"),
    ],
)
def test_an_item_is_known_from_its_date(published, event, known_by):
    item = log(a_person("editor"), published=published, event=event).evidence
    assert str(Evidence.objects.get(id=item.id).known_by) == known_by


def test_it_takes_the_instant_that_it_is_given():
    item = an_item(now=NOW + timedelta(hours=1))
    assert item.logged_at == NOW + timedelta(hours=1)
