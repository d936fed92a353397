"""Changes as a page: days, lines, what is folded, filters."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from claims.actions.decide import withdraw
from claims.actions.judge import reopen
from claims.actions.redact import redact_evidence
from claims.actions.revise_claim import revise_claim
from claims.actions.revise_evidence import link_evidence
from claims.actions.sources import grade_source
from claims.models import Claim
from claims.names import LISTS, SOURCES
from tests.factories import (
    DAY,
    a_claim,
    a_judgement,
    a_person,
    a_source,
    an_assessment,
    an_item,
    claim_words,
    on,
    the_house,
)

PATH = "/changes/"


pytestmark = pytest.mark.usefixtures("fixed_day")


def page(client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(PATH + query)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def lines(html: str) -> list[str]:
    """Each change as a reader sees it, its day first."""
    found = html.split('<ol class="changes">')[1].split("</ol>")[0].split("<time")[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", line.split(">", 1)[1]).split()) for line in found]


def reworded(claim: Claim) -> None:
    words = claim_words(title=claim.title, horizon=claim.horizon)
    revise_claim(
        by=the_house(), claim=claim, seen_version=None, type="clarification", words=words, reason="x", today=DAY
    )


def test_the_shipped_changes_read_as_drawn(loaded_db, client):
    told = lines(page(client))
    assert told[0].startswith("24 Nov 2026 20 claims were clarified")
    assert "10 Oct 2026 Trump turns on the reset 24 to 6 % , very unlikely" in told
    assert "10 Oct 2026 Deals with this administration prove fragile reviewed, still 80 %" in told


def test_one_item_on_nine_claims_is_one_line_with_the_claims_below_it(loaded_db, client):
    [line] = [line for line in lines(page(client)) if "Russian diesel let into the United States" in line]
    assert "new evidence, TVP 19.30 (volunteers&#x27; transcripts), bears on 9 claims" in line
    assert "Talks buy Moscow time" in line


def test_a_day_is_said_once(loaded_db, client):
    html = page(client)
    assert len(re.findall("10 Oct 2026", html)) == 7
    assert html.count('<li class="same-day"><time datetime="2026-10-10">') == 6


def test_it_explains_its_dates(db, client):
    assert "By the day that each change speaks of" in page(client)


def test_the_bold_number_is_the_new_one(db, client):
    an_assessment(a_claim(), probability=Decimal("0.3"))
    assert 'first assessed, <b class="ink">30\u00a0%</b>, unlikely' in page(client)


def test_a_resolution_says_when_it_happened(db, client):
    an_assessment(a_claim(title="It"), status="borne-out", occurred_on=on(-2))
    assert "1 Jun 2026 It borne out on 30 May 2026" in lines(page(client))


def test_an_annulment_says_why(db, client):
    an_assessment(a_claim(title="It"), status="annulled", annulled_because="assumption-fell")
    assert "1 Jun 2026 It annulled , because something it takes for granted did not hold" in lines(page(client))


def test_a_reopening_says_so(db, client):
    claim = a_claim(title="It")
    an_assessment(claim, as_of=on(-3), status="borne-out")
    reopen(by=the_house(), claim=claim, judgement=a_judgement(), today=DAY)
    assert lines(page(client))[0] == "1 Jun 2026 It reopened, 40 % , unlikely"


def test_one_wording_is_a_line_of_its_claim(db, client):
    reworded(a_claim(title="It"))
    assert "1 Jun 2026 It clarified" in lines(page(client))


def test_a_redacted_item_is_named_nowhere_and_its_page_says_why(db, client):
    item = an_item([a_claim()], title="Its secret title")
    redact_evidence(by=a_person("admin"), evidence=item, reason="The law.", legal_basis="other-law", today=DAY)
    html = client.get("/changes/").content.decode()
    assert "Its secret title" not in html
    assert f'href="/evidence/{item.id}/"' in html
    assert "An item of evidence, which bore on 1 claim, was removed" in html


def test_a_withdrawn_item_is_named_nowhere(db, client):
    item = an_item([a_claim()], title="A secret title")
    withdraw(by=a_person("moderator"), evidence=item, reason="Its secret summary.", today=DAY)
    html = page(client)
    assert "secret" not in html
    assert "An item of evidence, which bore on 1 claim, was withdrawn" in html


def test_a_correction_names_what_it_corrects(db, client):
    claim = a_claim()
    earlier, later = an_item([claim], title="Earlier"), an_item([claim], title="Later")
    link_evidence(by=the_house(), item=later, kind="retracts", earlier=earlier, reason="x", today=DAY)
    assert any("Later retracts “Earlier”" in line for line in lines(page(client)))


def test_a_correction_of_a_withdrawn_item_does_not_name_it(db, client):
    claim = a_claim()
    earlier, later = an_item([claim], title="Earlier"), an_item([claim], title="Later")
    link_evidence(by=the_house(), item=later, kind="corrects", earlier=earlier, reason="x", today=DAY)
    withdraw(by=a_person("moderator"), evidence=earlier, reason="x", today=DAY)
    html = page(client)
    assert "corrects an earlier item" in html
    assert "Earlier" not in html.replace("Earlier changes", "")


def test_a_grade_says_the_one_before(db, client):
    grade_source(
        by=the_house(), source=a_source(name="The Wire", reliability="B"), reliability=None, reason="x", today=DAY
    )
    assert "1 Jun 2026 The Wire no longer graded; before, B" in lines(page(client))


def test_an_article_leads_to_its_page(db, client):
    claim = a_claim()
    assert f'href="/articles/{claim.article.slug}/"' in page(client)


def test_a_kind_is_chosen_by_a_chip(db, client):
    claim = a_claim(title="It")
    an_assessment(claim)
    an_item([claim])
    html = page(client, "?kind=judgements")
    assert len(lines(html)) == 1
    assert '<a class="chip" href="/changes/?kind=judgements" aria-current="true">' in html


def test_since_leaves_earlier_days_out(db, client):
    claim = a_claim(title="It")
    an_assessment(claim, as_of=on(-9))
    an_assessment(claim, as_of=on(-3))
    assert len(lines(page(client, f"?kind=judgements&since={on(-3)}"))) == 1


def test_it_pages_and_keeps_the_filters(db, client):
    for _ in range(3):
        an_assessment(a_claim())
    html = page(client, "?kind=judgements&page_size=2")
    [older] = re.findall(r'href="([^"]+)" rel="next"', html)
    assert "kind=judgements" in older
    assert len(lines(client.get(older.replace("&amp;", "&")).content.decode())) == 1


def test_nothing_of_a_kind_offers_all(loaded_db, client):
    assert "No such change" in page(client, "?kind=sources")


def test_an_empty_site_says_what_will_stand_there(db, client):
    assert "Nothing has changed yet" in page(client)


@pytest.mark.parametrize("query", ["?kind=x", "?since=x", "?since=2026", "?after=x", "?page_size=x"])
def test_it_refuses_what_makes_no_sense(db, client, query):
    page(client, query, status=400)


def test_user_text_is_escaped(db, client):
    an_assessment(a_claim(title="<i>it</i>"))
    assert "<i>it" not in page(client)


def test_it_depends_on_the_lists_and_the_sources(db, client):
    assert client.get(PATH).names == {LISTS, SOURCES}


def test_it_takes_five_queries(loaded_db, client, django_assert_num_queries):
    with django_assert_num_queries(5):
        page(client)
