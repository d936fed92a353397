"""Two moderators at one queue: what one looks at the other sees held, and is given the next."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions.flags import flag
from claims.models import Evidence, Hold, User
from tests.factories import DAY, a_claim, a_person, an_item
from tests.web.test_queue import QUEUE, path_of, skip_form, titles, version, waits, waits_alone

pytestmark = pytest.mark.django_db


@pytest.fixture
def momo(client: Client) -> User:
    person = a_person("moderator", name="Momo")
    client.force_login(person)
    return person


@pytest.fixture
def ada() -> Client:
    """Another moderator's browser."""
    browser = Client()
    browser.force_login(a_person("admin", name="Ada"))
    return browser


def opened(page: str) -> list[str]:
    """The title of what lies open."""
    _, current, rest = page.partition('<li class="is-current"')
    return titles(rest.partition("</li>")[0]) if current else []


def test_opening_the_queue_holds_the_first(client: Client, momo: User) -> None:
    item = waits()
    client.get(QUEUE)
    assert list(Hold.objects.values_list("subject_id", "by")) == [(item.id, momo.id)]


@pytest.mark.parametrize("how", [{"method": "HEAD"}, {"method": "GET", "HTTP_SEC_PURPOSE": "prefetch;prerender"}])
def test_asking_for_it_without_looking_holds_nothing(client: Client, momo: User, how: dict[str, str]) -> None:
    waits()
    client.generic(path=QUEUE, **how)
    assert not Hold.objects.exists()


def test_another_moderator_is_given_the_next(client: Client, momo: User, ada: Client) -> None:
    waits(hours=2, title="First")
    waits(hours=1, title="Second")
    assert [opened(client.get(QUEUE).text), opened(ada.get(QUEUE).text)] == [["First"], ["Second"]]


def test_it_says_who_has_what_and_until_when(client: Client, momo: User, ada: Client) -> None:
    waits()
    client.get(QUEUE)
    until = Hold.objects.get().until
    page = ada.get(QUEUE).text
    assert "with <bdi>Momo</bdi> until" in page
    assert f"{until:%H:%M} UTC" in page
    assert opened(page) == []


def test_looking_again_opens_the_same(client: Client, momo: User) -> None:
    waits(hours=2, title="First")
    waits(hours=1, title="Second")
    client.get(QUEUE)
    assert opened(client.get(QUEUE).text) == ["First"]


def test_skipping_lets_go(client: Client, momo: User, ada: Client) -> None:
    waits(hours=2, title="First")
    waits(hours=1, title="Second")
    client.post(f"{QUEUE}skip/", skip_form(client.get(QUEUE).text))
    assert opened(ada.get(QUEUE).text) == ["First"]


def test_a_page_of_its_own_holds_too_and_says_who_was_faster(client: Client, momo: User, ada: Client) -> None:
    item = waits()
    client.get(path_of(item))
    assert "Momo is deciding on it until" in ada.get(path_of(item)).text


def test_what_somebody_else_holds_is_not_decided_on_and_the_reason_is_kept(
    client: Client, momo: User, ada: Client
) -> None:
    item = waits()
    client.get(QUEUE)
    answer = ada.post(path_of(item, "return/"), {"reason": "My own long words."})
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (409, "pending")
    assert "Momo is deciding on it until" in answer.text
    assert "My own long words." in answer.text


def test_a_flag_that_somebody_else_holds_is_not_decided_on(client: Client, momo: User, ada: Client) -> None:
    report = flag(by=None, kind="claim", subject_id=a_claim().id, reason="date", today=DAY)
    client.get(QUEUE)
    sent = {"decision": "upheld", "answer": "A long answer."}
    answer = ada.post(f"{QUEUE}flags/{report.id}/", sent)
    report.refresh_from_db()
    assert (answer.status_code, report.state) == (409, "open")
    assert "A long answer." in answer.text


def test_a_bearing_that_somebody_else_holds_is_not_decided_on(client: Client, momo: User, ada: Client) -> None:
    bearing = waits_alone()
    client.get(QUEUE)
    assert ada.post(f"{QUEUE}bearings/{bearing.id}/approve/").status_code == 409


def test_a_hold_that_ended_hinders_nobody(client: Client, momo: User, ada: Client) -> None:
    item = waits()
    client.get(QUEUE)
    Hold.objects.update(until=timezone.now() - timedelta(seconds=1))
    ada.post(path_of(item, "approve/"), version(item))
    assert Evidence.objects.get(id=item.id).state == "published"


