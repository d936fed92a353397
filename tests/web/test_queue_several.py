"""Several at once, and undoing: each decided for itself, one reason, a line for each that could not be."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.flags import flag
from claims.actions.holds import hold
from claims.actions.suggestions import suggest
from claims.models import Evidence, Flag, Mail, Suggestion, User
from tests.factories import DAY, a_claim, a_person, an_item
from tests.web.test_queue import QUEUE, many_pending, path_of, titles, version, waits, waits_alone

pytestmark = pytest.mark.django_db
SEVERAL = f"{QUEUE}several/"


@pytest.fixture
def momo(client: Client) -> User:
    person = a_person("moderator", name="Momo")
    client.force_login(person)
    return person


def tick(thing: object, kind: str = "evidence") -> str:
    return f"{kind}:{thing.id}:{version(thing)['version']}"


def states(*things: object) -> list[str]:
    return [type(thing).objects.get(pk=thing.pk).state for thing in things]


def ticked(page: str) -> list[str]:
    """The boxes that are ticked."""
    return re.findall(r'name="ticked" value="([^"]*)"[^>]* checked', page)


def undo_of(page: str) -> str:
    """What the button sends that undoes the last decision."""
    return re.search(r'name="undo" value="([^"]*)"', page)[1]


def test_all_that_is_ticked_is_approved(client: Client, momo: User) -> None:
    things = [waits(a_claim()), waits(), waits()]
    answer = client.post(SEVERAL, {"do": "approve", "ticked": [tick(one) for one in things[:2]]}, follow=True)
    assert states(*things) == ["published", "published", "pending"]
    assert "2 approved." in answer.text


def test_bearings_are_ticked_beside_items(client: Client, momo: User) -> None:
    item, bearing = waits(), waits_alone()
    client.post(SEVERAL, {"do": "approve", "ticked": [tick(item), tick(bearing, "bearing")]})
    assert states(item, bearing) == ["published", "published"]


@pytest.mark.parametrize(("do", "state"), [("return", "draft"), ("reject", "rejected")])
def test_one_reason_goes_to_every_author(client: Client, momo: User, do: str, state: str) -> None:
    things = [waits(), waits()]
    client.post(SEVERAL, {"do": do, "reason": "Which day?", "ticked": [tick(one) for one in things]})
    assert states(*things) == [state, state]
    assert [("Which day?" in mail.body) for mail in Mail.objects.all()] == [True, True]


@pytest.mark.parametrize("do", ["return", "reject"])
def test_a_reason_is_needed_and_the_boxes_stay_ticked(client: Client, momo: User, do: str) -> None:
    item = waits()
    answer = client.post(SEVERAL, {"do": do, "reason": " ", "ticked": [tick(item)]})
    assert (answer.status_code, states(item)) == (422, ["pending"])
    assert ticked(answer.text) == [tick(item)]


def test_what_could_not_be_is_said_and_stays_ticked(client: Client, momo: User) -> None:
    claim = a_claim(title="Under lock")
    good, locked, held = waits(), waits(claim, title="Locked"), waits(title="Held")
    lock_claim_for_all(by=momo, claim=claim, reason="A dispute.", today=DAY)
    hold(by=a_person("moderator", name="Zoe"), kind="evidence", subject=held.id, now=timezone.now())
    sent = [tick(one) for one in (good, locked, held)]
    answer = client.post(SEVERAL, {"do": "approve", "ticked": sent})
    assert states(good, locked, held) == ["published", "pending", "pending"]
    for words in ("1 approved; 2 could not be.", "A dispute.", "“<bdi>Held</bdi>”: Zoe is deciding on it until"):
        assert words in answer.text
    assert (answer.status_code, ticked(answer.text)) == (409, [tick(locked)])


def test_what_changed_since_it_was_read_is_not_approved(client: Client, momo: User) -> None:
    item = waits()
    Evidence.objects.filter(id=item.id).update(version=item.version + 1)
    answer = client.post(SEVERAL, {"do": "approve", "ticked": [tick(item)]})
    assert (answer.status_code, states(item)) == (409, ["pending"])


@pytest.mark.parametrize("do", ["return", "reject"])
def test_one_reason_does_not_go_out_about_what_changed_since_it_was_read(client: Client, momo: User, do: str) -> None:
    item = waits(title="Changed since")
    sent = {"do": do, "reason": "Which day?", "ticked": [f"evidence:{item.id}:{item.version - 1}"]}
    answer = client.post(SEVERAL, sent)
    assert (answer.status_code, states(item)) == (409, ["pending"])
    for words in ("“<bdi>Changed since</bdi>”: The item was changed", "Which day?", tick(item)):
        assert words in answer.text


@pytest.mark.parametrize("do", ["approve", "reject"])
def test_a_bearing_is_ticked_as_it_was_set(client: Client, momo: User, do: str) -> None:
    bearing = waits_alone()
    read = tick(bearing, "bearing")
    assert read in client.get(QUEUE).text
    again = NewBearing(bearing.claim_id, "supports", "moderate")
    set_bearing(by=bearing.by, evidence=bearing.evidence, bearing=again, today=DAY)
    answer = client.post(SEVERAL, {"do": do, "reason": "No.", "ticked": [read]})
    assert (answer.status_code, states(bearing)) == (409, ["pending"])


def test_a_bearing_is_not_returned(client: Client, momo: User) -> None:
    bearing = waits_alone()
    answer = client.post(SEVERAL, {"do": "return", "reason": "No.", "ticked": [tick(bearing, "bearing")]})
    assert states(bearing) == ["pending"]
    assert "A bearing is approved or rejected" in answer.text


def test_what_was_sent_after_the_session_ended_is_ticked_and_typed_again(client: Client, momo: User) -> None:
    item = waits()
    client.get(QUEUE)
    del client.cookies["sessionid"]
    client.post(SEVERAL, {"do": "return", "reason": "Typed before.", "ticked": [tick(item)]})
    client.force_login(momo)
    page = client.get(SEVERAL).text
    assert (ticked(page), "Typed before." in page, states(item)) == ([tick(item)], True, ["pending"])


def test_it_is_for_sending_alone(client: Client, momo: User) -> None:
    assert client.get(SEVERAL).status_code == 405


# --- flags and suggestions


def a_flag(by: User | None = None) -> Flag:
    return flag(by=by, kind="claim", subject_id=a_claim().id, reason="date", today=DAY)


def a_suggestion(place: int, by: User | None = None) -> Suggestion:
    return suggest(by=by, address=f"https://suggested.example/{place}", today=DAY)


def box(kind: str, thing: Flag | Suggestion) -> str:
    return f"{kind}:{thing.id}:0"


@pytest.mark.parametrize("do", ["upheld", "dismissed"])
def test_flags_are_decided_with_one_answer(client: Client, momo: User, do: str) -> None:
    flags = [a_flag(a_person()), a_flag(a_person()), a_flag()]
    sent = [box("flag", one) for one in flags[:2]]
    answer = client.post(SEVERAL, {"do": do, "reason": "Put right.", "ticked": sent, "list_kind": "flag"}, follow=True)
    assert [*states(*flags), f"2 {do}." in answer.text] == [do, do, "open", True]
    assert ["Put right." in mail.body for mail in Mail.objects.all()] == [True, True]


@pytest.mark.parametrize(("do", "reason"), [("taken", ""), ("dismissed", "Satire.")])
def test_suggestions_are_decided_at_once(client: Client, momo: User, do: str, reason: str) -> None:
    rows = [a_suggestion(place) for place in range(3)]
    client.post(SEVERAL, {"do": do, "reason": reason, "ticked": [box("suggestion", one) for one in rows[:2]]})
    assert states(*rows) == [do, do, "open"]


@pytest.mark.parametrize(("kind", "do"), [("flag", "upheld"), ("flag", "dismissed"), ("suggestion", "dismissed")])
def test_who_sent_one_is_owed_an_answer(client: Client, momo: User, kind: str, do: str) -> None:
    row = a_flag() if kind == "flag" else a_suggestion(1)
    answer = client.post(SEVERAL, {"do": do, "reason": " ", "ticked": [box(kind, row)], "list_kind": kind})
    assert (answer.status_code, states(row), ticked(answer.text)) == (422, ["open"], [box(kind, row)])
    assert "Answer: Say why" in re.sub("<[^>]*>", "", answer.text)


def test_they_are_ticked_where_the_list_has_nothing_else(client: Client, momo: User) -> None:
    report, row, item = a_flag(), a_suggestion(1), waits()
    boxes = [box("flag", report), box("suggestion", row), tick(item)]
    there = {kind: [one in client.get(QUEUE, {"kind": kind}).text for one in boxes]
             for kind in ("", "flag", "suggestion")}  # fmt: skip
    assert there == {"": [False, False, True], "flag": [True, False, False], "suggestion": [False, True, False]}


def test_each_kind_is_decided_in_its_own_way(client: Client, momo: User) -> None:
    report, row, item = a_flag(), a_suggestion(1), waits(title="An item")
    sent = [box("flag", report), box("suggestion", row)]
    answer = client.post(SEVERAL, {"do": "approve", "ticked": sent})
    assert states(report, row) == ["open", "open"]
    assert "A flag is upheld or dismissed." in answer.text
    assert "“<bdi>https://suggested.example/1</bdi>”: A suggestion is passed on or dismissed." in answer.text
    client.post(SEVERAL, {"do": "dismissed", "reason": "No.", "ticked": [tick(item)]})
    assert states(item) == ["pending"]


def test_several_flags_and_suggestions_are_undone_at_once(client: Client, momo: User) -> None:
    for kind, rows in (("flag", [a_flag(), a_flag()]), ("suggestion", [a_suggestion(1), a_suggestion(2)])):
        sent = {"do": "dismissed", "reason": "No.", "ticked": [box(kind, one) for one in rows]}
        page = client.post(SEVERAL, sent, follow=True).text
        client.post(f"{QUEUE}undo/", {"undo": undo_of(page)})
        assert states(*rows) == ["open", "open"]


def test_nobody_ticks_their_own(client: Client, momo: User) -> None:
    item = waits()
    Evidence.objects.filter(id=item.id).update(by=momo)
    assert tick(item) not in client.get(QUEUE).text
    client.post(SEVERAL, {"do": "approve", "ticked": [tick(item)]})
    assert states(item) == ["pending"]


@pytest.mark.parametrize("sent", [[], ["nonsense"], ["flag:x:1"]])
def test_nothing_ticked_is_said(client: Client, momo: User, sent: list[str]) -> None:
    answer = client.post(SEVERAL, {"do": "approve", "ticked": sent})
    assert answer.status_code == 422
    waits()
    assert "Tick what is to be decided on." in client.post(SEVERAL, {"do": "approve", "ticked": sent}).text


def test_fifty_at_most_are_decided_on_at_once(client: Client, momo: User) -> None:
    many_pending(51)
    sent = [tick(one) for one in Evidence.objects.filter(state="pending")]
    answer = client.post(SEVERAL, {"do": "approve", "ticked": sent})
    assert (answer.status_code, Evidence.objects.filter(state="published").count()) == (422, 0)
    assert "51 are ticked" in answer.text


# --- undoing


def test_an_approval_is_undone_by_the_button_in_the_message(client: Client, momo: User) -> None:
    item = waits(a_claim(), title="Let in")
    page = client.post(path_of(item, "approve/"), version(item), follow=True).text
    answer = client.post(f"{QUEUE}undo/", {"undo": undo_of(page)}, follow=True)
    assert states(item) == ["pending"]
    assert "Undone: it waits again." in answer.text
    assert titles(answer.text) == ["Let in"]


@pytest.mark.parametrize("act", ["return/", "reject/"])
def test_decisions_with_a_reason_are_undone_too(client: Client, momo: User, act: str) -> None:
    item = waits()
    page = client.post(path_of(item, act), {"reason": "Which day?", **version(item)}, follow=True).text
    client.post(f"{QUEUE}undo/", {"undo": undo_of(page)})
    assert states(item) == ["pending"]


def test_who_undid_goes_on_at_their_place_in_the_list(client: Client, momo: User) -> None:
    item, place = waits(), {"list_kind": "evidence"}
    page = client.post(path_of(item, "approve/"), version(item) | place, follow=True).text
    again = client.post(f"{QUEUE}undo/", {"undo": undo_of(page)} | place, follow=True).text
    assert 'name="list_kind" value="evidence"' in page
    assert 'name="list_kind" value="evidence"' in again
    assert f'href="{QUEUE}?kind=evidence"' in again


def test_a_batch_is_undone_as_a_whole(client: Client, momo: User) -> None:
    things = [waits(), waits(), waits()]
    page = client.post(SEVERAL, {"do": "approve", "ticked": [tick(one) for one in things]}, follow=True).text
    answer = client.post(f"{QUEUE}undo/", {"undo": undo_of(page)}, follow=True)
    assert states(*things) == ["pending"] * 3
    assert "3 decisions undone: all wait again." in answer.text


def test_pressing_too_late_is_answered_with_a_sentence(client: Client, momo: User) -> None:
    item = waits()
    page = client.post(path_of(item, "approve/"), version(item), follow=True).text
    undo = {"undo": undo_of(page)}
    client.post(f"{QUEUE}undo/", undo)
    assert "the decision stands" in client.post(f"{QUEUE}undo/", undo, follow=True).text


def test_nobody_undoes_another_moderator_s_decision(client: Client, momo: User) -> None:
    item = waits()
    page = client.post(path_of(item, "approve/"), version(item), follow=True).text
    client.force_login(a_person("moderator"))
    client.post(f"{QUEUE}undo/", {"undo": undo_of(page)})
    assert states(item) == ["published"]


@pytest.mark.parametrize("sent", ["", "nonsense", "00000000-0000-7000-8000-000000000000", "x " * 51])
def test_undoing_nothing_is_refused(client: Client, momo: User, sent: str) -> None:
    assert client.post(f"{QUEUE}undo/", {"undo": sent}).status_code == 400


def test_a_flag_is_open_again(client: Client, momo: User) -> None:
    report = flag(by=None, kind="claim", subject_id=a_claim().id, reason="date", today=DAY)
    sent = {"decision": "dismissed", "answer": "It is right as it is."}
    page = client.post(f"{QUEUE}flags/{report.id}/", sent, follow=True).text
    client.post(f"{QUEUE}undo/", {"undo": undo_of(page)})
    assert states(report) == ["open"]


@pytest.mark.parametrize("act", ["approve/", "reject/"])
def test_a_bearing_waits_again(client: Client, momo: User, act: str) -> None:
    bearing = waits_alone()
    page = client.post(f"{QUEUE}bearings/{bearing.id}/{act}", {"reason": "No.", **version(bearing)}, follow=True).text
    client.post(f"{QUEUE}undo/", {"undo": undo_of(page)})
    assert states(bearing) == ["pending"]


def test_a_withdrawal_is_undone_and_leads_to_the_item(client: Client, momo: User) -> None:
    item = an_item([a_claim()])
    page = client.post(path_of(item, "withdraw/"), {"reason": "Made up.", **version(item)}, follow=True).text
    answer = client.post(f"{QUEUE}undo/", {"undo": undo_of(page)})
    assert (states(item), answer.url) == (["published"], f"/evidence/{item.id}/")


def test_what_cannot_be_undone_has_no_button(client: Client, momo: User) -> None:
    item = waits(a_claim(), address="https://news.example/twice")
    an_item([a_claim()], address="https://news.example/twice")
    assert 'name="undo"' not in client.post(path_of(item, "approve/"), version(item), follow=True).text
