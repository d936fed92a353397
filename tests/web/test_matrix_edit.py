"""The form that a cell of the matrix opens in place."""

import re

import pytest

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.models import Bearing, BearingRevision
from tests.factories import DAY, a_claim, a_person, an_item, bearings_on
from tests.web.desk import signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


@pytest.fixture
def analyst():
    return a_person("analyst", trusted=True, name="Ada")


def cell_of(item, claim):
    return f"/desk/evidence/{item.id}/bearings/{claim.slug}/cell/"


def form(stance="supports", weight="strong", **said):
    return {"stance": stance, "weight": weight, "note": "", "version": 0} | said


def say(item, bearing, by):
    [wanted] = bearings_on(bearing)
    return set_bearing(by=by, evidence=item, bearing=wanted, today=DAY)


def test_it_shows_what_stands(client, analyst):
    claim = a_claim()
    item = an_item([(claim, "contradicts", "strong")])
    page = text_of(signed_in(client, analyst).get(cell_of(item, claim)))
    assert 'value="contradicts" checked' in page
    assert '<option value="strong" selected>' in page
    assert 'name="version" value="1"' in page


def test_it_chooses_nothing_beforehand(client, analyst):
    page = text_of(signed_in(client, analyst).get(cell_of(an_item(), a_claim())))
    assert " checked" not in page


def test_it_stores_a_bearing_and_answers_with_its_cell(client, analyst):
    item, claim = an_item(), a_claim(title="Oil flows")
    answer = signed_in(client, analyst).post(cell_of(item, claim), form(note="Because."))
    row = Bearing.objects.get()
    assert (row.stance, row.weight, row.note, row.state) == ("supports", "strong", "Because.", "published")
    assert text_of(answer).startswith('<td><a class="cell stance--supports cell--strong" data-on="Oil flows"')


def test_a_new_analysts_bearing_waits_and_the_cell_says_so(client):
    item, claim = an_item(), a_claim()
    answer = signed_in(client, a_person("analyst")).post(cell_of(item, claim), form())
    assert Bearing.objects.get().state == "pending"
    assert "yours, supports, strong, waits for approval" in text_of(answer)


def test_a_new_analyst_is_told_that_it_is_sent_for_approval(client):
    page = text_of(signed_in(client, a_person("analyst")).get(cell_of(an_item(), a_claim())))
    assert "Send for approval</button>" in page


def test_a_cell_that_analysts_now_disagree_on_is_marked(client, analyst):
    claim = a_claim()
    item = an_item([claim], by=analyst)
    answer = signed_in(client, a_person("editor")).post(cell_of(item, claim), form("contradicts", version=1))
    assert "contradicts, strong, analysts disagree" in text_of(answer)


def test_the_form_says_who_disagrees(client, analyst):
    claim = a_claim()
    item = an_item([claim], by=analyst)
    say(item, (claim, "mixed"), a_person("editor", name="Edda"))
    page = text_of(signed_in(client, analyst).get(cell_of(item, claim)))
    assert re.search("Analysts disagree: <bdi>Edda</bdi> mixed, moderate.*<bdi>Ada</bdi> supports, moderate", page)


def test_a_change_by_somebody_else_meanwhile_is_not_lost(client, analyst):
    claim = a_claim()
    item = an_item([claim], by=analyst)
    say(item, (claim, "mixed", "strong"), a_person("editor"))
    answer = signed_in(client, analyst).post(cell_of(item, claim), form("contradicts", version=1, note="Mine."))
    page = text_of(answer)
    assert (answer.status_code, Bearing.objects.get().stance) == (409, "mixed")
    assert "Now it stands as <b>mixed, strong</b>" in page
    assert 'name="version" value="2"' in page
    assert 'value="contradicts" checked' in page
    assert 'value="Mine."' in page


