"""The commitment of an event: what it is made of, and that any change shows."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.actions.record import commitment, record
from claims.ids import uuid7
from claims.ledger.commitments import canonical
from claims.models import Event, EventBody, EventClaim, Verb
from tests.factories import DAY, NOW, a_claim, a_person, a_topic, an_assessment, an_item

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def test_it_is_written_with_sorted_keys_and_no_spaces():
    assert canonical({"b": [1, True, None], "a": "ü"}) == '{"a":"ü","b":[1,true,null]}'.encode()


def test_decimals_and_days_are_written_as_strings():
    said = {"chance": Decimal("0.350"), "day": date(2026, 6, 1), "at": NOW}
    assert canonical(said) == b'{"at":"2026-06-01T12:00:00.000000+00:00","chance":"0.350","day":"2026-06-01"}'


def test_an_instant_is_written_the_same_in_every_zone():
    elsewhere = NOW.astimezone(timezone(timedelta(hours=2)))
    assert canonical(elsewhere) == canonical(NOW)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(TypeError):
        canonical(datetime(2026, 6, 1, 12))  # noqa: DTZ001


@pytest.mark.parametrize("value", [0.35, {"chance": 0.1}, [float("nan")]])
def test_a_float_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), PLAIN, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(said, random):
    keys = list(said)
    random.shuffle(keys)
    assert canonical({key: said[key] for key in keys}) == canonical(said)


@given(PLAIN, PLAIN)
def test_what_is_written_alike_is_alike(first, second):
    assert (canonical(first) == canonical(second)) is _same(first, second)


def _same(first, second):
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(_same(first[key], second[key]) for key in first)
    if isinstance(first, list):
        return len(first) == len(second) and all(map(_same, first, second))
    return first == second


def an_event(**changes):
    said = {
        "id": uuid7(), "recorded_at": NOW, "about_on": DAY, "actor_id": uuid7(), "verb": Verb.ASSESSED,
        "subject_type": "assessment", "subject_id": uuid7(),
    }  # fmt: skip
    return Event(**{**said, **changes})


COMMON = {"claims": [uuid7()], "payload": {"rationale": "Because."}, "salt": bytes(32)}
BASE = an_event()


def test_it_is_sha_256_over_the_salt_and_the_rest():
    said = {
        "id": str(BASE.id), "recorded_at": "2026-06-01T12:00:00.000000+00:00", "about_on": "2026-06-01",
        "actor": str(BASE.actor_id), "verb": "assessed", "subject_type": "assessment",
        "subject_id": str(BASE.subject_id), "claims": [str(COMMON["claims"][0])], "payload": COMMON["payload"],
    }  # fmt: skip
    assert commitment(BASE, **COMMON) == hashlib.sha256(COMMON["salt"] + canonical(said)).digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"id": uuid7()},
        {"recorded_at": NOW + timedelta(microseconds=1)},
        {"about_on": DAY + timedelta(days=1)},
        {"actor_id": uuid7()},
        {"actor_id": None},
        {"verb": Verb.RESOLVED},
        {"subject_type": "claim"},
        {"subject_id": uuid7()},
    ],
    ids=lambda changed: "-".join(changed),
)
def test_a_changed_event_changes_it(changed):
    event = Event(**{field.attname: getattr(BASE, field.attname) for field in Event._meta.concrete_fields})
    for field, value in changed.items():
        setattr(event, field, value)
    assert commitment(event, **COMMON) != commitment(BASE, **COMMON)


@pytest.mark.parametrize(
    "changed",
    [
        {"claims": []},
        {"claims": [uuid7()]},
        {"payload": {"rationale": "Because!"}},
        {"payload": {"rationale": "Because.", "more": None}},
        {"salt": b"\1" + bytes(31)},
    ],
    ids=lambda changed: "-".join(changed),
)
def test_changed_claims_words_or_salt_change_it(changed):
    assert commitment(BASE, **{**COMMON, **changed}) != commitment(BASE, **COMMON)


def test_the_order_of_claims_does_not_matter():
    claims = [uuid7(), uuid7()]
    first = commitment(BASE, **{**COMMON, "claims": claims})
    assert first == commitment(BASE, **{**COMMON, "claims": claims[::-1]})


def recomputed(event):
    body = EventBody.objects.get(event=event)
    claims = EventClaim.objects.filter(event=event).values_list("claim_id", flat=True)
    return commitment(event, claims=claims, payload=body.payload, salt=bytes(body.salt))


def test_it_can_be_worked_out_again_from_what_is_stored(db):
    claim = a_claim(topics=[a_topic()])
    an_assessment(claim, cites=[an_item([claim, a_claim()], event="2025", author="Ł. Ö")])
    assert all(bytes(event.commitment) == recomputed(event) for event in Event.objects.all())


def test_it_can_be_worked_out_again_where_the_instant_came_from_another_zone(db):
    event = record(
        by=None, verb=Verb.TOPIC_ADDED, subject=a_topic(), about_on=DAY, payload={},
        now=NOW.astimezone(timezone(timedelta(hours=5, minutes=30))),
    )  # fmt: skip
    assert bytes(event.commitment) == recomputed(Event.objects.get(id=event.id))


def test_salts_are_not_used_twice(db):
    [a_topic() for _ in range(3)]
    assert len({bytes(salt) for salt in EventBody.objects.values_list("salt", flat=True)}) == 3


def test_an_event_names_a_claim_once(db):
    claim = a_claim()
    event = record(
        by=a_person(), verb=Verb.FLAGGED, subject=claim, about_on=DAY, now=datetime(2026, 6, 1, tzinfo=UTC), payload={},
        claims=[claim.id, claim.id],
    )  # fmt: skip
    assert event.event_claims.count() == 1
