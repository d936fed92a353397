"""Looked for and not found: an item of its own sort, which says where, which words and when."""

import pytest

from claims.actions.decide import approve, withdraw
from claims.actions.errors import Invalid
from claims.actions.log_evidence import log_evidence
from claims.actions.redact import redact_evidence
from claims.dates import PartialDate
from claims.models import EventBody, Evidence
from claims.queries.told_rows import differing_rows
from tests.factories import DAY, a_claim, a_person, a_source, bearings_on, item_words, on

pytestmark = pytest.mark.django_db

PLACE = "https://www.kremlin.example/search?query=G7"


def day(number):
    return PartialDate.from_bounds(on(number), on(number))


def looked(**words):
    said = {
        "source": a_source(),
        "type": "not-found",
        "looked_for": "G7, return",
        "published": None,
        "event": day(-1),
        "address": PLACE,
    }
    return item_words(**{**said, **words})


def logged(*, by=None, bearings=(), **words):
    by = by or a_person("analyst", trusted=True)
    return log_evidence(by=by, words=looked(**words), bearings=bearings, today=DAY).evidence


def wrong(**words):
    with pytest.raises(Invalid) as refused:
        logged(**words)
    return refused.value.errors


def test_it_is_published_with_what_was_looked_for():
    item = Evidence.objects.get(id=logged().id)
    assert (item.state, item.looked_for) == ("published", "G7, return")


def test_it_is_known_from_the_last_day_of_looking():
    item = logged(event=PartialDate.from_bounds(on(-9), on(-2)))
    assert Evidence.objects.get(id=item.id).known_by == on(-2)


def test_its_event_tells_what_was_looked_for():
    assert EventBody.objects.get(event__subject_id=logged().id).payload["looked_for"] == "G7, return"


def test_what_any_other_item_tells_has_no_such_words():
    item = log_evidence(by=a_person("editor"), words=item_words(source=a_source()), today=DAY).evidence
    assert "looked_for" not in EventBody.objects.get(event__subject_id=item.id).payload


def test_one_place_is_looked_through_again():
    first, second = logged(), logged(event=day(0))
    assert {first.state, second.state} == {"published"}
    assert first.id != second.id


def test_a_page_with_the_address_of_a_search_stands_beside_it():
    logged()
    page = log_evidence(by=a_person("editor"), words=item_words(address=PLACE, source=a_source()), today=DAY)
    assert not page.stood_before


def test_a_search_that_waits_is_approved_beside_a_page_with_its_address():
    log_evidence(by=a_person("editor"), words=item_words(address=PLACE, source=a_source()), today=DAY)
    done = approve(by=a_person("moderator"), evidence=logged(by=a_person("analyst")), today=DAY)
    assert not done.attached


def test_it_bears_on_a_claim_like_any_other():
    claim = a_claim()
    logged(bearings=bearings_on((claim, "contradicts", "slight")))
    claim.refresh_from_db()
    assert claim.contradicts == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"looked_for": ""}, "looked_for"),
        ({"event": None}, "event"),
        ({"event": day(3)}, "event"),
        ({"published": day(-1)}, "published"),
    ],
)
def test_it_needs_its_words_and_its_day(words, field):
    assert list(wrong(**words)) == [field]


def test_no_other_item_has_words_that_were_looked_for():
    assert list(wrong(type="newspaper", event=None, published=day(-1))) == ["looked_for"]


def test_a_draft_of_it_may_lack_them():
    by = a_person("analyst")
    item = log_evidence(by=by, words=looked(looked_for="", event=None), draft=True, today=DAY).evidence
    assert item.state == "draft"


def test_the_record_shows_words_changed_behind_it():
    Evidence.objects.filter(id=logged().id).update(looked_for="something else")
    assert [words for words, _ in differing_rows()] == ["an item does not say what its last event told"]


def test_a_redaction_empties_what_was_looked_for():
    item = logged()
    redact_evidence(by=a_person("admin"), evidence=item, reason="Asked for.", legal_basis="other-law", today=DAY)
    item.refresh_from_db()
    assert item.looked_for == ""


def test_it_can_be_withdrawn():
    assert withdraw(by=a_person("moderator"), evidence=logged(), reason="Wrong place.", today=DAY).state == "withdrawn"
