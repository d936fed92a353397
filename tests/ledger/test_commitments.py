"""Canonical JSON: one way to write each thing, and the same after PostgreSQL stored it its own way."""

import hashlib
import json

from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.actions.record import record
from claims.ledger.commitments import canonical, commitment
from claims.models import EventBody, Verb
from tests.factories import DAY, NOW, a_topic

# What PostgreSQL can store: all but the null character, and surrogates, which are no characters.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
WORDS = st.text(LETTERS, max_size=12) | st.sampled_from(
    [
        "\u00e9 e\u0301 a\u0328\u0301",  # combining marks, which must not be composed
        "שלום \u200f(2)\u200f עולם",
        "\u202eمرحبا\u202c",
        "👩‍👩‍👧‍👦 𝔘𝔫𝔦 𐍈 \U0010ffff",
        "\u2028\u2029\ufeff\x7f\x01\x1f",
        '"\\/\b\f\n\r\t',
        "</script><!--",
        "null",
        "\ufffe\uffff",
    ]
)
NUMBERS = st.integers() | st.integers(-(10**60), 10**60) | st.sampled_from([2**53 + 1, -(2**63) - 1, 2**64, 10**300])
PAYLOADS = st.dictionaries(
    WORDS,
    st.recursive(
        st.none() | st.booleans() | NUMBERS | WORDS | st.just([]) | st.just({}),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
        max_leaves=16,
    ),
    max_size=5,
)
STORED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=120)
AWKWARD = {
    "z": [], "a": {}, "aa": [[], {}, [[]], [{}]], "": {"": None}, "B": [True, False, None, 0, -1, 10**40],
    "10": 1, "9": 2, "\U0001d518": "astral", "\uffff": "last of the plane", "ל": "rtl", "\u00e9": "composed",
    "e\u0301": "not",
}  # fmt: skip


def by_hand(value):
    """Canonical JSON without a JSON encoder."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(ESCAPES.get(letter, letter) for letter in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(by_hand, value)) + "]"
    # Keys in the order of their code points, as which UTF-8 sorts bytes.
    keys = sorted(value, key=lambda key: key.encode("utf-8"))
    return "{" + ",".join(f"{by_hand(key)}:{by_hand(value[key])}" for key in keys) + "}"


ESCAPES = {chr(code): f"\\u{code:04x}" for code in range(32)} | {
    '"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
}  # fmt: skip


def shuffled(value, random):
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


def through_postgresql(value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [json.dumps(value)])
        [[stored]] = cursor.fetchall()
    return json.loads(stored)


@given(PAYLOADS)
@example(AWKWARD)
def test_it_is_written_as_by_hand(payload):
    assert canonical(payload) == by_hand(payload).encode("utf-8")


@given(PAYLOADS, st.randoms())
def test_the_order_of_keys_does_not_matter_at_any_depth(payload, random):
    assert canonical(shuffled(payload, random)) == canonical(payload)


@given(PAYLOADS)
@example(AWKWARD)
def test_what_is_read_again_is_written_the_same(payload):
    assert canonical(json.loads(canonical(payload))) == canonical(payload)


def test_letters_that_look_alike_stay_apart():
    assert canonical("\u00e9") != canonical("e\u0301")


@STORED
@given(PAYLOADS)
@example(AWKWARD)
def test_it_is_the_same_after_a_journey_through_jsonb(db, payload):
    assert canonical(through_postgresql(payload)) == canonical(payload)


def test_postgresql_does_keep_keys_in_another_order(db):
    assert list(through_postgresql({"aa": 1, "b": 2})) == ["b", "aa"]


@STORED
@given(PAYLOADS)
@example(AWKWARD)
def test_an_event_keeps_its_commitment_whatever_it_says(db, payload):
    event = record(by=None, verb=Verb.TOPIC_ADDED, subject=a_topic(), about_on=DAY, now=NOW, payload=payload)
    body = EventBody.objects.get(event=event)
    said = {
        "id": str(event.id), "recorded_at": "2026-06-01T12:00:00.000000+00:00", "about_on": "2026-06-01", "actor": None,
        "verb": "topic-added", "subject_type": "topic", "subject_id": str(event.subject_id), "claims": [],
        "payload": body.payload,
    }  # fmt: skip
    assert hashlib.sha256(bytes(body.salt) + by_hand(said).encode("utf-8")).digest() == bytes(event.commitment)


def test_a_known_answer_stays_what_it_is():
    # Worked out once with sha256sum; a change of how things are written would unfit every event there is.
    said = {"b": [1, True, None], "a": "ü𝔘", "c": {}}
    assert canonical(said) == '{"a":"ü𝔘","b":[1,true,null],"c":{}}'.encode()
    assert (
        commitment(said, bytes(range(32))).hex() == "f5f915392890b0927fa481384a71b9b747c171ee2a9cb41f9eddff4be22a66b0"
    )
