"""The page of a claim, now and looked back to."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import escape

from claims.actions.claim_locks import lock_claim_for_all
from claims.actions.decide import withdraw
from claims.actions.judge import reopen
from claims.models import Claim, Evidence
from claims.names import name_of
from tests.factories import DAY, a_claim, a_judgement, a_person, an_assessment, an_item, many_items, on

TRUMP = "/claims/trump-turns-on-the-reset/"
TARIFFS = "/claims/secondary-tariffs-on-buyers-of-russian-oil/"


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.web.asked.today", lambda: date(2026, 11, 24))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def numbers(html: str) -> list[int]:
    """The numbers of the items on a page, in their order."""
    return [int(number) for number in re.findall(r'id="item-(\d+)"', html)]


def queries(django_assert_max_num_queries, client: Client, address: str) -> int:
    with django_assert_max_num_queries(10) as counted:
        page(client, address)
    return len(counted)


def test_it_answers_first_with_word_number_and_sentence(loaded_db, client):
    html = page(client, TRUMP)
    assert re.search(r'verdict__word">\s*Very unlikely', html)
    assert 'verdict__num">6<small>%' in html
    assert "6\u00a0% chance that this turns out true by 31\u00a0Dec\u00a02028" in html or "6\u00a0% chance" in html


def test_it_says_why_and_cites_items_that_stand_on_the_page(loaded_db, client):
    html = page(client, TRUMP)
    cited = re.findall(r'class="cite" href="#item-(\d+)"', html)
    assert {"34", "35"} <= set(cited)
    assert {int(number) for number in cited} <= set(numbers(html))


def test_it_says_that_its_review_is_overdue(loaded_db, client):
    assert "Not reviewed for 45 days" in page(client, TRUMP)


def test_it_counts_stories_and_not_reports(loaded_db, client):
    html = page(client, TRUMP)
    assert "35 items, 27 independent stories: 8 support it, 18 contradict it, 1 is context" in html
    assert len(re.findall('<li class="evidence"', html)) == 27


def test_a_settled_claim_says_when_it_happened_and_has_no_scale(loaded_db, client):
    html = page(client, TARIFFS)
    assert "It happened on 27 Aug 2025, 16 months before it would have fallen due." in html
    assert 'class="rail' not in html


def test_a_settled_claim_lists_what_came_since(loaded_db, client):
    since = page(client, TARIFFS).split("Since then")[1].split("</section>")[0]
    assert "Extra tariff on India lifted" in since


def test_a_verdict_older_than_the_fine_print_says_so(loaded_db, client):
    assert "was made without it" in page(client, TARIFFS)


def test_it_filters_by_the_stance_of_stories(loaded_db, client):
    html = page(client, f"{TRUMP}?stance=supports")
    assert len(re.findall('<li class="evidence"', html)) == 8


def test_paging_shows_each_item_once(loaded_db, client):
    seen: list[int] = []
    address = f"{TRUMP}?page_size=5"
    while address:
        html = page(client, address)
        seen += numbers(html)
        older = re.search(r'href="([^"]*after=[^"]*)" rel="next"', html)
        address = older[1].replace("&amp;", "&").replace("#evidence", "") + "&page_size=5" if older else ""
    assert sorted(seen) == list(range(1, 36))


def test_a_citation_of_an_item_on_another_page_leads_to_the_item(loaded_db, client):
    html = page(client, f"{TRUMP}?page_size=1")
    assert re.search(r'class="cite" href="/evidence/[0-9a-f-]{36}/"', html)


class TestLookingBack:
    def test_it_shows_the_number_of_that_day(self, loaded_db, client):
        assert 'verdict__num">20<small>%' in page(client, f"{TRUMP}?as_of=2025-09-24")

    def test_it_shows_only_what_was_known(self, loaded_db, client):
        html = page(client, f"{TRUMP}?as_of=2025-09-24")
        ids = re.findall(r"/evidence/([0-9a-f-]{36})/", html)
        known = Evidence.objects.filter(id__in=ids).values_list("known_by", flat=True)
        assert ids
        assert max(known) <= date(2025, 9, 24)

    def test_it_shows_the_wording_of_that_day(self, loaded_db, client):
        html = page(client, f"{TRUMP}?as_of=2025-09-24")
        assert "Fine print." not in html
        assert "What to watch" not in html

    def test_it_keeps_to_the_day_in_its_links(self, loaded_db, client):
        html = page(client, f"{TRUMP}?as_of=2025-09-24")
        assert re.search(r'/articles/us-russia-reset-2025/\?as_of=2025-09-24"', html)
        assert "stance=supports&amp;as_of=2025-09-24" in html

    def test_before_it_was_opened_it_says_so(self, loaded_db, client):
        assert "Not yet opened on 1 Jan 2025" in page(client, f"{TRUMP}?as_of=2025-01-01")

    def test_a_day_that_settled_it_later_finds_it_open(self, loaded_db, client):
        assert 'verdict__num">96<small>%' in page(client, f"{TARIFFS}?as_of=2025-08-20")

    def test_an_item_taken_off_is_hidden_at_every_date(self, loaded_db, client):
        item = Evidence.objects.get(title="Trump says Ukraine can win all its land back")
        withdraw(by=a_person("moderator"), evidence=item, reason="Not what the page says.", today=date(2026, 11, 24))
        html = page(client, f"{TRUMP}?as_of=2025-09-24")
        assert str(item.id) not in html
        assert "<del>10</del>" in html

    def test_tomorrow_is_taken_since_it_is_today_somewhere(self, loaded_db, client):
        page(client, f"{TRUMP}?as_of=2026-11-25")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("as_of=2026-11-26", "has not come yet"),
        ("as_of=yesterday", "is not a date"),
        ("as_of=2025-13-01", "There is no month 13"),
        ("as_of=2025-02-30", "there is no day 30"),
        ("as_of=%00", "as_of"),
        ("after=made-up", "after"),
        ("after=WzFd", "after"),
        ("stance=sideways", "stance"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=ten", "page_size"),
    ],
)
def test_it_refuses_nonsense_in_words(loaded_db, client, query, words):
    response = client.get(f"{TRUMP}?{query}")
    assert response.status_code == 400
    assert words in response.content.decode()


def test_an_unknown_claim_is_not_found(db, client):
    assert client.get("/claims/no-such-claim/").status_code == 404


def test_it_refuses_to_be_posted_to(loaded_db, client):
    assert client.post(TRUMP).status_code == 405


def test_without_evidence_and_judgement_it_says_so(db, client):
    html = page(client, f"/claims/{a_claim().slug}/")
    assert "Not assessed yet" in html
    assert "No evidence yet" in html
    assert '<svg class="chart' not in html


def test_a_locked_claim_says_why(db, client):
    claim = a_claim()
    lock_claim_for_all(by=a_person("moderator"), claim=claim, reason="Under attack.", today=DAY)
    assert "Locked by a moderator: Under attack." in page(client, f"/claims/{claim.slug}/")


def test_it_says_where_a_corrected_date_makes_a_citation_hindsight(db, client):
    claim = a_claim()
    item = an_item([claim])
    an_assessment(claim, cites=[item])
    Evidence.objects.filter(id=item.id).update(published_from=on(3), published_to=on(3))
    assert "was not known when this was judged" in page(client, f"/claims/{claim.slug}/")


def test_it_escapes_what_people_wrote(db, client):
    claim = a_claim(statement="<script>alert(1)</script> & co")
    html = page(client, f"/claims/{claim.slug}/")
    assert "<script>alert" not in html
    assert escape("<script>alert(1)</script> & co") in html


def test_a_reader_is_offered_no_act(loaded_db, client):
    assert "/desk/" not in page(client, TRUMP)


def test_an_editor_is_offered_to_assess(loaded_db, client):
    client.force_login(a_person("editor"))
    html = page(client, TRUMP)
    assert "/desk/claims/trump-turns-on-the-reset/assess/" in html
    assert "/reopen/" not in html


def test_it_says_what_it_depends_on(loaded_db, client):
    claim = Claim.objects.get(slug="trump-turns-on-the-reset")
    assert {name_of("claim", claim.id), name_of("article", claim.article_id)} <= client.get(TRUMP).names


@pytest.mark.parametrize("query", ["", "?stance=supports", f"?as_of={on(-5)}"])
def test_it_asks_as_often_for_a_thousand_items_as_for_ten(db, client, query, django_assert_max_num_queries):
    few, many = a_claim(), a_claim()
    many_items(few, 10)
    many_items(many, 1000, story_of=3)
    for claim in (few, many):
        for days in range(3):
            an_assessment(claim, as_of=on(-days), probability=Decimal("0.3"), today=DAY + timedelta(days=1))
    counts = {
        claim.slug: queries(django_assert_max_num_queries, client, f"/claims/{claim.slug}/{query}")
        for claim in (few, many)
    }
    assert abs(counts[few.slug] - counts[many.slug]) <= 1, "a claim with more than a page asks once more for its marks"
    assert max(counts.values()) <= 10


def test_a_reopened_claim_says_that_it_was_settled_before(db, client):
    claim = a_claim(slug="again")
    editor = a_person("editor")
    an_assessment(claim, by=editor, as_of=on(-20), probability=Decimal("0.4"))
    an_assessment(claim, by=editor, as_of=on(-9), status="borne-out", occurred_on=on(-10))
    reopen(by=editor, claim=claim, judgement=a_judgement(as_of=DAY, probability=Decimal("0.45")), today=DAY)
    html = page(client, "/claims/again/")
    assert "Judged borne out on 23 May 2026 and opened again on 1 Jun 2026." in html
    assert "up from 40\u00a0% on 12 May 2026" in html


def test_nothing_is_new_until_another_report_comes_even_of_an_old_story(db, client):
    claim = a_claim(slug="reports")
    an_item([(claim, "supports", "strong")], story="one", published="2026-10-01", today=date(2026, 11, 24))
    an_item([(claim, "supports", "slight")], story="one", published="2026-11-14", today=date(2026, 11, 24))
    assert "Nothing new for 10 days." in page(client, "/claims/reports/")


def test_an_item_of_which_only_the_year_is_known_stands_under_its_year(db, client):
    claim = a_claim(slug="year")
    an_item([claim], published="2025")
    html = page(client, "/claims/year/")
    assert '<h3 class="month">2025, month not known</h3>' in html
    assert "December 2025" not in html


def steps(html: str) -> list[str]:
    """The steps that a page gives to its slider."""
    return re.findall(r'data-steps="([^"]*)"', html)[0].split(";")


class TestSteppingThroughItsDates:
    def test_each_day_on_which_something_changed_is_a_step_with_its_standing(self, loaded_db, client):
        found = steps(page(client, TRUMP))
        assert found[0] == "2025-03-31"
        assert "2025-04-01=6\u00a0%" in found
        assert "2026-10-10=6\u00a0%" in found
        assert found[-1] == "2026-11-24"

    def test_a_look_back_has_the_same_steps(self, loaded_db, client):
        assert steps(page(client, f"{TRUMP}?as_of=2025-09-24")) == steps(page(client, TRUMP))

    def test_a_settled_claim_says_what_it_was_judged(self, loaded_db, client):
        assert "2025-08-28=borne out" in steps(page(client, TARIFFS))

    def test_the_nearest_changes_are_a_link_away_without_a_script(self, loaded_db, client):
        html = page(client, f"{TRUMP}?as_of=2025-09-30")
        assert f'href="{TRUMP}?as_of=2025-09-24#over-time" rel="nofollow">Earlier change, 24 Sep 2025' in html
        assert f'href="{TRUMP}?as_of=2025-10-23#over-time" rel="nofollow">Later change, 23 Oct 2025' in html

    def test_the_last_step_is_the_page_of_today(self, loaded_db, client):
        html = page(client, f"{TRUMP}?as_of=2026-10-10")
        assert f'href="{TRUMP}#over-time" rel="nofollow">Later change, 24 Nov 2026' in html
        assert "Later change" not in page(client, TRUMP)

    def test_a_day_between_the_opening_and_today_can_be_chosen(self, loaded_db, client):
        field = re.findall(r'<input class="input input--auto" id="asof"[^>]*>', page(client, TRUMP))[0]
        assert 'min="2025-03-31"' in field
        assert 'max="2026-11-24"' in field
        assert 'value="2026-11-24"' in field

    def test_it_makes_the_page_little_longer(self, loaded_db, client):
        form = re.findall(r'<form class="look-back.*?</form>', page(client, TRUMP), re.DOTALL)[0]
        assert len(form.encode()) < 2000

    def test_of_very_many_dates_it_keeps_four_hundred(self, db, client):
        claim = a_claim(slug="many", opened_on=on(-900))
        many_items(claim, 1000, first_known=on(-899), per_day=1, today=on(101))
        an_assessment(claim, as_of=on(-333), probability=Decimal("0.3"))
        found = steps(page(client, "/claims/many/"))
        assert len(found) == 400
        assert f"{on(-333)}=30\u00a0%" in found
        assert found[0] == str(on(-900))
        assert found[-1] == "2026-11-24"

    def test_a_claim_opened_today_has_nothing_to_look_back_to(self, db, client):
        claim = a_claim(opened_on=date(2026, 11, 24), today=date(2026, 11, 24))
        assert "data-steps" not in page(client, f"/claims/{claim.slug}/")


def test_the_things_to_watch_are_those_of_the_wording_in_force_on_the_day(loaded_db, client):
    assert "What to watch" in page(client, f"{TRUMP}?as_of=2026-11-24")
    assert "What to watch" not in page(client, f"{TRUMP}?as_of=2026-11-23")


@pytest.mark.parametrize(
    "address", [f"{TRUMP}?as_of=2025-09-24", f"{TRUMP}?as_of=2020-01-01", "/claims/?as_of=2025-09-24"]
)
def test_a_look_back_is_not_for_search_engines(loaded_db, client, address):
    html = page(client, address)
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


def test_the_page_of_today_names_its_own_address_whatever_is_chosen_of_it(loaded_db, client):
    html = page(client, f"{TRUMP}?stance=supports")
    assert f'<link rel="canonical" href="{TRUMP}">' in html
    assert "noindex" not in html
