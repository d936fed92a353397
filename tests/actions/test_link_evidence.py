"""An item that supersedes, corrects or retracts an earlier one."""

import pytest

from claims.actions.errors import Invalid, WrongState
from claims.actions.revise_evidence import link_evidence
from claims.models import Event, EvidenceLink
from tests.factories import DAY, a_claim, a_person, an_item

pytestmark = pytest.mark.django_db


def link(item, earlier, kind="corrects", reason="The agency took it back.", by=None):
    return link_evidence(by=by or a_person("editor"), item=item, kind=kind, earlier=earlier, reason=reason, today=DAY)


@pytest.mark.parametrize("kind", ["supersedes", "corrects", "retracts"])
def test_each_kind_of_link_is_kept(kind):
    item, earlier = an_item(), an_item()
    link(item, earlier, kind)
    assert EvidenceLink.objects.filter(from_item=item, kind=kind, to_item=earlier).exists()


def test_the_earlier_item_stays():
    item, earlier = an_item(), an_item()
    link(item, earlier)
    earlier.refresh_from_db()
    assert earlier.state == "published"


def test_the_event_names_the_claims_of_both():
    first, second = a_claim(), a_claim()
    link(an_item([first]), an_item([second]))
    event = Event.objects.get(verb="evidence-linked")
    assert set(event.event_claims.values_list("claim", flat=True)) == {first.id, second.id}


def test_the_same_link_twice_is_refused_in_words():
    item, earlier = an_item(), an_item()
    link(item, earlier)
    with pytest.raises(Invalid) as refused:
        link(item, earlier)
    assert refused.value.errors == {"to": ["This link stands already."]}


def test_an_item_is_not_linked_to_itself():
    item = an_item()
    with pytest.raises(Invalid) as refused:
        link(item, item)
    assert list(refused.value.errors) == ["to"]


@pytest.mark.parametrize(("field", "wrong"), [("kind", {"kind": "denies"}), ("reason", {"reason": ""})])
def test_it_names_the_field_that_is_wrong(field, wrong):
    with pytest.raises(Invalid) as refused:
        link(an_item(), an_item(), **wrong)
    assert list(refused.value.errors) == [field]


def test_both_items_must_be_published():
    with pytest.raises(WrongState):
        link(an_item(), an_item(by=a_person("analyst")))


@pytest.mark.parametrize("logged_first", ["the earlier", "the later"])
def test_the_event_speaks_of_the_day_of_the_later_item(logged_first):
    days = ["2026-04-01", "2026-05-20"] if logged_first == "the earlier" else ["2026-05-20", "2026-04-01"]
    items = {day: an_item(published=day) for day in days}
    link(items["2026-05-20"], items["2026-04-01"])
    assert str(Event.objects.get(verb="evidence-linked").about_on) == "2026-05-20"
