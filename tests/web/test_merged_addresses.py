"""Where the addresses of merged sources and claims lead, and where their records stay."""

from datetime import timedelta

import pytest

from claims.actions.merge import merge, unmerge
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_assessment, an_item
from tests.web.desk import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def merged(kind, duplicate, into, **words):
    return merge(
        by=a_person("moderator"), kind=kind, duplicate=duplicate.id, into=into.id, reason="The same.", today=DAY,
        **words,
    )  # fmt: skip


def where(client, address):
    answer = client.get(address)
    return answer.status_code, answer.get("Location")


def test_a_merged_sources_address_leads_to_the_other_and_its_history_stays(client):
    duplicate, into = a_source(name="Old Paper"), a_source(name="New Paper")
    an_item(source=duplicate, title="Moved with it")
    merged("source", duplicate, into)
    assert where(client, f"/sources/{duplicate.slug}/?page_size=5") == (302, f"/sources/{into.slug}/?page_size=5")
    assert "Moved with it" in text_of(client.get(f"/sources/{into.slug}/"))
    there = text_of(client.get(f"/sources/{duplicate.slug}/history/"))
    here = text_of(client.get(f"/sources/{into.slug}/history/"))
    assert "Merged into another source" in there
    assert "New Paper" in there
    assert "Another source was merged into this one" in here
    assert "Old Paper" in here


def test_addresses_lead_to_the_end_at_once(client):
    first, second, third = a_source(), a_source(), a_source()
    merged("source", first, second)
    merged("source", second, third)
    assert where(client, f"/sources/{first.slug}/") == (302, f"/sources/{third.slug}/")


def test_a_merged_claims_address_leads_to_the_other_but_its_record_stays(client):
    duplicate, into = a_claim(), a_claim()
    an_assessment(duplicate)
    merged("claim", duplicate, into)
    path = f"/claims/{duplicate.slug}/"
    assert where(client, path) == (302, f"/claims/{into.slug}/")
    assert where(client, f"{path}?stance=supports") == (302, f"/claims/{into.slug}/?stance=supports")
    for query in (f"as_of={DAY}", "stay=1"):
        assert client.get(f"{path}?{query}").status_code == 200
    for slug in (duplicate.slug, into.slug):
        assert "erged into" in text_of(client.get(f"/claims/{slug}/history/"))


def test_a_claim_on_record_by_an_instant_is_shown_as_it_was(client, monkeypatch):
    monkeypatch.setattr("claims.web.asked.now", lambda: NOW + timedelta(days=400))
    duplicate = a_claim()
    an_assessment(duplicate)
    merged("claim", duplicate, a_claim())
    assert client.get(f"/claims/{duplicate.slug}/?recorded_by=2027-06-01").status_code == 200


def test_an_undone_merge_leads_nowhere(client):
    duplicate, into = a_claim(), a_claim()
    an_assessment(duplicate)
    done = merged("claim", duplicate, into)
    unmerge(by=a_person("moderator"), merge=done, reason="Two.", today=DAY)
    assert client.get(f"/claims/{duplicate.slug}/").status_code == 200


def test_changes_tell_a_merged_source_and_a_merged_claim_once(client):
    source, other = a_source(name="Old Paper"), a_source(name="New Paper")
    duplicate, into = a_claim(title="Twin claim"), a_claim()
    merged("source", source, other)
    merged("claim", duplicate, into)
    page = text_of(client.get("/changes/"))
    assert "merged into “New Paper”" in page
    assert page.count("restated") >= 1


def test_corrections_tell_merged_items_and_sources_and_their_undoing_with_reasons(client):
    claim = a_claim(title="A claim it bore on")
    duplicate, into = an_item([claim], title="First report"), an_item([claim], title="Second report")
    source, other = a_source(name="Old Paper"), a_source(name="New Paper")
    merged("source", source, other)
    done = merged("evidence", duplicate, into)
    page = text_of(client.get("/corrections/?kind=merged"))
    assert [words for words in ("First report", "Second report", "Old Paper", "New Paper") if words in page] == [
        "Second report", "Old Paper", "New Paper",
    ]  # fmt: skip
    assert "A claim it bore on" in page
    unmerge(by=a_person("moderator"), merge=done, reason="Told apart by their dates.", today=DAY)
    again = text_of(client.get("/corrections/?kind=merged"))
    assert "stands on its own again" in again
    assert "Told apart by their dates." in again


def test_a_merged_claim_is_told_in_corrections_as_annulled_alone(client):
    duplicate, into = a_claim(title="Twin claim"), a_claim()
    an_assessment(duplicate)
    merged("claim", duplicate, into)
    assert "Twin claim" in text_of(client.get("/corrections/?kind=annulled"))
    assert "Twin claim" not in text_of(client.get("/corrections/?kind=merged"))


def test_the_record_of_a_merged_claim_says_what_it_was_merged_into_and_the_other_restates_nothing(client):
    duplicate, into = a_claim(title="Twin claim"), a_claim()
    an_assessment(duplicate)
    merged("claim", duplicate, into)
    page = text_of(client.get(f"/claims/{duplicate.slug}/?stay=1"))
    assert "was merged into" in page
    assert "Its meaning was changed" not in page
    assert "This restates" not in text_of(client.get(f"/claims/{into.slug}/"))
