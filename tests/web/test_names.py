"""An act renews the pages that depend on what it touched: the names meet."""

from collections.abc import Iterator

import pytest

from claims import names
from claims.actions.decide import withdraw
from claims.actions.sources import grade_source
from tests.factories import DAY, a_claim, a_person, a_source, an_assessment, an_item


@pytest.fixture
def touched() -> Iterator[set[str]]:
    """The names touched by acts that were committed since."""
    heard: set[str] = set()

    def hear(sender: object, names: frozenset[str], **_: object) -> None:
        heard.update(names)

    names.touched.connect(hear)
    yield heard
    names.touched.disconnect(hear)


def test_nothing_is_renewed_before_it_is_committed(db, touched):
    a_claim()
    assert touched == set()


def test_an_assessment_renews_its_claims_page(db, client, touched, django_capture_on_commit_callbacks):
    claim = a_claim()
    with django_capture_on_commit_callbacks(execute=True):
        an_assessment(claim)
    assert touched & client.get(f"/claims/{claim.slug}/").names


def test_evidence_renews_the_page_of_each_claim_that_it_bears_on(db, touched, django_capture_on_commit_callbacks):
    one, other = a_claim(), a_claim()
    with django_capture_on_commit_callbacks(execute=True):
        an_item([one, other])
    assert {names.name_of("claim", one.id), names.name_of("claim", other.id)} <= touched


def test_a_withdrawal_renews_the_page_of_each_claim(db, touched, django_capture_on_commit_callbacks):
    claim = a_claim()
    item = an_item([claim])
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(by=a_person("moderator"), evidence=item, reason="Wrong.", today=DAY)
    assert names.name_of("claim", claim.id) in touched


def test_a_new_grade_renews_the_pages_of_claims_that_show_it(db, client, touched, django_capture_on_commit_callbacks):
    source, claim = a_source(), a_claim()
    an_item([claim], source=source)
    with django_capture_on_commit_callbacks(execute=True):
        grade_source(by=a_person("editor"), source=source, reliability="D", reason="Copies.", today=DAY)
    assert touched & client.get(f"/claims/{claim.slug}/").names
