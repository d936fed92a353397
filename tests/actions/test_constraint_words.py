"""Refusals of the database become sentences: the map from constraints to words is whole and has nothing idle."""

import logging

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims.actions.acts import act
from claims.actions.constraints import WORDS
from claims.actions.errors import Invalid
from claims.models import Claim, Topic
from tests.factories import a_claim, a_topic

pytestmark = pytest.mark.django_db

# Those that no person can provoke: a closed vocabulary or a copy that the actions alone write, a key that they make.
OURS_ALONE = {
    "claim_annulled_with_reason", "claim_not_its_own_successor", "claim_revision_opening_first", "bearing_numbered",
    "bearing_as_its_item", "bearing_revision_once", "citation_of_its_assessment", "citation_pkey",
    "assessment_of_its_claim", "evidence_as_its_bearings_see_it", "source_revision_once", "act_key_pkey",
    "person_role_pkey", "article_author_pkey", "claim_topic_pkey", "event_claim_pkey", "event_body_pkey",
    "outbox_event_once", "redaction_pkey", "evidence_redacted_is_blank",
    "queue_hold_once", "ready_reason_place_once", "merge_has_event", "merge_move_pkey", "claim_owner_pkey",
    "follow_pkey", "digest_pkey", "unsent_once", "lead_guid_once", "lead_match_pkey",
    # What is worked out of words, and an editor's choice, which is written over.
    "word_rarity_pkey", "word_rarity_from_zero", "article_term_pkey", "claim_term_pkey", "term_choice_pkey",
    "terms_due_pkey", "terms_state_one_row",
    # The sequencer alone writes these, with nobody to tell.
    "ledger_entry_pkey", "ledger_entry_event_id_key", "ledger_entry_from_zero", "ledger_node_pkey",
    "ledger_node_above_leaves", "ledger_key_pkey", "ledger_key_verifier_key", "checkpoint_pkey",
    "checkpoint_of_something",
}  # fmt: skip


def constraints():
    """The names of CHECK, unique and exclusion constraints, unique indexes, and foreign keys over several columns."""
    tables = [model._meta.db_table for model in apps.get_app_config("claims").get_models()]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conname FROM pg_constraint
             WHERE conrelid::regclass::text = ANY(%(tables)s)
               AND (contype IN ('c', 'u', 'x', 'p') OR contype = 'f' AND cardinality(conkey) > 1)
            UNION
            SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
             WHERE indisunique AND indrelid::regclass::text = ANY(%(tables)s)
            """,
            {"tables": tables},
        )
        return {row[0] for row in cursor.fetchall()}


def test_every_constraint_with_words_exists():
    assert set(WORDS) - constraints() == set()


def test_every_constraint_that_a_person_can_provoke_has_words():
    made_by_us = {name for name in constraints() if name.endswith(("_known", "_check"))}
    ids = {f"{model._meta.db_table}_pkey" for model in apps.get_app_config("claims").get_models() if _has_id(model)}
    assert constraints() - set(WORDS) - OURS_ALONE - made_by_us - ids == set()


def _has_id(model):
    return model._meta.pk.name == "id"


def test_every_exception_to_it_exists():
    assert OURS_ALONE - constraints() == set()


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_are_a_sentence(name):
    _, words = WORDS[name]
    assert (words[0].isupper(), words[-1]) == (True, ".")


@act
def break_the_rules(claim):
    Claim.objects.filter(id=claim.id).update(paragraph=0)


def test_a_refusal_is_an_error_at_its_field():
    with pytest.raises(Invalid) as refused:
        break_the_rules(a_claim())
    assert refused.value.errors == {"paragraph": ["Paragraphs are counted from 1."]}


def test_a_refusal_of_an_act_within_an_act_leaves_the_outer_one_usable():
    claim = a_claim()
    with transaction.atomic():
        with pytest.raises(Invalid):
            break_the_rules(claim)
        assert Claim.objects.filter(id=claim.id).exists()


def test_an_error_without_words_stays_what_it_is():
    @act
    def odd():
        Claim.objects.filter(id=a_claim().id).update(kind="hunch")

    with pytest.raises(IntegrityError):
        odd()


@pytest.mark.parametrize("change", [{"kind": "hunch"}, {"paragraph": 0}], ids=["no words", "words"])
def test_no_log_of_it_shows_the_row(caplog, change):
    word = "word"

    @act
    def odd():
        Claim.objects.filter(id=a_claim(title=f"Unseen{word}").id).update(**change)

    try:
        odd()
    except (DatabaseError, Invalid):
        logging.getLogger("claims").exception("It failed.")
    assert "violates check constraint" in caplog.text
    assert "Unseenword" not in caplog.text


def test_an_error_of_another_sort_stays_what_it_is():
    @act
    def divide():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    with pytest.raises(DatabaseError):
        divide()


def test_an_act_that_fails_leaves_nothing():
    @act
    def half():
        a_topic("Half")
        raise Invalid({"name": "No."})

    with pytest.raises(Invalid):
        half()
    assert not Topic.objects.exists()
