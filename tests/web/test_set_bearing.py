"""Setting, changing and withdrawing one bearing of a published item."""

import pytest

from claims.actions.bearings import set_bearing
from claims.models import Bearing, BearingRevision
from tests.factories import DAY, a_claim, a_person, an_item, bearings_on, many_claims
from tests.web.desk import signed_in, text_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return a_person("analyst", trusted=True)


def bearings_page(item):
    return f"/desk/evidence/{item.id}/bearings/"


def page_of(item, claim):
    return f"{bearings_page(item)}{claim.slug}/"


def form(stance="supports", weight="strong", **said):
    return {"stance": stance, "weight": weight, "note": "", "version": 0} | said


def test_it_lists_what_the_item_bears_on(client, analyst):
    claim = a_claim(title="Oil flows")
    page = text_of(signed_in(client, analyst).get(bearings_page(an_item([(claim, "mixed", "strong")]))))
    assert "Oil flows" in page
    assert "number 1 on its page" in page


def test_it_finds_claims_to_add(client, analyst):
    item, claim = an_item(), a_claim(title="Oil flows")
    page = text_of(signed_in(client, analyst).get(bearings_page(item), {"q": "oil"}))
    assert f'href="{page_of(item, claim)}"' in page


def test_it_sets_a_bearing(client, analyst):
    item, claim = an_item(), a_claim(title="Oil flows")
    response = signed_in(client, analyst).post(page_of(item, claim), form(note="Because."), follow=True)
    row = Bearing.objects.get()
    assert (row.stance, row.weight, row.note, row.state) == ("supports", "strong", "Because.", "published")
    assert told(response) == ["The item supports “Oil flows”, strong."]


def test_a_new_analysts_bearing_waits(client):
    item, claim = an_item(), a_claim()
    response = signed_in(client, a_person("analyst")).post(page_of(item, claim), form(), follow=True)
    assert Bearing.objects.get().state == "pending"
    assert "waits for approval" in told(response)[0]


def test_it_changes_a_bearing(client, analyst):
    claim = a_claim()
    item = an_item([(claim, "supports", "slight")])
    signed_in(client, analyst).post(page_of(item, claim), form("contradicts", version=1))
    assert Bearing.objects.get().stance == "contradicts"
    assert BearingRevision.objects.count() == 2


def test_it_shows_what_stands(client, analyst):
    claim = a_claim()
    item = an_item([(claim, "context", "decisive")])
    page = text_of(signed_in(client, analyst).get(page_of(item, claim)))
    assert 'value="context" ' in page
    assert '<option value="decisive" selected>' in page


def test_it_chooses_nothing_beforehand(client, analyst):
    page = text_of(signed_in(client, analyst).get(page_of(an_item(), a_claim())))
    assert " checked" not in page


def test_it_keeps_what_was_typed_when_stale(client, analyst):
    claim = a_claim()
    item = an_item([(claim, "supports", "slight")])
    [other] = bearings_on((claim, "mixed", "strong"))
    set_bearing(by=a_person("editor"), evidence=item, bearing=other, today=DAY)
    response = signed_in(client, analyst).post(page_of(item, claim), form("contradicts", version=1))
    page = text_of(response)
    assert response.status_code == 409
    assert 'id="beside-h"' in page
    assert 'name="version" value="2"' in page
    assert Bearing.objects.get().stance == "mixed"


@pytest.mark.parametrize(("said", "words"), [({"stance": "proves"}, "no stance"), ({"weight": ""}, "Choose a weight.")])
def test_it_says_what_is_wrong(client, analyst, said, words):
    response = signed_in(client, analyst).post(page_of(an_item(), a_claim()), form(**said))
    assert response.status_code == 422
    assert words in text_of(response)
    assert not Bearing.objects.exists()


def test_it_says_that_a_claim_is_locked(client, analyst):
    claim = a_claim()
    claim.locked_by, claim.locked_because = a_person("moderator"), "Two people quarrel."
    claim.save()
    response = signed_in(client, analyst).post(page_of(an_item(), claim), form())
    assert response.status_code == 409
    assert "Two people quarrel." in text_of(response)


def test_a_new_analyst_does_not_change_a_public_bearing(client):
    claim = a_claim()
    item = an_item([(claim, "supports", "slight")])
    response = signed_in(client, a_person("analyst")).post(page_of(item, claim), form("mixed", version=1))
    assert response.status_code == 403
    assert "flag it to have it looked at" in text_of(response)


def test_its_author_withdraws_it(client, analyst):
    claim = a_claim()
    item = an_item([(claim, "supports", "slight")], by=analyst)
    signed_in(client, analyst).post(
        f"{page_of(item, claim)}withdraw/", {"reason": "It speaks of another bank.", "version": "1"}
    )
    assert Bearing.objects.get().state == "withdrawn"


def test_what_was_set_anew_meanwhile_is_not_withdrawn(client, analyst):
    item, claim = an_item(), a_claim()
    for weight in ("slight", "strong"):
        set_bearing(by=analyst, evidence=item, bearing=bearings_on((claim, "supports", weight))[0], today=DAY)
    response = signed_in(client, analyst).post(
        f"{page_of(item, claim)}withdraw/", {"reason": "It weighs nothing.", "version": "1"}
    )
    assert response.status_code == 409
    assert "It weighs nothing." in text_of(response)
    assert "strong" in text_of(response)
    assert Bearing.objects.get().state != "withdrawn"


def test_withdrawing_needs_a_reason(client, analyst):
    claim = a_claim()
    item = an_item([(claim, "supports", "slight")], by=analyst)
    response = signed_in(client, analyst).post(f"{page_of(item, claim)}withdraw/", {"reason": " "})
    assert response.status_code == 422
    assert "Say why the bearing is taken back." in text_of(response)


def test_nobody_else_withdraws_it(client, analyst):
    claim = a_claim()
    item = an_item([(claim, "supports", "slight")])
    response = signed_in(client, analyst).post(
        f"{page_of(item, claim)}withdraw/", {"reason": "I disagree.", "version": "1"}
    )
    assert response.status_code == 403
    assert "Only its author or a moderator takes a bearing back." in text_of(response)


@pytest.mark.parametrize("way", ["no-such-claim/", "no-such-claim/withdraw/"])
def test_there_is_no_page_for_a_claim_that_does_not_exist(client, analyst, way):
    assert signed_in(client, analyst).get(f"{bearings_page(an_item())}{way}").status_code == 404


def test_a_draft_has_no_page_of_bearings(client, analyst):
    item = an_item(by=analyst, draft=True)
    assert signed_in(client, analyst).get(bearings_page(item)).status_code == 404


@pytest.mark.parametrize("count", [10, 1000])
def test_it_asks_the_same_number_of_queries_however_much_there_is(client, analyst, count, django_assert_num_queries):
    claims = many_claims(count)
    item = an_item(bearings_on(*claims[:10]))
    signed_in(client, analyst)
    with django_assert_num_queries(7):
        client.get(bearings_page(item), {"q": "claim of many"})
