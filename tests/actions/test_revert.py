"""Restoring earlier versions: of claims, bearings and sources."""

from datetime import date
from typing import Any

import pytest

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import reject_bearing, withdraw
from claims.actions.errors import Invalid, Locked, NotAllowed, Stale, WrongState
from claims.actions.kept import all_differences
from claims.actions.record import record
from claims.actions.revert import revert_bearing, revert_claim, revert_source
from claims.actions.revise_claim import revise_claim
from claims.actions.sources import grade_source
from claims.models import (
    Bearing,
    BearingRevision,
    Claim,
    ClaimRevision,
    Event,
    Evidence,
    Redaction,
    Source,
    SourceRevision,
    Verb,
)
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_item, claim_words, on, the_house

pytestmark = pytest.mark.django_db

WHY = "The change rested on a misreading."


def said(**words: Any) -> dict[str, Any]:
    return {"number": 1, "reason": WHY, "seen_version": None, "today": DAY, **words}


# --- Claims ---


def reworded(claim: Claim | None = None, **words: Any) -> Claim:
    claim = claim or a_claim(title="First", statement="It happens.", criteria="A says so.")
    revise_claim(
        by=the_house(),
        claim=claim,
        seen_version=None,
        type="wording",
        words=claim_words(**{"title": "Second", "horizon": claim.horizon, **words}),
        reason="Shorter.",
        today=on(-1),
    )
    claim.refresh_from_db()
    return claim


def restored(claim: Claim, **words: Any) -> ClaimRevision:
    revert_claim(by=a_person("moderator"), claim=claim, **said(**words))
    return ClaimRevision.objects.filter(claim=claim).order_by("-number")[0]


def test_a_claim_says_again_what_it_said():
    claim = reworded()
    restored(claim)
    claim.refresh_from_db()
    assert (claim.title, claim.statement) == ("First", "It happens.")


def test_the_restored_wording_is_a_new_one_and_the_others_stay():
    claim = reworded()
    restored(claim)
    rows = ClaimRevision.objects.filter(claim=claim).order_by("number")
    assert list(rows.values_list("number", "title")) == [(1, "First"), (2, "Second"), (3, "First")]


def test_all_of_the_wording_comes_back():
    claim = a_claim(
        criteria="A says so.\nOr B.",
        fine_print="Not C.",
        author_confidence="may",
        signposts=[("A treaty is signed.", "up")],
        review_every_days=9,
    )
    row = restored(reworded(claim))
    assert (row.criteria, row.fine_print, row.author_confidence, row.signposts, row.review_every_days) == (
        "A says so.\nOr B.",
        "Not C.",
        "may",
        [{"text": "A treaty is signed.", "direction": "up"}],
        9,
    )


def test_it_is_in_force_from_today_with_its_reason_and_the_moderator():
    row = restored(reworded())
    assert row.by is not None
    assert (row.in_force_from, row.reason, [one.role for one in row.by.user_roles.all()]) == (DAY, WHY, ["moderator"])


def test_it_is_a_wording_where_what_settles_it_stays():
    assert restored(reworded(criteria="A says so.")).type == "wording"


@pytest.mark.parametrize("words", [{"criteria": "B says so."}, {"criteria": "A says so.", "fine_print": "Not C."}])
def test_it_is_a_clarification_where_what_settles_it_reads_otherwise(words):
    assert restored(reworded(**words)).type == "clarification"


def test_its_event_says_which_wording_it_restores():
    claim = reworded()
    restored(claim)
    event = Event.objects.filter(verb="claim-revised", subject_id=claim.id).latest("id")
    told = event.body.payload
    assert (told["restores"], told["number"], told["title"], told["reason"]) == (1, 3, "First", WHY)


def test_a_revision_says_nothing_of_restoring():
    claim = reworded()
    assert "restores" not in Event.objects.get(verb="claim-revised", subject_id=claim.id).body.payload


def test_what_is_kept_on_the_claim_is_renewed():
    claim = reworded()
    restored(claim)
    assert all_differences([claim.id], today=DAY) == {}


def refused(act: Any, match: str, error: type[Exception] = WrongState, **words: Any) -> None:
    before = Event.objects.count()
    with pytest.raises(error, match=match):
        act(by=a_person("moderator"), **said(**words))
    assert Event.objects.count() == before


