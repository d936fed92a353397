"""Saying that an item supersedes, corrects or retracts an earlier one."""

import pytest

from claims.models import EvidenceLink
from tests.factories import a_person, an_item
from tests.web.desk import signed_in, text_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    return signed_in(client, a_person("analyst", trusted=True))


def page_of(item):
    return f"/desk/evidence/{item.id}/link/"


def form(earlier, **said):
    return {"do": "link", "kind": "corrects", "earlier": str(earlier.id), "find_item": "", "reason": "The sum."} | said


def test_it_links_two_items(desk):
    item, earlier = an_item(title="Later"), an_item(title="Earlier")
    response = desk.post(page_of(item), form(earlier), follow=True)
    link = EvidenceLink.objects.get()
    assert (link.from_item, link.kind, link.to_item) == (item, "corrects", earlier)
    assert told(response) == ["“Later” corrects “Earlier”. Both pages say so."]


def test_it_offers_items_found_and_keeps_what_was_typed(desk):
    item, earlier = an_item(title="Oil again"), an_item(title="Oil before")
    found = {"kind": "corrects", "reason": "The sum.", "find": "item", "find_item": "oil"}
    page = text_of(desk.post(page_of(item), found))
    assert f'name="pick" value="{earlier.id}"' in page
    assert f'value="{item.id}"' not in page
    assert 'value="The sum."' in page


def test_it_takes_the_item_whose_button_was_pressed(desk):
    item, earlier = an_item(), an_item(title="Earlier")
    page = text_of(desk.post(page_of(item), {"kind": "corrects", "reason": "x", "pick": str(earlier.id)}))
    assert f'name="earlier" value="{earlier.id}"' in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": ""}, "Choose what the item does to the earlier one."),
        ({"kind": "denies"}, "“denies” is none of these"),
        ({"reason": ""}, "Say what changed."),
        ({"earlier": ""}, "Find the earlier item"),
        ({"earlier": "nonsense"}, "Find the earlier item"),
    ],
)
def test_it_says_what_is_wrong(desk, said, words):
    response = desk.post(page_of(an_item()), form(an_item()) | said)
    assert response.status_code == 422
    assert words in text_of(response)
    assert not EvidenceLink.objects.exists()


def test_an_item_does_nothing_to_itself(desk):
    item = an_item()
    response = desk.post(page_of(item), form(item))
    assert response.status_code == 422
    assert "cannot supersede, correct or retract itself" in text_of(response)


def test_a_link_that_stands_is_not_made_twice(desk):
    item, earlier = an_item(), an_item()
    desk.post(page_of(item), form(earlier))
    response = desk.post(page_of(item), form(earlier))
    assert response.status_code == 422
    assert "This link stands already." in text_of(response)


def test_a_new_analyst_links_nothing(client):
    response = signed_in(client, a_person("analyst")).get(page_of(an_item()))
    assert response.status_code == 403
    assert "You may not revise published evidence." in text_of(response)
