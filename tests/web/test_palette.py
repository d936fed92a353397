"""What the palette is made of: the doors that a person has, and the claims that it finds."""

import pytest

from claims.web.doors import DOORS, LISTS
from tests.factories import a_claim, a_person, many_claims
from tests.web.desk import signed_in, text_of
from tests.web.every_page import routes

pytestmark = pytest.mark.django_db

FIND = "/desk/find/"


def test_it_finds_a_claim_by_its_words(client):
    claim = a_claim(title="Oil flows")
    html = text_of(signed_in(client, a_person("analyst")).get(FIND, {"q": "oil fl"}))
    assert f'data-href="/claims/{claim.slug}/"' in html
    assert "Oil flows" in html


@pytest.mark.parametrize("words", ["", "no such words"])
def test_it_offers_nothing_where_nothing_is_found(client, words):
    a_claim(title="Oil flows")
    assert "role=" not in text_of(signed_in(client, a_person("analyst")).get(FIND, {"q": words}))


def test_a_title_stays_text(client):
    a_claim(title="Oil <b>flows</b>")
    html = signed_in(client, a_person("analyst")).get(FIND, {"q": "oil"}).content.decode()
    assert "&lt;b&gt;flows" in html


def test_a_session_that_has_ended_is_told_by_its_status(client):
    assert client.get(FIND, {"q": "oil"}, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("count", [10, 1000])
def test_it_asks_the_same_number_of_queries_however_many_claims_there_are(client, count, django_assert_num_queries):
    many_claims(count)
    signed_in(client, a_person("analyst"))
    with django_assert_num_queries(4):
        client.get(FIND, {"q": "claim many"})


def test_every_door_leads_to_a_page():
    paths = {route.address() for route in routes() if not route.names}
    assert {door.href for door in (*DOORS, *LISTS)} <= paths


def test_no_two_doors_have_one_letter():
    letters = [door.go for door in (*DOORS, *LISTS) if door.go]
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("path", ["/claims/", "/desk/"])
def test_a_page_names_the_doors_of_who_reads_it_alone(client, path):
    html = text_of(signed_in(client, a_person("analyst")).get(path))
    assert 'data-href="/desk/log/"' in html
    assert 'data-href="/moderation/"' not in html


@pytest.mark.parametrize("person", [None, ()])
def test_who_has_no_desk_has_no_palette(client, person):
    if person is not None:
        signed_in(client, a_person(*person))
    html = text_of(client.get("/claims/"))
    assert "shortcuts.js" not in html
    assert 'id="habits"' not in html