def test_the_wording_that_stands_is_not_restored():
    refused(revert_claim, "That wording stands", claim=reworded(), number=2)


def test_the_same_words_are_not_stored_twice():
    claim = reworded()
    restored(claim)
    refused(revert_claim, "says the same", claim=claim)


@pytest.mark.parametrize("number", [0, 9, 2**40])
def test_a_wording_that_never_was_is_refused(number):
    refused(revert_claim, f"no wording {number}", claim=reworded(), number=number)


def test_another_due_date_is_not_restored():
    claim = reworded()
    event = record(by=None, verb=Verb.CLAIM_REVISED, subject=claim, about_on=DAY, now=NOW, payload={})
    row = ClaimRevision.objects.get(claim=claim, number=2)
    row.pk, row.number, row.horizon, row.event = None, 3, date(2030, 1, 1), event
    row.save(force_insert=True)
    refused(revert_claim, "changes what is claimed", claim=claim)


def test_a_locked_claim_keeps_its_words():
    claim = reworded()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="A dispute.", today=DAY)
    refused(revert_claim, "is locked: A dispute", Locked, claim=claim)


def test_who_saw_an_older_version_is_told():
    claim = reworded()
    refused(revert_claim, "changed by somebody else", Stale, claim=claim, seen_version=claim.version - 1)


@pytest.mark.parametrize("reason", ["", " ", "x" * 501])
def test_a_claim_is_not_restored_without_a_reason(reason):
    refused(revert_claim, ".", Invalid, claim=reworded(), reason=reason)


# --- Bearings ---


def changed(**words: Any) -> Bearing:
    """A bearing that supported moderately and says something else now."""
    item, claim = an_item(), a_claim()
    for bearing in (
        NewBearing(claim.id, "supports", "moderate", "It says so."),
        NewBearing(claim.id, **{"stance": "contradicts", "weight": "strong", "note": "It does not.", **words}),
    ):
        row = set_bearing(by=the_house(), evidence=item, bearing=bearing, today=DAY)
    return row


def withdrawn() -> Bearing:
    return withdraw_bearing(by=the_house(), bearing=changed(), reason="Misread.", today=DAY)


def bearing_restored(bearing: Bearing, **words: Any) -> Bearing:
    row = revert_bearing(by=a_person("moderator"), bearing=bearing, **said(**words))
    row.refresh_from_db()
    return row


def test_a_bearing_says_again_what_it_said():
    row = bearing_restored(changed())
    assert (row.stance, row.weight, row.note, row.state) == ("supports", "moderate", "It says so.", "published")


def test_a_withdrawn_bearing_is_public_again_under_its_number():
    row = withdrawn()
    restored = bearing_restored(row, number=2)
    assert (restored.state, restored.stance, restored.number) == ("published", "contradicts", row.number)


def test_a_bearings_restoring_is_a_revision_of_the_moderators():
    row = bearing_restored(changed())
    last = BearingRevision.objects.filter(bearing=row).order_by("-number")[0]
    assert last.by is not None
    assert (last.number, last.stance, [one.role for one in last.by.user_roles.all()]) == (3, "supports", ["moderator"])


def test_a_bearings_event_says_which_version_it_restores():
    row = bearing_restored(changed())
    told = Event.objects.filter(verb="bearing-changed", subject_id=row.id).latest("id").body.payload
    assert (told["restores"], told["stance"], told["state"], told["reason"]) == (1, "supports", "published", WHY)


def test_the_claims_counts_follow_a_restored_bearing():
    row = bearing_restored(withdrawn())
    claim = Claim.objects.get(id=row.claim_id)
    assert (claim.supports, all_differences([claim.id], today=DAY)) == (1, {})


def test_the_way_a_bearing_stands_is_not_restored():
    refused(revert_bearing, "how the bearing stands", bearing=changed(), number=2)


def test_a_bearing_that_says_the_same_is_not_restored():
    row = bearing_restored(changed())
    refused(revert_bearing, "says the same", bearing=row)


def test_a_bearing_is_withdrawn_and_not_restored_to_that():
    row = bearing_restored(withdrawn())
    refused(revert_bearing, "withdraw it", bearing=row, number=3)


