"""What the database refuses, each constraint once, by rows that nothing but the database checks."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint

from claims.actions.relations import relate_claims
from claims.models import (
    Checkpoint,
    Event,
    EvidenceLink,
    Flag,
    LedgerEntry,
    LedgerNode,
    Outbox,
    UserRole,
)
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_person,
    a_source,
    a_topic,
    an_article,
    an_assessment,
    an_item,
    on,
)
from tests.models.refusals import again, changed, refuses

pytestmark = pytest.mark.django_db


def an_event():
    a_topic()
    return Event.objects.latest("id")


BLANK = (
    "address", "address_norm", "title", "author", "summary", "quotation", "looked_for", "story", "returned_because",
)  # fmt: skip


def a_redacted_item():
    item = an_item()
    changed(item, state="redacted", **dict.fromkeys(BLANK, ""))
    return item


UNKNOWN = [
    ("person_role_known", lambda: UserRole(user=a_person("editor"), role="editor"), {"role": "king"}),
    ("source_reliability_known", a_source, {"reliability": "G"}),
    ("source_kind_known", a_source, {"kind": "pub"}),
    ("article_kind_known", an_article, {"kind": "poem"}),
    ("article_has_paragraphs", an_article, {"paragraphs": 0}),
    ("article_dates_in_order", an_article, {"published_from": on(0), "published_to": on(-1)}),
    ("article_dates_in_order", an_article, {"published_from": None}),
    ("article_dates_in_order", an_article, {"published_to": None}),
    ("article_author_has_name_or_role", lambda: an_article().authors.get(), {"name": "", "role": ""}),
    ("claim_kind_known", a_claim, {"kind": "hunch"}),
    ("claim_status_known", a_claim, {"status": "maybe"}),
    ("claim_has_paragraph", a_claim, {"paragraph": 0}),
    ("claim_due_after_opening", a_claim, {"due_sort": on(-101)}),
    ("claim_annulled_with_reason", a_claim, {"status": "annulled"}),
    ("claim_annulled_with_reason", a_claim, {"annulled_because": "restated"}),
    ("evidence_state_known", an_item, {"state": "lost"}),
    ("evidence_type_known", an_item, {"type": "rumour"}),
    ("evidence_credibility_known", an_item, {"credibility": 7}),
    ("evidence_complete_unless_draft", an_item, {"source": None}),
    ("evidence_complete_unless_draft", an_item, {"credibility": None}),
    ("evidence_complete_unless_draft", an_item, {"summary": ""}),
    ("evidence_complete_unless_draft", an_item, {"title": ""}),
    ("evidence_published_in_order", an_item, {"published_from": on(0), "published_to": on(-1)}),
    ("evidence_published_in_order", an_item, {"published_from": None}),
    ("evidence_event_in_order", an_item, {"event_from": on(0)}),
    ("evidence_address_ascii", an_item, {"address": "https://exämple.org/"}),
    ("evidence_address_ascii", an_item, {"address_norm": "https://example.org/a b"}),
    *[("evidence_redacted_is_blank", a_redacted_item, {field: "x"}) for field in BLANK],
    (
        "evidence_complete_unless_draft",
        a_redacted_item,
        {"state": "published", "address": "https://a.example/", "address_norm": "https://a.example/"},
    ),
    ("evidence_address_ascii", a_redacted_item, {"state": "draft"}),
    ("bearing_stance_known", lambda: an_item([a_claim()]).bearings.get(), {"stance": "sideways"}),
    ("bearing_weight_known", lambda: an_item([a_claim()]).bearings.get(), {"weight": "heavy"}),
    ("bearing_state_known", lambda: an_item([a_claim()]).bearings.get(), {"state": "lost"}),
    ("bearing_numbered", lambda: an_item([a_claim()]).bearings.get(), {"number": None}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "change"), UNKNOWN, ids=lambda value: value if isinstance(value, str) else "")
def test_a_row_is_not_changed_into_what_it_may_not_be(name, make, change):
    row = make()
    with refuses(name):
        changed(row, **change)


def test_a_claim_is_not_its_own_successor():
    claim = a_claim()
    with refuses("claim_not_its_own_successor"):
        changed(claim, successor=claim)


REVISION = {"number": 2, "type": "wording"}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("claim_revision_type_known", {"type": "whim"}),
        ("claim_revision_opening_first", {"type": "opening"}),
        ("claim_revision_review_days", {"review_every_days": 0}),
        ("claim_revision_review_days", {"review_every_days": 3_661}),
        ("claim_revision_once", {"number": 1, "type": "opening"}),
    ],
)
def test_a_wording_is_not_stored_as_what_it_may_not_be(name, change):
    revision = a_claim().revisions.get()
    with refuses(name):
        again(revision, **{**REVISION, **change})


def a_relation():
    return relate_claims(by=a_person("editor"), claim=a_claim(), relation="contributes-to", to=a_claim(), today=DAY)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("claim_relation_once", lambda row: {}),
        ("claim_relation_known", lambda row: {"relation": "rhymes-with"}),
        ("claim_relation_between_two", lambda row: {"to_claim_id": row.from_claim_id}),
    ],
)
def test_a_relation_is_not_stored_as_what_it_may_not_be(name, change):
    row = a_relation()
    with refuses(name):
        again(row, **change(row))


@pytest.mark.parametrize(
    ("name", "kind", "itself"),
    [("evidence_link_known", "denies", False), ("evidence_link_between_two", "corrects", True)],
)
def test_a_link_is_not_stored_as_what_it_may_not_be(name, kind, itself):
    first, second, event = an_item(), an_item(), an_event()
    with refuses(name), transaction.atomic():
        EvidenceLink(from_item=first, kind=kind, to_item=first if itself else second, event=event).save(
            force_insert=True
        )


def test_a_link_stands_once():
    link = {"from_item": an_item(), "kind": "corrects", "to_item": an_item(), "event": an_event()}
    EvidenceLink(**link).save(force_insert=True)
    with refuses("evidence_link_pkey"), transaction.atomic():
        EvidenceLink(**link).save(force_insert=True)


FITS = [
    *[(status, chance, False) for status in ("open", "partly-borne-out") for chance in (None, "0", "1")],
    *[(status, chance, True) for status in ("open", "partly-borne-out") for chance in ("0.001", "0.5", "0.999")],
    *[("borne-out", chance, chance == "1") for chance in (None, "0", "0.5", "1")],
    *[("not-borne-out", chance, chance == "0") for chance in (None, "0", "0.5", "1")],
    *[(status, chance, chance is None) for status in ("ambiguous", "annulled") for chance in (None, "0", "0.5", "1")],
]


def judged(**changes):
    assessment = an_assessment(a_claim())
    again(assessment, **changes)


@pytest.mark.parametrize(("status", "chance", "taken"), FITS)
def test_the_probability_fits_the_status(status, chance, taken):
    words = {"status": status, "probability": chance and Decimal(chance)}
    words["annulled_because"] = "underspecified" if status == "annulled" else None
    if taken:
        judged(**words)
    else:
        with refuses("assessment_probability_fits_status"):
            judged(**words)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("assessment_confidence_known", {"confidence": "sure"}),
        ("assessment_occurred_by_as_of", {"occurred_on": on(-1)}),
        (
            "assessment_occurred_by_as_of",
            {"status": "borne-out", "probability": Decimal(1), "occurred_on": DAY + timedelta(days=1)},
        ),
        ("assessment_annulled_with_reason", {"annulled_because": "restated"}),
        ("assessment_annulled_with_reason", {"status": "annulled", "probability": None}),
        (
            "assessment_annulled_with_reason",
            {"status": "annulled", "probability": None, "annulled_because": "boredom"},
        ),
    ],
)
def test_an_assessment_is_not_stored_as_what_it_may_not_be(name, change):
    with refuses(name):
        judged(**change)


def test_a_status_that_there_is_not_is_no_status():
    with pytest.raises(IntegrityError, match=r"assessment_status_known|assessment_probability_fits_status"):
        judged(status="maybe")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("flag_reason_known", {"reason": "dislike"}),
        ("flag_state_known", {"state": "lost"}),
        ("flag_decided_with_answer", {"state": "upheld"}),
    ],
)
def test_a_flag_is_not_stored_as_what_it_may_not_be(name, change):
    words = {"subject_type": "claim", "subject_id": a_claim().id, "reason": "date", "made_at": NOW, **change}
    if name == "flag_state_known":
        words["answer"] = "So."
    with refuses(name), transaction.atomic():
        Flag(**words).save(force_insert=True)


def test_an_event_has_a_verb_that_there_is():
    with refuses("event_verb_known"):
        again(an_event(), verb="sang")


def places(*numbers):
    for number in numbers:
        LedgerEntry(position=number, event=an_event(), leaf=bytes(32)).save(force_insert=True)


def follows():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return refuses("ledger_entry_follows")


@pytest.mark.parametrize("numbers", [(-1,), (0, -1)])
def test_a_place_is_counted_from_zero(numbers):
    with refuses("ledger_entry_from_zero"), transaction.atomic():
        places(*numbers)


@pytest.mark.parametrize("numbers", [(1,), (0, 2)])
def test_no_place_comes_without_the_one_before_it(numbers):
    with follows(), transaction.atomic():
        places(*numbers)


def test_a_place_is_given_once():
    with refuses("ledger_entry_pkey"), transaction.atomic():
        places(0, 1, 1)


def test_an_event_has_one_place():
    event = an_event()
    with refuses("ledger_entry_event_id_key"), transaction.atomic():
        LedgerEntry(position=0, event=event, leaf=bytes(32)).save(force_insert=True)
        LedgerEntry(position=1, event=event, leaf=bytes(32)).save(force_insert=True)


@pytest.mark.parametrize(("level", "index"), [(0, 0), (1, -1)])
def test_a_node_stands_above_the_leaves(level, index):
    with refuses("ledger_node_above_leaves"), transaction.atomic():
        LedgerNode(level=level, index=index, hash=bytes(32)).save(force_insert=True)


def test_nothing_is_signed_of_an_empty_tree():
    with refuses("checkpoint_of_something"), transaction.atomic():
        Checkpoint(size=0, note="", made_at=NOW).save(force_insert=True)


def test_an_event_waits_for_its_place_once():
    event = an_event()
    with refuses("outbox_event_once"), transaction.atomic():
        Outbox(event=event).save(force_insert=True)


def test_every_check_is_known_here():
    """So that no CHECK is added without being tried: its name stands in a test above, or beside it for the desk's."""
    source = "".join(file.read_text() for file in Path(__file__).parent.glob("test_*constraints.py"))
    models = apps.get_app_config("claims").get_models()
    checks = {one.name for model in models for one in model._meta.constraints if isinstance(one, CheckConstraint)}
    assert {name for name in checks if name not in source} == set()
