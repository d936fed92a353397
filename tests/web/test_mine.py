"""One's own items by state, and the desk's first page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions.bearings import set_bearing
from claims.actions.decide import approve, reject, return_to_author
from claims.actions.revise_evidence import discard_draft
from claims.actions.unsent import keep_unsent
from claims.models import Evidence
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_person,
    an_assessment,
    an_item,
    bearings_on,
    many_claims,
    many_items,
    on,
    the_house,
)
from tests.web.desk import signed_in, text_of

pytestmark = pytest.mark.django_db

MINE = "/desk/mine/"


def test_it_shows_what_is_published(client):
    person = a_person("analyst", trusted=True)
    an_item(by=person, title="Mine")
    an_item(title="Another's")
    page = text_of(signed_in(client, person).get(MINE))
    assert "Mine" in page
    assert "Another's" not in page


@pytest.mark.parametrize("state", ["draft", "pending", "rejected"])
def test_it_shows_one_state_at_a_time(client, state):
    person = a_person("analyst")
    an_item(by=person, title="A draft of mine", draft=True)
    an_item(by=person, title="A pending one")
    reject(by=a_person("moderator"), evidence=an_item(by=person, title="A rejected one"), reason="No.", today=DAY)
    page = text_of(signed_in(client, person).get(MINE, {"state": state}))
    names = {"draft": "A draft of mine", "pending": "A pending one", "rejected": "A rejected one"}
    assert [names[state] in page] + [name in page for other, name in names.items() if other != state] == [
        True,
        False,
        False,
    ]


@pytest.fixture
def one_of_each(client):
    """An analyst with an item in each of five states, the one that was touched last on top."""
    person, moderator = a_person("analyst"), a_person("moderator")
    said = {"by": moderator, "today": DAY}
    approve(evidence=an_item(by=person, title="Approved"), **said)
    an_item(by=person, title="Sent")
    an_item(by=person, title="Begun", draft=True)
    return_to_author(evidence=an_item(by=person, title="Sent back"), reason="Which bank?", **said)
    reject(evidence=an_item(by=person, title="Refused"), reason="No.", **said)
    discard_draft(by=person, evidence=an_item(by=person, title="Discarded", draft=True))
    return signed_in(client, person)


def test_it_shows_all_of_them_with_their_state(one_of_each):
    rows = {one.name: one.stands for one in one_of_each.get(MINE).context["items"]}
    assert rows == {
        "Approved": "published",
        "Sent": "waiting",
        "Begun": "draft",
        "Sent back": "returned",
        "Refused": "rejected",
        "Discarded": "thrown away",
    }


def test_it_counts_each_state(one_of_each):
    counts = {words: count for _, words, count in one_of_each.get(MINE).context["chips"] if count}
    assert counts == {
        "Published": "1",
        "Waiting": "1",
        "Drafts": "2",
        "Rejected": "1",
        "Withdrawn": "1",
        "Redacted": "0",
    }


def test_it_leaves_out_states_that_nothing_is_in(one_of_each):
    assert "?state=redacted" not in text_of(one_of_each.get(MINE))


def test_it_goes_through_several_states_without_a_gap(one_of_each):
    seen, address = [], f"{MINE}?page_size=1"
    while address:
        response = one_of_each.get(address)
        seen += [one.name for one in response.context["items"]]
        address = response.context["older"] and MINE + response.context["older"]
    assert sorted(seen) == ["Approved", "Begun", "Discarded", "Refused", "Sent", "Sent back"]


def test_it_shows_why_an_item_was_rejected(client):
    person = a_person("analyst")
    reject(by=a_person("moderator"), evidence=an_item(by=person), reason="It reports nothing.", today=DAY)
    assert "It reports nothing." in text_of(signed_in(client, person).get(MINE, {"state": "rejected"}))


def test_it_goes_through_all_pages_without_a_gap(client):
    person = a_person("analyst", trusted=True)
    titles = [f"Number {number}" for number in range(7)]
    for place, title in enumerate(titles):
        # Two at a time were touched at the same instant.
        an_item(by=person, title=title, now=timezone.now() - timedelta(minutes=place // 2))
    signed_in(client, person)
    seen, address = [], f"{MINE}?page_size=2"
    while address:
        response = client.get(address)
        seen += [one.name for one in response.context["items"]]
        address = response.context["older"] and MINE + response.context["older"]
    assert sorted(seen) == titles


@pytest.mark.parametrize("query", ["state=lost", "after=nonsense", "page_size=0", "page_size=1000", "after=%00"])
def test_it_refuses_a_broken_address(client, query):
    assert signed_in(client, a_person("analyst")).get(f"{MINE}?{query}").status_code == 400


def test_it_says_when_there_is_nothing(client):
    assert "Nothing here" in text_of(signed_in(client, a_person("analyst")).get(MINE))


@pytest.mark.parametrize("count", [10, 1000])
def test_it_asks_the_same_number_of_queries_however_much_there_is(client, count, django_assert_num_queries):
    person = a_person("analyst", trusted=True)
    many_items(a_claim(), count)
    Evidence.objects.update(by=person)
    signed_in(client, person)
    with django_assert_num_queries(5):
        client.get(MINE)


def test_the_first_page_shows_what_came_back_and_why(client):
    person = a_person("analyst")
    item = an_item(by=person, title="Returned")
    return_to_author(by=a_person("moderator"), evidence=item, reason="Say which bank.", today=DAY)
    page = text_of(signed_in(client, person).get("/desk/"))
    assert "Came back to you" in page
    assert "Say which bank." in page


def test_the_first_page_shows_what_waits(client):
    person = a_person("analyst")
    an_item(by=person, title="It waits")
    bearing = bearings_on(a_claim(title="A claim with a new bearing"))[0]
    set_bearing(by=person, evidence=an_item(), bearing=bearing, today=DAY)
    page = text_of(signed_in(client, person).get("/desk/"))
    assert "It waits" in page
    assert "A claim with a new bearing" in page


def test_the_first_page_shows_overdue_reviews_to_editors(client):
    claim = a_claim(title="Long not looked at", opened_on=on(-300))
    an_assessment(claim, as_of=on(-200), today=DAY)
    page = text_of(signed_in(client, a_person("editor")).get("/desk/"))
    assert "Long not looked at" in page
    assert f"/desk/claims/{claim.slug}/assess/" in page


def test_the_first_page_shows_no_reviews_to_analysts(client):
    a_claim(title="Long not looked at", opened_on=on(-300))
    assert "Long not looked at" not in text_of(signed_in(client, a_person("analyst")).get("/desk/"))


@pytest.mark.parametrize(
    ("roles", "shown", "hidden"),
    [
        (("analyst",), ["/desk/log/", "/desk/sources/new/"], ["/desk/claims/new/", "/moderation/"]),
        (("editor",), ["/desk/claims/new/", "/desk/articles/new/", "/desk/topics/new/"], ["/moderation/"]),
        (("moderator",), ["/moderation/"], ["/desk/claims/new/"]),
        (("admin",), ["/desk/claims/new/", "/moderation/"], []),
    ],
)
def test_the_first_page_shows_what_one_may_do(client, roles, shown, hidden):
    page = text_of(signed_in(client, a_person(*roles)).get("/desk/"))
    assert [f'href="{href}"' in page for href in shown + hidden] == [True] * len(shown) + [False] * len(hidden)


@pytest.mark.parametrize("count", [10, 1000])
def test_the_first_page_asks_at_most_ten_times(client, fixed_day, count, django_assert_num_queries):
    person = a_person("editor")
    many_claims(count)
    claim = a_claim(opened_on=on(-300))
    many_items(claim, count)
    Evidence.objects.filter(by=the_house()).update(by=person)
    an_assessment(claim, as_of=on(-200), today=DAY)
    an_item([claim])  # new to the judgement: the list looks for signposts too
    return_to_author(by=a_person("moderator"), evidence=an_item(by=a_person("analyst")), reason="No.", today=DAY)
    keep_unsent(by=person, place="/desk/log/", fields={"title": ["Begun"]}, now=timezone.now())
    signed_in(client, person)
    with django_assert_num_queries(10):
        client.get("/desk/")


def test_the_first_page_says_how_many_were_logged_today(client, fixed_day):
    person = a_person("analyst")
    page = signed_in(client, person)
    assert "Nothing logged today yet." in text_of(page.get("/desk/"))
    an_item(by=person, now=NOW)
    an_item(by=person, draft=True, now=NOW)
    an_item(now=NOW)
    assert "1 logged today." in text_of(page.get("/desk/"))


@pytest.mark.parametrize(("many", "said"), [(6, False), (7, True)])
def test_the_first_page_says_that_more_bearings_wait_than_it_shows(client, many, said):
    person, item = a_person("analyst"), an_item()
    for bearing in bearings_on(*many_claims(many, settled_every=0)):
        set_bearing(by=person, evidence=item, bearing=bearing, today=DAY)
    page = signed_in(client, person).get("/desk/")
    assert len(page.context["work"].waiting_bearings) == 6
    assert ("More of your bearings wait" in text_of(page)) == said


def test_each_list_of_the_first_page_has_the_latest_and_says_what_it_leaves_out(client):
    person = a_person("analyst")
    for number in range(8):
        touched = NOW + timedelta(minutes=number)
        an_item(by=person, title=f"Draft {number}", draft=True, now=touched)
        an_item(by=person, title=f"Sent {number}", now=touched)
    page = signed_in(client, person)
    work = page.get("/desk/").context["work"]
    assert [one.name for one in work.drafts] == [f"Draft {number}" for number in range(7, 1, -1)]
    assert [one.name for one in work.waiting] == [f"Sent {number}" for number in range(7, 1, -1)]
    assert (work.more, work.logged, work.came_back) == ({"drafts", "waiting"}, [], [])


def test_the_desk_is_not_for_readers(client):
    assert signed_in(client, a_person()).get("/desk/").status_code == 403