def test_sent_again_after_that_it_is_stored(client, analyst):
    claim = a_claim()
    item = an_item([claim], by=analyst)
    say(item, (claim, "mixed", "strong"), a_person("editor"))
    signed_in(client, analyst).post(cell_of(item, claim), form("contradicts", version=2))
    assert Bearing.objects.get().stance == "contradicts"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"stance": ""}, "Choose a stance."),
        ({"weight": ""}, "Choose a weight."),
        ({"stance": "proves"}, "“proves” is no stance."),
        ({"note": "x" * 501}, "500"),
    ],
)
def test_it_says_what_is_wrong(client, analyst, said, words):
    answer = signed_in(client, analyst).post(cell_of(an_item(), a_claim()), form(**said))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Bearing.objects.exists()


def test_an_answer_that_is_the_form_again_says_so(client, analyst):
    answer = signed_in(client, analyst).post(cell_of(an_item(), a_claim()), form(stance=""))
    assert answer["X-Form"] == "editor"


def test_who_set_it_takes_it_back_with_the_note_as_the_reason(client, analyst):
    claim = a_claim()
    item = an_item([claim], by=analyst)
    answer = signed_in(client, analyst).post(cell_of(item, claim), form("none", "", version=1, note="Misread."))
    assert Bearing.objects.get().state == "withdrawn"
    assert "no bearing" in text_of(answer)


def test_taking_it_back_needs_a_reason(client, analyst):
    claim = a_claim()
    item = an_item([claim], by=analyst)
    answer = signed_in(client, analyst).post(cell_of(item, claim), form("none", version=1))
    assert answer.status_code == 422
    assert "Say in the note why the bearing is taken back." in text_of(answer)


def test_who_may_not_take_it_back_is_not_offered_to(client, analyst):
    claim = a_claim()
    page = text_of(signed_in(client, analyst).get(cell_of(an_item([claim]), claim)))
    assert 'value="none"' not in page


def test_a_bearing_that_was_set_meanwhile_is_not_taken_back(client, analyst):
    claim = a_claim()
    item = an_item([claim], by=analyst)
    say(item, (claim, "mixed"), a_person("editor"))
    answer = signed_in(client, analyst).post(cell_of(item, claim), form("none", version=1, note="Misread."))
    assert (answer.status_code, Bearing.objects.get().state) == (409, "published")


def test_one_that_was_taken_back_opens_empty_and_can_be_set_again(client, analyst):
    claim, item = a_claim(), an_item()
    withdraw_bearing(by=analyst, bearing=say(item, claim, analyst), reason="Misread.", today=DAY)
    page = text_of(signed_in(client, analyst).get(cell_of(item, claim)))
    assert " checked" not in page
    client.post(cell_of(item, claim), form("mixed", version=2))
    assert (Bearing.objects.get().state, BearingRevision.objects.count()) == ("published", 3)


def test_it_says_that_a_claim_is_locked(client, analyst):
    item, claim = an_item(), a_claim()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="Two people quarrel.", today=DAY)
    signed_in(client, analyst)
    assert "Two people quarrel." in text_of(client.get(cell_of(item, claim)))
    assert client.post(cell_of(item, claim), form()).status_code == 409


def test_a_new_analyst_does_not_change_a_public_bearing(client):
    claim = a_claim()
    item = an_item([claim])
    answer = signed_in(client, a_person("analyst")).post(cell_of(item, claim), form("mixed", version=1))
    assert answer.status_code == 403
    assert "flag it to have it looked at" in text_of(answer)


def test_an_item_that_is_not_public_has_no_cell(client, analyst):
    item = an_item(by=analyst, draft=True)
    assert signed_in(client, analyst).get(cell_of(item, a_claim())).status_code == 404


def test_it_is_kept_by_nobody(client, analyst):
    answer = signed_in(client, analyst).get(cell_of(an_item(), a_claim()))
    assert "no-store" in answer["Cache-Control"]


def test_its_titles_are_text(client, analyst):
    item, claim = an_item(title="<b>bold</b>"), a_claim(title="<i>claim</i>")
    answer = signed_in(client, analyst).get(cell_of(item, claim)).content.decode()
    assert "<b>bold</b>" not in answer
    assert "<i>claim</i>" not in answer
