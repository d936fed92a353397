"""Deciding flags: the thing beside what was said of it, the answer, and who was faster."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from claims.actions.decide import withdraw
from claims.actions.flags import flag
from claims.models import Claim, Evidence, Flag, Mail, Source, User
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_assessment, an_item

pytestmark = pytest.mark.django_db
ANSWER = {"decision": "upheld", "answer": "The page has moved; the address is put right."}


@pytest.fixture
def moderator(client: Client) -> User:
    person = a_person("moderator", name="Momo Moderator")
    client.force_login(person)
    return person


def a_flag(thing: object = None, *, by: User | None = None, reason: str = "other", note: str = "It is wrong.") -> Flag:
    """A flag on a thing, a claim unless given."""
    thing = thing or a_claim()
    kinds = {Claim: "claim", Evidence: "evidence", Source: "source"}
    kind = kinds.get(type(thing), "assessment")
    return flag(by=by, kind=kind, subject_id=thing.pk, reason=reason, note=note, today=DAY)


def path_of(report: Flag) -> str:
    return f"/moderation/flags/{report.id}/"


def test_it_is_for_moderators(client: Client) -> None:
    client.force_login(a_person("editor"))
    assert client.get(path_of(a_flag())).status_code == 403


def test_it_shows_a_flagged_item(client: Client, moderator: User) -> None:
    item = an_item([a_claim(title="Borne on")], title="The item", summary="What it says here.")
    page = client.get(path_of(a_flag(item, reason="dead-address", note="I get a 404."))).text
    for words in ("The address is dead", "I get a 404.", "The item", "What it says here.", "Borne on"):
        assert words in page


def test_it_shows_a_flagged_claim(client: Client, moderator: User) -> None:
    claim = a_claim(statement="It comes true.", criteria="A paper says so.")
    page = client.get(path_of(a_flag(claim))).text
    assert "It comes true." in page
    assert "A paper says so." in page


def test_it_shows_a_flagged_judgement(client: Client, moderator: User) -> None:
    judged = an_assessment(a_claim(title="Judged"), rationale="Nothing moved this week.")
    page = client.get(path_of(a_flag(judged, reason="objection"))).text
    for words in ("Judged", "Nothing moved this week.", "Unlikely, 40\u00a0%"):
        assert words in page


def test_it_shows_a_flagged_source(client: Client, moderator: User) -> None:
    page = client.get(path_of(a_flag(a_source("paper.example", name="The Paper")))).text
    assert "The Paper" in page
    assert "paper.example" in page


def test_an_item_withdrawn_since_is_still_shown(client: Client, moderator: User) -> None:
    item = an_item(title="Gone since")
    report = a_flag(item)
    withdraw(by=moderator, evidence=item, reason="Made up.", today=DAY)
    page = client.get(path_of(report)).text
    assert "Gone since" in page
    assert "not public any more" in page
    assert f"/evidence/{item.id}/" not in page


def test_a_flagged_item_leads_to_withdrawing(client: Client, moderator: User) -> None:
    item = an_item()
    assert f"/moderation/evidence/{item.id}/withdraw/" in client.get(path_of(a_flag(item))).text


@pytest.mark.parametrize(
    ("make", "kind"), [(an_item, "evidence"), (a_claim, "claim"), (lambda: a_source("paper.example"), "source")]
)
def test_what_is_flagged_as_a_duplicate_leads_to_merging(
    client: Client, moderator: User, make: Callable[[], object], kind: str
) -> None:
    thing = make()
    page = client.get(path_of(a_flag(thing, reason="duplicate"))).text
    [way] = re.findall('href="([^"]*)" data-act>merge the two', page)
    assert way == f"/moderation/merges/new/?kind={kind}&amp;id={thing.pk}"
    assert client.get(way.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("reason", ["other", "dead-address"])
def test_other_flags_do_not_lead_to_merging(client: Client, moderator: User, reason: str) -> None:
    assert "merge the two" not in client.get(path_of(a_flag(an_item(), reason=reason))).text


def test_an_item_withdrawn_since_is_not_merged(client: Client, moderator: User) -> None:
    item = an_item()
    report = a_flag(item, reason="duplicate")
    withdraw(by=moderator, evidence=item, reason="Made up.", today=DAY)
    assert "merge the two" not in client.get(path_of(report)).text


def test_it_shows_the_other_flags_on_the_thing(client: Client, moderator: User) -> None:
    claim = a_claim()
    report, other = a_flag(claim), a_flag(claim, by=a_person(name="Rita Reader"), note="A second report.")
    page = client.get(path_of(report)).text
    assert "Rita Reader" in page
    assert "A second report." in page
    assert path_of(other) in page


@pytest.mark.parametrize("decision", ["upheld", "dismissed"])
def test_it_is_decided_with_an_answer(client: Client, moderator: User, decision: str) -> None:
    report = a_flag()
    client.post(path_of(report), ANSWER | {"decision": decision})
    report.refresh_from_db()
    assert (report.state, report.answer) == (decision, ANSWER["answer"])


def test_who_reported_it_is_told(client: Client, moderator: User) -> None:
    client.post(path_of(a_flag(by=a_person())), ANSWER)
    assert ANSWER["answer"] in Mail.objects.get().body


def test_deciding_goes_on_in_the_queue(client: Client, moderator: User) -> None:
    answer = client.post(path_of(a_flag()), ANSWER | {"list_kind": "flag"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/moderation/?kind=flag"
    assert "Upheld. It came from a reader without an account." in answer.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"answer": "An answer."}, "Choose whether the flag is upheld or dismissed."),
        ({"decision": "perhaps", "answer": "An answer."}, "Select a valid choice"),
        ({"decision": "upheld", "answer": ""}, "Say why, so that who reported it can read it."),
        ({"decision": "upheld", "answer": "x" * 1001}, "may have 1,000"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_kept(
    client: Client, moderator: User, typed: dict[str, str], words: str
) -> None:
    report = a_flag()
    answer = client.post(path_of(report), typed)
    report.refresh_from_db()
    assert (answer.status_code, report.state) == (422, "open")
    assert words in answer.text
    assert typed["answer"] in answer.text


def test_the_second_to_decide_gets_a_sentence_the_next_thing_and_their_words(client: Client, moderator: User) -> None:
    report = a_flag()
    client.post(path_of(report), ANSWER)
    a_flag(a_claim(title="The next claim"))
    answer = client.post(path_of(report), ANSWER | {"answer": "My own answer."})
    assert answer.status_code == 409
    for words in ("The flag is decided already.", "The next claim", "My own answer."):
        assert words in answer.text


def test_a_decided_flag_shows_how_and_by_whom(client: Client, moderator: User) -> None:
    report = a_flag()
    client.post(path_of(report), ANSWER)
    page = client.get(path_of(report)).text
    assert "by <bdi>Momo Moderator</bdi>" in page
    assert ANSWER["answer"] in page
    assert 'name="decision"' not in page


@pytest.mark.parametrize("n", [10, 1000])
def test_the_number_of_queries_is_fixed(client: Client, moderator: User, django_assert_num_queries, n: int) -> None:
    item = an_item([a_claim()])
    report = a_flag(item)
    Flag.objects.bulk_create(
        Flag(subject_type="evidence", subject_id=item.id, reason="other", note="Again.", made_at=NOW) for _ in range(n)
    )
    # Session, person, roles; the flag with the others, the item, what it bears on; the hold.
    with django_assert_num_queries(7):
        client.get(path_of(report))
