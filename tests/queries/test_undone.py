"""What was undone: no news, no correction, no record; both acts stand in the histories."""

from datetime import timedelta

import pytest
from django.test import Client

from claims.actions.decide import approve, reject, return_to_author, withdraw
from claims.actions.undo import undo_decision
from claims.models import Event
from claims.queries.changes import changes
from claims.queries.corrections import corrections, counts
from claims.queries.queue import waiting
from claims.queries.queue_beside import beside, record_of
from claims.queries.queue_item import find_item
from claims.web.paths import proof_path
from tests.factories import DAY, NOW, a_claim, a_person, an_item

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(seconds=3)


@pytest.fixture
def momo():
    return a_person("moderator", name="Momo")


@pytest.fixture
def noor():
    return a_person("analyst", name="Noor")


def undone(by, decide, item, **words):
    """Decides and thinks again."""
    decide(by=by, evidence=item, today=DAY, now=NOW, **words)
    verb = {approve: "evidence-approved", reject: "evidence-rejected", return_to_author: "evidence-returned",
            withdraw: "evidence-withdrawn"}[decide]  # fmt: skip
    undo_decision(by=by, event=Event.objects.filter(verb=verb).latest("id"), today=DAY, now=SOON)
    return item


def told(verb):
    return [change for change in changes(size=50).changes if change.event.verb == verb]


def test_an_item_approved_twice_is_news_once(momo, noor):
    item = undone(momo, approve, an_item([a_claim()], by=noor))
    approve(by=momo, evidence=item, today=DAY, now=SOON)
    assert len(told("evidence-approved")) == 1


def test_a_withdrawal_that_was_undone_is_no_news_and_no_correction(momo):
    undone(momo, withdraw, an_item([a_claim()]), reason="Forged.")
    assert told("evidence-withdrawn") == []
    assert (corrections(size=50).rows, counts()["withdrawn"]) == ([], 0)


def test_it_is_not_part_of_the_author_s_record(momo, noor):
    item = an_item(by=noor)
    undone(momo, return_to_author, item, reason="Which day?")
    undone(momo, approve, item)
    assert record_of(noor.id) == (0, 0)


def test_an_item_whose_return_was_undone_was_not_returned_before(momo, noor):
    item = undone(momo, return_to_author, an_item(by=noor), reason="Which day?")
    [line] = waiting(me=momo.id, now=NOW).lines
    assert (line.returned, waiting("returned", me=momo.id, now=NOW).lines) == (False, [])
    assert beside(find_item(item.id)).returned == []


def test_it_does_not_stand_beside_the_author_s_next_item(momo, noor):
    undone(momo, reject, an_item(by=noor), reason="Spam.")
    assert beside(find_item(an_item(by=noor).id)).sent_back == []


def test_the_histories_of_item_and_claim_tell_both_acts(client: Client, momo, noor):
    claim = a_claim(slug="claim")
    item = undone(momo, withdraw, an_item([claim]), reason="Forged.")
    page = client.get(f"/evidence/{item.id}/history/").text
    assert page.index("Withdrawal undone: it is public again") < page.index("Forged.")
    assert "decision undone" in client.get("/claims/claim/history/").text.lower()


@pytest.mark.parametrize("decide", [reject, return_to_author])
def test_why_it_was_decided_so_is_for_nobody(client: Client, momo, noor, decide):
    item = undone(momo, decide, an_item([a_claim()], by=noor), reason="Zweihand is a liar.")
    decided = Event.objects.filter(verb__in=["evidence-rejected", "evidence-returned"]).latest("id")
    approve(by=momo, evidence=item, today=DAY, now=SOON)
    for path in (f"/evidence/{item.id}/history/", proof_path(decided.id)):
        page = client.get(path)
        assert (page.status_code, "Zweihand" in page.text) == (200, False), path