def test_a_bearing_that_never_was_public_is_not_made_so():
    item, claim = an_item(), a_claim()
    waiting = set_bearing(
        by=a_person("analyst"), evidence=item, bearing=NewBearing(claim.id, "supports", "slight"), today=DAY
    )
    reject_bearing(by=a_person("moderator"), bearing=waiting, reason="No.", today=DAY)
    refused(revert_bearing, "never public", bearing=waiting)


def test_a_version_of_a_bearing_that_never_was_is_refused():
    refused(revert_bearing, "no version 9", bearing=changed(), number=9)


def test_a_bearing_of_a_withdrawn_item_is_not_restored():
    row = changed()
    withdraw(by=a_person("moderator"), evidence=row.evidence, reason="Forged.", today=DAY)
    refused(revert_bearing, "not published", bearing=row)


def test_a_bearing_of_a_redacted_item_is_not_restored():
    row = changed()
    Evidence.objects.filter(id=row.evidence_id).update(
        state="redacted", title="", summary="", quotation="", author="", address="", address_norm="", story=""
    )
    refused(revert_bearing, "was redacted", bearing=row)


def test_a_note_that_was_redacted_does_not_come_back():
    row = changed()
    first = BearingRevision.objects.get(bearing=row, number=1)
    tombstone = record(by=None, verb=Verb.EVIDENCE_REDACTED, subject=row, about_on=DAY, now=NOW, payload={})
    Redaction.objects.create(event=first.event, tombstone=tombstone)
    refused(revert_bearing, "note of that version was redacted", bearing=row)


def test_a_bearing_on_a_locked_claim_stays():
    row = changed()
    lock_claim_for_all(by=a_person("moderator"), claim=row.claim, reason="A dispute.", today=DAY)
    refused(revert_bearing, "is locked: A dispute", Locked, bearing=row)


def test_who_saw_an_older_bearing_is_told():
    refused(revert_bearing, "changed by somebody else", Stale, bearing=changed(), seen_version=1)


def test_a_bearing_is_not_restored_without_a_reason():
    refused(revert_bearing, "Say why", Invalid, bearing=changed(), reason="")


# --- Sources ---


def regraded(**words: Any) -> Source:
    """A newspaper that was graded B, and D from then on."""
    source = a_source(name="The Paper", reliability="B")
    told = {"reliability": "D", "reason": "Slips.", **words}
    return grade_source(by=the_house(), source=source, today=DAY, **told)


def source_restored(source: Source, **words: Any) -> Source:
    row = revert_source(by=a_person("moderator"), source=source, **said(**words))
    row.refresh_from_db()
    return row


def test_a_source_is_called_and_graded_again_as_it_was():
    row = source_restored(regraded(name="The Organ", kind="blog"))
    assert (row.name, row.kind, row.reliability) == ("The Paper", "newspaper", "B")


def test_a_source_keeps_every_version():
    row = source_restored(regraded())
    told = SourceRevision.objects.filter(source=row).order_by("number").values_list("number", "reliability", "reason")
    assert list(told) == [(1, "B", ""), (2, "D", "Slips."), (3, "B", WHY)]


def test_another_grade_restored_is_a_grading():
    row = source_restored(regraded())
    told = Event.objects.filter(verb="source-graded", subject_id=row.id).latest("id").body.payload
    assert (told["restores"], told["was"], told["reliability"]) == (1, "D", "B")


def test_another_name_restored_is_a_revision():
    row = source_restored(regraded(reliability="B", name="The Organ"))
    assert Event.objects.filter(subject_id=row.id).latest("id").verb == "source-revised"


@pytest.mark.parametrize(("number", "words"), [(2, "how the source stands"), (9, "no version 9")])
def test_a_version_of_a_source_that_cannot_be_restored_is_refused(number, words):
    refused(revert_source, words, source=regraded(), number=number)


def test_a_source_that_is_graded_the_same_is_not_restored():
    refused(revert_source, "the same", source=source_restored(regraded()))


def test_who_saw_an_older_source_is_told():
    refused(revert_source, "changed by somebody else", Stale, source=regraded(), seen_version=1)


def test_a_source_is_not_restored_without_a_reason():
    refused(revert_source, "Say why", Invalid, source=regraded(), reason="")


@pytest.mark.parametrize("role", ["analyst", "editor"])
def test_only_a_moderator_restores(role):
    with pytest.raises(NotAllowed, match="You may not restore earlier versions"):
        revert_claim(by=a_person(role), claim=reworded(), **said())
