"""Append-only tables refuse UPDATE, DELETE and TRUNCATE, whoever asks and however."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from claims.actions.relations import relate_claims
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import link_evidence
from claims.models import (
    Assessment,
    Bearing,
    BearingRevision,
    Checkpoint,
    Claim,
    ClaimRelation,
    ClaimRevision,
    Event,
    EventBody,
    Evidence,
    LedgerEntry,
    LedgerKey,
    LedgerNode,
    Redaction,
    Source,
)
from tests.factories import DAY, NOW, a_claim, a_person, a_topic, an_assessment, an_item, claim_words

APPEND_ONLY = {
    "source_revision", "claim_revision", "evidence_link", "bearing_revision", "assessment",
    "citation", "event", "event_claim", "event_body", "redaction",
    "ledger_entry", "ledger_node", "ledger_key", "checkpoint",
}  # fmt: skip
# What a redaction alone may destroy is guarded row by row, and so nothing is said where there is no row.
GUARDED_BY_ROW = {"bearing_revision"}
NEVER_EMPTIED = {"evidence", "bearing", "claim_relation"}
# Nothing of the record points at these.
ALONE = {
    "person_role", "source_domain", "article_author", "topic", "claim_topic", "flag", "outbox", "act_key", "mail",
    "queue_hold", "ready_reason", "merge", "merge_move", "claim_owner", "follow", "digest", "unsent",
    "feed", "lead", "lead_match", "suggestion",
    "word_rarity", "article_term", "claim_term", "term_choice", "terms_due", "terms_state",
}  # fmt: skip
MODELS = {model._meta.db_table: model for model in apps.get_app_config("claims").get_models()}

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled():
    """A row in each append-only table."""
    claim, editor = a_claim(), a_person("editor")
    item = an_item([claim])
    an_assessment(claim, cites=[item])
    relate_claims(by=editor, claim=claim, relation="contributes-to", to=a_claim(), today=DAY)
    link_evidence(by=editor, item=an_item(), kind="corrects", earlier=item, reason="Erratum.", today=DAY)
    first, second = Event.objects.order_by("id")[:2]
    LedgerEntry(position=0, event=first, leaf=bytes(32)).save(force_insert=True)
    LedgerNode(level=1, index=0, hash=bytes(32)).save(force_insert=True)
    LedgerKey(verifier="example.org+0+key", from_size=0, event=first).save(force_insert=True)
    Checkpoint(size=1, note="example.org/log\n1\n", made_at=NOW).save(force_insert=True)
    redacted(an_item([claim]), tombstone=second)


def redacted(item, tombstone):
    """The item with all of its events named by redactions, as before their bodies go."""
    events = Event.objects.filter(subject_id=item.id)
    Redaction.objects.bulk_create(Redaction(event=event, tombstone=tombstone) for event in events)
    return item


def refused(*sql):
    said = pytest.raises(DatabaseError, match=r"append-only|never (changed or )?emptied")
    with said, transaction.atomic(), connection.cursor() as cursor:
        # What waits for the commit would refuse a TRUNCATE by itself.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(*sql)


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_it_holds_a_row_to_be_changed(filled, table):
    assert MODELS[table].objects.exists()


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_an_update_in_sql_is_refused(filled, table):
    column = next(field.column for field in MODELS[table]._meta.concrete_fields)
    refused(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", sorted(APPEND_ONLY - GUARDED_BY_ROW))
def test_an_update_of_no_row_is_refused(filled, table):
    column = next(field.column for field in MODELS[table]._meta.concrete_fields)
    refused(f"UPDATE {table} SET {column} = {column} WHERE FALSE")


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_a_delete_in_sql_is_refused(filled, table):
    refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", sorted(APPEND_ONLY | NEVER_EMPTIED))
def test_a_truncate_is_refused(table):
    refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", sorted(set(MODELS) - APPEND_ONLY))
def test_a_truncate_that_would_reach_it_is_refused(filled, table):
    if table in ALONE:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"TRUNCATE {table} CASCADE")
    else:
        refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", sorted(APPEND_ONLY - {"event_claim"}))  # which is all key: nothing to save
def test_saving_a_row_again_is_refused(filled, table):
    row = MODELS[table].objects.first()
    with pytest.raises(DatabaseError, match=r"append-only|duplicate key"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_an_update_of_a_queryset_is_refused(filled, table):
    field = next(field for field in MODELS[table]._meta.concrete_fields if not field.primary_key)
    value = MODELS[table].objects.values_list(field.attname, flat=True).first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        MODELS[table].objects.update(**{field.attname: value})


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_a_delete_of_a_queryset_is_refused(filled, table):
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        MODELS[table].objects.all().delete()


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_a_delete_past_the_collector_is_refused(filled, table):
    rows = MODELS[table].objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)


@pytest.mark.parametrize("where", ["", " WHERE FALSE"])
def test_a_relation_is_not_turned_into_another(filled, where):
    refused(f"UPDATE claim_relation SET relation = 'competes-with'{where}")


def test_a_relation_goes_as_a_whole(filled):
    gone, _ = ClaimRelation.objects.all().delete()
    assert (gone, ClaimRelation.objects.exists()) == (1, False)


@pytest.mark.parametrize("related", ["assessments", "revisions"])
def test_a_claims_records_are_not_cleared_through_it(filled, related):
    claim = Claim.objects.filter(assessments__isnull=False).get()
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        getattr(claim, related).all().delete()


@pytest.mark.parametrize("model", [Claim, Evidence, Source, Event, ClaimRevision, Assessment])
def test_no_cascade_takes_the_record_along(filled, model):
    with pytest.raises((ProtectedError, DatabaseError)), transaction.atomic():
        model.objects.first().delete()


def test_no_foreign_key_of_the_database_cascades_a_delete():
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND confdeltype <> 'a'")
        assert cursor.fetchall() == []


def test_bulk_updates_are_refused(filled):
    revision = BearingRevision.objects.first()
    revision.note = "Changed"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BearingRevision.objects.bulk_update([revision], ["note"])


def an_event():
    a_topic()
    return Event.objects.latest("id")


def test_a_body_goes_once_a_redaction_names_its_event(filled):
    event = an_event()
    Redaction(event=event, tombstone=an_event()).save(force_insert=True)
    assert EventBody.objects.filter(event=event).delete()[0] == 1


def test_a_body_is_not_changed_even_where_a_redaction_names_its_event(filled):
    event = Redaction.objects.first().event_id
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EventBody.objects.filter(event=event).update(payload={})


def test_of_several_bodies_none_goes_where_one_is_named_by_no_redaction(filled):
    named, other = Redaction.objects.first().event_id, an_event().id
    bodies = EventBody.objects.filter(event__in=[named, other])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        bodies.delete()
    assert bodies.count() == 2


def test_a_note_is_emptied_once_a_redaction_names_its_event():
    item = redacted(an_item([a_claim()]), an_event())
    assert BearingRevision.objects.filter(bearing__evidence=item).update(note="") == 1


@pytest.mark.parametrize("change", [{"note": "Changed"}, {"stance": "mixed"}, {"note": "", "state": "withdrawn"}])
def test_nothing_else_of_a_revision_changes_where_a_redaction_names_its_event(change):
    item = redacted(an_item([a_claim()]), an_event())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BearingRevision.objects.filter(bearing__evidence=item).update(**change)


def test_a_note_whose_event_no_redaction_names_is_not_emptied(filled):
    other = Bearing.objects.get(evidence=an_item([a_claim()]))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BearingRevision.objects.filter(bearing=other).update(note="")


def test_an_insert_that_would_change_a_row_instead_is_refused(filled):
    body = EventBody.objects.first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EventBody.objects.bulk_create([body], update_conflicts=True, update_fields=["payload"], unique_fields=["event"])


def test_a_new_wording_leaves_the_old_as_it_was(filled):
    claim = Claim.objects.filter(assessments__isnull=False).get()
    before = ClaimRevision.objects.filter(claim=claim).values().get()
    words = claim_words(horizon=claim.horizon)
    revise_claim(
        by=a_person("editor"), claim=claim, seen_version=None, type="wording", words=words, reason="Closer.", today=DAY
    )
    assert ClaimRevision.objects.filter(claim=claim, number=1).values().get() == before