def test_what_is_worked_on_stays_held(client: Client, momo: User) -> None:
    item = waits()
    client.get(QUEUE)
    Hold.objects.update(until=timezone.now() + timedelta(seconds=1))
    assert client.post(f"{QUEUE}hold/", {"kind": "evidence", "id": item.id}).status_code == 204
    assert Hold.objects.get().until > timezone.now() + timedelta(minutes=4)


def test_what_somebody_else_has_by_now_is_said(client: Client, momo: User, ada: Client) -> None:
    item = waits()
    client.get(QUEUE)
    assert ada.post(f"{QUEUE}hold/", {"kind": "evidence", "id": item.id}).status_code == 409


@pytest.mark.parametrize("where", ["hold/", "skip/"])
@pytest.mark.parametrize("sent", [{}, {"kind": "claim", "id": "x"}, {"kind": "evidence", "id": "no id"}])
def test_nonsense_is_refused(client: Client, momo: User, where: str, sent: dict[str, str]) -> None:
    assert client.post(QUEUE + where, sent).status_code == 400


def test_one_s_own_item_is_passed_over_and_held_for_nobody(client: Client) -> None:
    both = a_person("analyst", "moderator")
    client.force_login(both)
    mine = waits(hours=2, title="Mine")
    Evidence.objects.filter(id=mine.id).update(by=both)
    waits(hours=1, title="Theirs")
    assert opened(client.get(QUEUE).text) == ["Theirs"]


def test_what_suspended_people_sent_waits_apart(client: Client, momo: User) -> None:
    waits(title="Theirs", by=a_person("analyst", suspended=False))
    gone = a_person("analyst")
    waits(title="Of somebody suspended", by=gone)
    gone.suspended_at = timezone.now()
    gone.save()
    assert titles(client.get(QUEUE).text) == ["Theirs"]
    assert titles(client.get(QUEUE, {"kind": "suspended"}).text) == ["Of somebody suspended"]
    assert "Of suspended people" in client.get(QUEUE).text


def test_it_is_narrowed_to_one_person(client: Client, momo: User) -> None:
    noor = a_person("analyst", name="Noor")
    waits(title="Hers", by=noor)
    waits(title="Not hers")
    page = client.get(QUEUE, {"by": str(noor.id)}).text
    assert titles(page) == ["Hers"]
    assert "Only what <bdi>Noor</bdi> sent." in page


def test_a_person_that_is_none_is_refused(client: Client, momo: User) -> None:
    assert client.get(QUEUE, {"by": "nobody"}).status_code == 400


def test_it_shows_why_earlier_items_of_theirs_were_sent_back(client: Client, momo: User) -> None:
    noor = a_person("analyst")
    earlier = waits(by=noor, title="An earlier one")
    client.post(path_of(earlier, "reject/"), {"reason": "It gives no source.", **version(earlier)})
    waits(by=noor, title="A new one")
    page = client.get(QUEUE).text
    assert "Why earlier items of theirs were sent back" in page
    assert "An earlier one" in page
    assert "It gives no source." in page


def test_a_draft_of_theirs_is_not_named(client: Client, momo: User) -> None:
    noor = a_person("analyst")
    earlier = waits(by=noor, title="An earlier one")
    client.post(path_of(earlier, "return/"), {"reason": "Which day?", **version(earlier)})
    client.get(QUEUE)
    waits(by=noor, title="A new one")
    page = client.get(QUEUE).text
    assert "Which day?" in page
    assert "An earlier one" not in page


def test_a_flag_on_a_claim_leads_to_locking_it(client: Client, momo: User) -> None:
    flag(by=None, kind="claim", subject_id=a_claim(slug="disputed").id, reason="objection", today=DAY)
    assert "/desk/claims/disputed/lock/" in client.get(QUEUE).text


@pytest.mark.parametrize("kind", ["evidence", "bearing", "flag"])
def test_it_takes_less_than_ten_queries_whatever_lies_open(
    client: Client, momo: User, django_assert_max_num_queries, kind: str
) -> None:
    if kind == "evidence":
        waits(a_claim())
    elif kind == "bearing":
        waits_alone()
    else:
        flag(by=None, kind="evidence", subject_id=an_item([a_claim()]).id, reason="date", today=DAY)
    with django_assert_max_num_queries(9):
        client.get(QUEUE)
