"""An address that is published already: its item gets the bearings."""

import pytest

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import approve
from claims.actions.log_evidence import log_evidence
from claims.actions.revise_evidence import submit_draft
from claims.models import Bearing, Event, Evidence
from tests.actions.rows import grown, row_counts
from tests.actions.threads import at_once
from tests.factories import DAY, a_claim, a_person, a_source, an_item, bearings_on, item_words


def log_again(standing, *bearings, by=None, source=None, **words):
    words = item_words(source=source or standing.source, **{"address": standing.address, **words})
    return log_evidence(by=by or a_person("editor"), words=words, bearings=bearings_on(*bearings), today=DAY)


def test_no_second_item_is_made(db):
    standing, claim, editor = an_item(), a_claim(), a_person("editor")
    before = row_counts()
    log_again(standing, claim, by=editor)
    assert "evidence" not in grown(before)


def test_it_gives_the_item_that_stands_and_says_that_it_stood(db):
    standing = an_item()
    logged = log_again(standing, a_claim())
    assert (logged.evidence, logged.stood_before) == (standing, True)


def test_it_says_on_which_claims_the_item_bears_now_and_bore_before(db):
    old, new = a_claim(), a_claim()
    logged = log_again(an_item([old]), old, new)
    assert (logged.attached, logged.bore_before) == ([new.id], [old.id])


def test_a_bearing_that_stands_is_left_as_it_is(db):
    claim = a_claim()
    standing = an_item([(claim, "supports", "slight")])
    log_again(standing, (claim, "contradicts", "decisive"))
    bearing = Bearing.objects.get(claim=claim)
    assert (bearing.stance, bearing.weight) == ("supports", "slight")


def test_where_all_bear_already_nothing_is_stored(db):
    claim, editor = a_claim(), a_person("editor")
    standing = an_item([claim])
    before = row_counts()
    log_again(standing, claim, by=editor)
    assert grown(before) == {}


@pytest.mark.parametrize(
    "written",
    [
        "HTTPS://WWW.News.Example:443/a/?utm_source=x#top",
        "http://news.example/a",
        "news.example/a/",
    ],
)
def test_another_way_to_write_the_address_is_the_same_address(db, written):
    standing = an_item(address="https://news.example/a")
    assert log_again(standing, a_claim(), address=written).evidence == standing


def test_a_new_analysts_bearing_on_a_published_item_waits_alone(db):
    claim = a_claim()
    log_again(an_item(), claim, by=a_person("analyst"))
    bearing = Bearing.objects.get(claim=claim)
    assert (bearing.state, bearing.number) == ("pending", None)


def test_the_event_tells_of_the_bearing_and_not_of_an_item(db):
    standing = an_item()
    log_again(standing, a_claim())
    event = Event.objects.latest("recorded_at", "id")
    assert (event.verb, event.subject_id) == ("bearing-set", standing.id)


def test_a_waiting_item_with_the_address_does_not_stand(db):
    waiting = an_item(by=a_person("analyst"))
    assert not log_again(waiting, a_claim()).stood_before


def test_a_draft_with_a_published_address_is_kept_as_a_draft(db):
    standing = an_item()
    words = item_words(address=standing.address)
    logged = log_evidence(by=a_person("analyst"), words=words, draft=True, today=DAY)
    assert (logged.evidence.state, logged.stood_before) == ("draft", False)


def test_a_submitted_draft_gives_its_bearings_to_the_standing_item(db):
    claim, analyst = a_claim(), a_person("analyst", trusted=True)
    draft = an_item([claim], by=analyst, draft=True)
    standing = an_item(address=draft.address)
    submit_draft(by=analyst, evidence=draft, today=DAY)
    assert Bearing.objects.get(claim=claim, state="published").evidence == standing


def test_a_submitted_draft_whose_address_stands_is_a_draft_no_more(db):
    analyst = a_person("analyst", trusted=True)
    draft = an_item(by=analyst, draft=True)
    an_item(address=draft.address)
    submit_draft(by=analyst, evidence=draft, today=DAY)
    draft.refresh_from_db()
    assert draft.state == "withdrawn"


def test_the_second_of_two_waiting_items_gives_its_bearings_when_approved(db):
    first_claim, second_claim = a_claim(), a_claim()
    first = an_item([first_claim], by=a_person("analyst"))
    second = an_item([second_claim], by=a_person("analyst"), address=first.address)
    moderator = a_person("moderator")
    approve(by=moderator, evidence=first, today=DAY)
    approved = approve(by=moderator, evidence=second, today=DAY)
    second_claim.refresh_from_db()
    assert (approved.evidence, approved.attached, second_claim.items) == (first, True, 1)


def test_the_second_of_two_waiting_items_is_public_nowhere(db):
    first = an_item(by=a_person("analyst"))
    second = an_item(by=a_person("analyst"), address=first.address)
    moderator = a_person("moderator")
    approve(by=moderator, evidence=first, today=DAY)
    approve(by=moderator, evidence=second, today=DAY)
    second.refresh_from_db()
    assert not second.live


def test_a_bearing_taken_back_can_be_set_again(db):
    claim, editor = a_claim(), a_person("editor")
    standing = an_item([claim], by=editor)
    withdraw_bearing(by=editor, bearing=Bearing.objects.get(), reason="Misread.", today=DAY)
    set_bearing(by=editor, evidence=standing, bearing=bearings_on(claim)[0], today=DAY)
    assert Bearing.objects.get().state == "published"


def test_two_at_the_same_moment_make_one_item_with_both_bearings(empty_cloned_db):
    source, editor = a_source(), a_person("editor")
    claims = a_claim(), a_claim()

    def logging(claim):
        words = item_words(source=source, address="https://news.example/same")
        return lambda: log_evidence(by=editor, words=words, bearings=bearings_on(claim), today=DAY)

    at_once(*(logging(claim) for claim in claims))
    item = Evidence.objects.get()
    assert set(item.bearings.values_list("claim", "number")) == {(claim.id, 1) for claim in claims}


def test_two_at_the_same_moment_on_one_claim_make_one_item_with_one_bearing(empty_cloned_db):
    source, editor, claim = a_source(), a_person("editor"), a_claim()

    def log():
        words = item_words(source=source, address="https://news.example/same")
        return log_evidence(by=editor, words=words, bearings=bearings_on(claim), today=DAY)

    first, second = at_once(log, log)
    claim.refresh_from_db()
    assert (sorted([first.stood_before, second.stood_before]), claim.items) == ([False, True], 1)


def test_two_approved_at_the_same_moment_make_one_item_with_both_bearings(empty_cloned_db):
    claims = a_claim(), a_claim()
    moderator, source = a_person("moderator"), a_source()
    waiting = [
        an_item([claim], by=a_person("analyst"), source=source, address="https://news.example/same") for claim in claims
    ]
    results = at_once(*(lambda item=item: approve(by=moderator, evidence=item, today=DAY) for item in waiting))
    item = Evidence.objects.get(state="published")
    assert (sorted(result.attached for result in results), item.bearings.filter(number=1).count()) == ([False, True], 2)


def test_a_bearing_that_was_withdrawn_is_not_said_to_stand(db):
    claim = a_claim()
    item = an_item([claim])
    withdraw_bearing(by=a_person("moderator"), bearing=item.bearings.get(), reason="Wrong.", today=DAY)
    logged = log_evidence(
        by=a_person("analyst", trusted=True),
        words=item_words(source=item.source, address=item.address),
        bearings=bearings_on(claim),
        today=DAY,
    )
    assert (logged.attached, logged.bore_before, logged.taken_back) == ([], [], [claim.id])
