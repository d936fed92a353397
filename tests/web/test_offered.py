"""A page offers an act to who may do it, and nothing to readers."""

import pytest

from tests.factories import a_claim, a_person, a_source, an_article, an_assessment, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    article, source = an_article(), a_source()
    claim = a_claim(article)
    item = an_item([claim], source=source)
    return {
        "claim": f"/claims/{claim.slug}/",
        "evidence": f"/evidence/{item.id}/",
        "source": f"/sources/{source.slug}/",
        "article": f"/articles/{article.slug}/",
    }


@pytest.mark.parametrize(
    ("kind", "roles", "trusted", "act"),
    [
        ("claim", ["analyst"], False, "/desk/log/?claim="),
        ("claim", ["editor"], False, "/assess/"),
        ("claim", ["moderator"], False, "/lock/"),
        ("evidence", ["analyst"], False, "/bearings/"),
        ("evidence", ["analyst"], True, "/revise/"),
        ("evidence", ["moderator"], False, "/withdraw/"),
        ("source", ["editor"], False, "/grade/"),
        ("article", ["editor"], False, "/desk/claims/new/?article="),
    ],
)
def test_an_act_is_offered_to_who_may_do_it(client, pages, kind, roles, trusted, act):
    client.force_login(a_person(*roles, trusted=trusted))
    assert act in client.get(pages[kind]).content.decode()


@pytest.mark.parametrize(
    ("kind", "roles", "act"),
    [
        ("claim", ["analyst"], "/assess/"),
        ("claim", ["editor"], "/lock/"),
        ("evidence", ["analyst"], "/revise/"),
        ("evidence", ["editor"], "/withdraw/"),
        ("source", ["analyst"], "/grade/"),
        ("article", ["moderator"], "/desk/claims/new/"),
    ],
)
def test_an_act_is_not_offered_to_who_may_not(client, pages, kind, roles, act):
    client.force_login(a_person(*roles))
    assert act not in client.get(pages[kind]).content.decode()


@pytest.mark.parametrize("kind", ["claim", "evidence", "source", "article"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_reader_is_offered_none(client, pages, kind, signed_in):
    if signed_in:
        client.force_login(a_person())
    assert "What you may do" not in client.get(pages[kind]).content.decode()


def test_a_settled_claim_is_reopened_and_not_assessed(client):
    claim = a_claim()
    an_assessment(claim, status="borne-out")
    client.force_login(a_person("editor"))
    html = client.get(f"/claims/{claim.slug}/").content.decode()
    assert "/reopen/" in html
    assert "/assess/" not in html
