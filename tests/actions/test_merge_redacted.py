"""What merges keep of an item or a person goes with them."""

import pytest

from claims.actions.attach import NewBearing
from claims.actions.bearings import set_bearing
from claims.actions.erase_person import erase_person
from claims.actions.errors import WrongState
from claims.actions.kept import COUNTS, differences
from claims.actions.merge import merge, suggest_merge, unmerge
from claims.actions.redact import redact_evidence
from claims.models import Bearing, BearingRevision, EventBody, Merge
from claims.queries.told_rows import differing_rows
from tests.factories import DAY, a_claim, a_person, an_item

pytestmark = pytest.mark.django_db
TELLING = "What the leaked page says of Mr Secret."
WHY = "Both tell the story of Mr Secret."


def merged(duplicate, into):
    return merge(
        by=a_person("moderator"), kind="evidence", duplicate=duplicate.id, into=into.id, reason=WHY, today=DAY
    )  # fmt: skip


def redacted(item):
    item.refresh_from_db()
    redact_evidence(by=a_person("admin"), evidence=item, reason="An order.", legal_basis="court-order", today=DAY)


def kept():
    """Everything in bodies, bearings, their revisions and merges, as one text."""
    return " ".join(
        [
            *(str(payload) for payload in EventBody.objects.values_list("payload", flat=True)),
            *Bearing.objects.values_list("note", flat=True),
            *BearingRevision.objects.values_list("note", flat=True),
            *Merge.objects.values_list("because", flat=True),
        ]
    )


def test_nothing_of_a_redacted_duplicate_stays_with_what_it_was_merged_into():
    claim = a_claim()
    duplicate, into = an_item([NewBearing(claim.id, "supports", "slight", TELLING)]), an_item()
    merged(duplicate, into)
    redacted(duplicate)
    assert "Secret" not in kept()
    assert differences(COUNTS, [claim.id], today=DAY) == []
    assert list(differing_rows()) == []


def test_what_was_merged_into_a_redacted_item_says_no_more_why():
    duplicate, into = an_item(), an_item()
    merged(duplicate, into)
    redacted(into)
    duplicate.refresh_from_db()
    assert duplicate.returned_because == "Removed on legal grounds."
    assert list(differing_rows()) == []


def test_nothing_of_it_stays_where_the_merge_was_undone():
    duplicate, into = an_item([NewBearing(a_claim().id, "supports", "slight", TELLING)]), an_item()
    unmerge(by=a_person("moderator"), merge=merged(duplicate, into), reason="No: of Mr Secret’s son.", today=DAY)
    redacted(duplicate)
    assert "Secret" not in kept()
    assert list(differing_rows()) == []


def test_a_note_that_was_written_anew_on_the_other_item_stays():
    claim = a_claim()
    duplicate, into = an_item([NewBearing(claim.id, "supports", "slight", TELLING)]), an_item()
    merged(duplicate, into)
    anew = NewBearing(claim.id, "supports", "slight", "Written anew.")
    set_bearing(by=a_person("editor"), evidence=into, bearing=anew, today=DAY)
    redacted(duplicate)
    assert Bearing.objects.get(evidence=into).note == "Written anew."
    assert "Secret" not in kept()


def test_the_reason_goes_with_what_the_duplicate_was_merged_into_too():
    duplicate, into = an_item(), an_item()
    merged(duplicate, into)
    redacted(into)
    assert "Secret" not in kept()


def test_a_redacted_duplicate_is_not_published_again():
    duplicate, into = an_item(), an_item()
    done = merged(duplicate, into)
    redacted(duplicate)
    with pytest.raises(WrongState, match="redacted"):
        unmerge(by=a_person("moderator"), merge=done, reason="Two.", today=DAY)


def test_a_redacted_item_is_suggested_no_longer():
    item, other = an_item(), an_item()
    suggest_merge(by=a_person("analyst"), kind="evidence", duplicate=item.id, into=other.id, because=WHY)
    redacted(item)
    assert Merge.objects.get().state == "dismissed"
    assert "Secret" not in kept()


def test_what_an_erased_person_wrote_in_suggesting_goes():
    person = a_person("analyst")
    suggest_merge(by=person, kind="evidence", duplicate=an_item().id, into=an_item().id, because=WHY)
    erase_person(by=a_person("admin"), person=person, reason="They asked.", legal_basis="data-protection", today=DAY)
    assert "Secret" not in kept()
