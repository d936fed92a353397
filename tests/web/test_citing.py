"""Citations of a claim's page."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from claims.actions.revise_claim import revise_claim
from claims.instants import instant_text
from tests.factories import DAY, a_claim, a_person, claim_words, on

pytestmark = pytest.mark.usefixtures("fixed_day")
LATER = datetime(2099, 1, 1, 12, 0, 5, 250, tzinfo=UTC)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The instant it is for the page, long after whatever a test does."""
    monkeypatch.setattr("claims.web.asked.now", lambda: LATER)
    return LATER


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def blocks(html: str) -> dict[str, str]:
    """The texts that can be copied, by name, as they stand in the page."""
    return dict(re.findall(r'<pre class="block[^"]*" id="cite-([a-z]+)"[^>]*>(.*?)</pre>', html, re.DOTALL))


def test_by_default_it_offers_todays_page_with_the_second_that_it_is(db, client, later):
    a_claim(slug="one")
    address = blocks(page(client, "/claims/one/cite/"))["address"]
    assert address == escape(f"http://testserver/claims/one/?as_of={DAY}&recorded_by=2099-01-01T12:00:05Z")


def test_what_it_offers_shows_what_was_done_a_moment_ago(db, client):
    claim = a_claim(slug="one")
    address = urlsplit(blocks(page(client, "/claims/one/cite/"))["address"].replace("&amp;", "&"))
    assert claim.statement in page(client, f"{address.path}?{address.query}")


def test_it_keeps_the_day_and_the_instant_that_it_is_asked_for(db, client, later):
    a_claim(slug="one")
    html = page(client, f"/claims/one/cite/?as_of={on(-3)}&recorded_by=2098-05-06T07:08:09Z")
    assert f"as_of={on(-3)}&amp;recorded_by=2098-05-06T07:08:09Z" in blocks(html)["address"]
    assert "As of 29 May 2026, by what was on record here at 07:08:09 UTC on 6 May 2098." in html


def test_the_address_begins_with_that_of_the_site_where_it_is_set(db, client, later, settings):
    settings.SITE_URL = "https://resetwatch.example/"
    a_claim(slug="one")
    assert blocks(page(client, "/claims/one/cite/"))["address"].startswith("https://resetwatch.example/claims/one/?")


def test_it_cites_the_wording_of_that_time(db, client):
    claim = a_claim(slug="one", title="Called so", statement="It was put so at first.")
    then = timezone.now()
    revise_claim(
        by=a_person("editor"),
        claim=claim,
        seen_version=None,
        type="wording",
        words=claim_words(title="Called anew", horizon=on(200)),
        reason="Clearer.",
        today=DAY,
    )
    texts = blocks(page(client, f"/claims/one/cite/?as_of={DAY}&recorded_by={instant_text(then)}"))
    assert all("Called so: It was put so at first." in texts[name] for name in ("text", "bibtex", "csl"))
    assert "Called anew" in blocks(page(client, f"/claims/one/cite/?as_of={DAY}"))["text"]


@pytest.mark.parametrize(
    ("format", "kind", "ending"),
    [
        ("text", "text/plain; charset=utf-8", "txt"),
        ("bibtex", "application/x-bibtex; charset=utf-8", "bib"),
        ("csl", "application/vnd.citationstyles.csl+json", "json"),
    ],
)
def test_each_is_a_file_too(db, client, later, format, kind, ending):
    a_claim(slug="one", title="“Ä” & <b>")
    html = page(client, "/claims/one/cite/")
    [link] = re.findall(rf'href="([^"]*format={format})"', html)
    response = client.get(link.replace("&amp;", "&"))
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="resetwatch-one-{DAY}.{ending}"'
    assert escape(response.content.decode()) == blocks(html)[format]


def test_the_file_for_reference_managers_is_json(db, client, later):
    a_claim(slug="one", title="Called so")
    [item] = json.loads(client.get("/claims/one/cite/?format=csl").content)
    assert item["title"].startswith("Called so: ")
    assert item["accessed"] == {"date-parts": [[2099, 1, 1]]}


def test_a_claims_page_leads_to_it_with_its_own_day_and_instant(db, client):
    a_claim(slug="one")
    then = instant_text(timezone.now())
    assert 'href="/claims/one/cite/"' in page(client, "/claims/one/")
    both = f"as_of={DAY}&amp;recorded_by={then}"
    assert f'href="/claims/one/cite/?{both}"' in page(client, f"/claims/one/?as_of={DAY}&recorded_by={then}")


def test_before_it_was_on_record_or_open_there_is_nothing_to_cite(db, client):
    claim = a_claim(slug="one", opened_on=on(-10))
    before = instant_text(claim.revisions.get().recorded_at - timedelta(seconds=1))
    assert "Not yet on record" in page(client, f"/claims/one/cite/?as_of={DAY}&recorded_by={before}")
    assert "Not yet opened" in page(client, f"/claims/one/cite/?as_of={on(-11)}")


@pytest.mark.parametrize("query", ["format=ris", "as_of=x", "recorded_by=x", "recorded_by=2198-01-01T00:00:00Z"])
def test_it_refuses_nonsense(db, client, query):
    a_claim(slug="one")
    page(client, f"/claims/one/cite/?{query}", status=400)


def test_an_unknown_claim_is_not_found(db, client):
    page(client, "/claims/none/cite/", status=404)


def test_it_asks_three_times(db, client, django_assert_num_queries):
    a_claim(slug="one")
    with django_assert_num_queries(3):
        page(client, "/claims/one/cite/")


def test_nobody_keeps_it_and_search_engines_pass_it_by(db, client):
    a_claim(slug="one")
    response = client.get("/claims/one/cite/")
    assert not response.names
    assert b'<meta name="robots" content="noindex">' in response.content
