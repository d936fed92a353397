"""Whose words the published ledger shows: those of public things, for as long as these are."""

import pytest
from django.utils import timezone

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import approve, reject, return_to_author, withdraw
from claims.actions.flags import decide_flag, flag
from claims.actions.people import set_roles
from claims.actions.sequence import sequence
from claims.actions.trust import set_trust
from claims.interchange.export_ledger import ledger_lines
from claims.models import Bearing, Event
from claims.queries.ledger import entry_of
from tests.factories import (
    DAY,
    a_claim,
    a_person,
    a_source,
    a_topic,
    an_article,
    an_assessment,
    an_item,
)

pytestmark = pytest.mark.django_db


def shown(subject, verb):
    """Whether the words of the last act of this sort on a thing are public."""
    event = Event.objects.filter(subject_id=subject.pk, verb=verb).order_by("-id")[0]
    entry, _ = entry_of(event.id)
    return entry.opened is not None


def exported():
    sequence(now=timezone.now())
    return "".join(ledger_lines())


def waiting(*claims, **words):
    return an_item(claims, by=a_person("analyst"), **words)


@pytest.mark.parametrize(
    ("make", "verb"),
    [(an_article, "article-added"), (a_topic, "topic-added"), (a_source, "source-added"), (a_claim, "claim-opened")],
)
def test_articles_topics_sources_and_claims_are_public(make, verb):
    assert shown(make(), verb)


def test_judgements_are_public():
    assert shown(an_assessment(a_claim()), "assessed")


def test_a_published_item_is_public_with_its_bearings():
    assert shown(an_item([a_claim()]), "evidence-logged")


def test_an_item_that_waits_is_not():
    assert not shown(waiting(a_claim()), "evidence-submitted")


def test_an_item_that_was_approved_is_public_from_its_submission_on():
    item = waiting(a_claim())
    approve(by=a_person("moderator"), evidence=item, today=DAY)
    assert (shown(item, "evidence-submitted"), shown(item, "evidence-approved")) == (True, True)


@pytest.mark.parametrize(("decide", "verb"), [(reject, "evidence-rejected"), (return_to_author, "evidence-returned")])
def test_what_was_told_to_the_author_of_an_item_that_never_was_public_is_not(decide, verb):
    item = waiting(a_claim())
    decide(by=a_person("moderator"), evidence=item, reason="Not this way.", today=DAY)
    assert not shown(item, verb)


def test_an_item_that_was_withdrawn_is_not_public_any_more():
    item = an_item([a_claim()])
    withdraw(by=a_person("moderator"), evidence=item, reason="Libel.", today=DAY)
    assert not shown(item, "evidence-logged")


def test_why_an_item_was_withdrawn_is_public():
    item = an_item([a_claim()])
    withdraw(by=a_person("moderator"), evidence=item, reason="Libel.", today=DAY)
    assert shown(item, "evidence-withdrawn")


def test_a_bearing_that_waits_on_a_public_item_is_not():
    item, claim = an_item(), a_claim()
    bearing = set_bearing(
        by=a_person("analyst"), evidence=item, bearing=NewBearing(claim.id, "supports", "slight", "A guess."), today=DAY
    )
    assert not shown(bearing, "bearing-set")


def test_a_bearing_that_is_public_is():
    item, claim = an_item(), a_claim()
    bearing = set_bearing(
        by=a_person("editor"),
        evidence=item,
        bearing=NewBearing(claim.id, "supports", "slight", "It says so."),
        today=DAY,
    )
    assert shown(bearing, "bearing-set")


def test_a_bearing_that_was_taken_back_keeps_its_note_to_itself():
    claim = a_claim()
    item = an_item([NewBearing(claim.id, "supports", "slight", "Taken-back note.")])
    bearing = Bearing.objects.get(evidence=item)
    withdraw_bearing(by=a_person("moderator"), bearing=bearing, reason="Does not say so.", today=DAY)
    assert (shown(item, "evidence-logged"), shown(bearing, "bearing-withdrawn")) == (False, False)


def test_flags_and_their_answers_are_not():
    raised = flag(
        by=a_person(), kind="claim", subject_id=a_claim().id, reason="other", note="About somebody.", today=DAY
    )
    decide_flag(by=a_person("moderator"), flag=raised, upheld=False, answer="No.", today=DAY)
    assert (shown(raised, "flagged"), shown(raised, "flag-decided")) == (False, False)


def test_what_was_decided_on_a_person_is_not():
    person = a_person("analyst")
    set_roles(by=a_person("admin"), person=person, roles=["analyst", "editor"], today=DAY)
    set_trust(by=a_person("moderator"), person=person, trusted=True, reason="Known to us.", today=DAY)
    assert (shown(person, "roles-set"), shown(person, "trust-set")) == (False, False)


def test_the_export_holds_nothing_of_what_is_hidden():
    claim = a_claim()
    waiting(claim, title="Markerpending", summary="Markerpending too.")
    gone = an_item([claim], title="Markerwithdrawn", summary="Markerwithdrawn too.")
    an_item([claim], title="Markerpublic")
    withdraw(by=a_person("moderator"), evidence=gone, reason="Not so.", today=DAY)
    text = exported()
    assert [word in text for word in ("Markerpending", "Markerwithdrawn", "Markerpublic")] == [False, False, True]


def test_every_commitment_is_public_all_the_same():
    item = waiting(a_claim())
    event = Event.objects.get(subject_id=item.id)
    assert bytes(event.commitment).hex() in exported()
