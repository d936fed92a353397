"""The matrix of an article as a page and as a file."""

import csv
import io
import re

import pytest

from claims.actions.bearings import set_bearing
from claims.interchange.csv_text import guarded
from tests.factories import (
    DAY,
    a_claim,
    a_person,
    a_source,
    a_topic,
    an_article,
    an_assessment,
    an_item,
    bearings_on,
    many_claims,
)
from tests.many_bearings import many_bearings
from tests.web.desk import signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


@pytest.fixture
def article():
    return an_article(slug="reset")


@pytest.fixture
def claim(article):
    return a_claim(article, title="Oil flows", slug="oil-flows")


def page_of(client, query="", status=200):
    answer = client.get(f"/articles/reset/matrix/{query}")
    assert answer.status_code == status
    return text_of(answer)


def rows_of(page):
    """The titles of the rows, in their order."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)


def columns_of(page):
    return re.findall(r'<th scope="col" class="claim"><a [^>]*><span dir="auto">([^<]*)</span>', page)


def say(item, bearing, by):
    [wanted] = bearings_on(bearing)
    return set_bearing(by=by, evidence=item, bearing=wanted, today=DAY)


def disputed(claim, **words):
    item = an_item([claim], by=a_person("analyst", trusted=True, name="Ada"), **words)
    say(item, (claim, "contradicts"), a_person("analyst", trusted=True, name="Ben"))
    return item


def test_a_cell_says_stance_and_weight_in_words(client, article, claim):
    an_item([(claim, "contradicts", "strong")])
    page = page_of(client)
    assert '<span class="cell stance--contradicts cell--strong" data-on="Oil flows"><span>contradicts, strong' in page


def test_what_tells_the_claims_apart_stands_first(client, article, claim):
    other = a_claim(article)
    an_item([claim, other], title="Says the same")
    an_item([claim, (other, "contradicts")], title="Parts them")
    page = page_of(client)
    assert rows_of(page) == ["Parts them", "Says the same"]
    assert '<td class="n">×4</td>' in page


def test_the_claim_with_most_against_it_stands_last(client, article, claim):
    other = a_claim(article, title="Gas flows")
    an_item([(claim, "contradicts"), other])
    assert columns_of(page_of(client)) == ["Gas flows", "Oil flows"]


def test_it_says_the_formulas(client, article, claim):
    an_item([claim])
    page = page_of(client)
    assert "its greatest effect on the odds of a claim, divided by its least" in page
    assert "The sum of log<sub>2</sub> <i>r</i> over the stories that contradict a claim" in page


def test_reports_of_one_event_stand_in_one_row(client, article, claim):
    for title in ("First", "Second"):
        an_item([claim], title=title, story="alaska")
    page = page_of(client)
    assert rows_of(page) == ["First"]
    assert "1 more report" in page


def test_each_report_can_have_a_row(client, article, claim):
    for title in ("First", "Second"):
        an_item([claim], title=title, story="alaska")
    assert rows_of(page_of(client, "?reports=each")) == ["First", "Second"]


def test_settled_claims_are_shown_on_demand(client, article, claim):
    settled = a_claim(article, title="Gas flows")
    an_assessment(settled, status="borne-out", occurred_on=DAY, cites=[an_item([settled, claim])])
    assert columns_of(page_of(client)) == ["Oil flows"]
    page = page_of(client, "?claims=all")
    assert set(columns_of(page)) == {"Oil flows", "Gas flows"}
    assert '<span class="visually-hidden">borne out</span>' in page


def test_a_grade_leaves_the_others_out_and_says_how_many(client, article, claim):
    an_item([claim], title="Good", source=a_source(reliability="B"))
    an_item([claim], title="Poor", source=a_source(reliability="C"))
    page = page_of(client, "?grade=a-b")
    assert rows_of(page) == ["Good"]
    assert "1 item in 1 story; 1 item left out by the grade of the source" in page


def test_a_topic_leaves_its_claims(client, article, claim):
    an_item([claim, a_claim(article, title="Gas flows", topics=[a_topic("Gas", slug="gas")])])
    assert columns_of(page_of(client, "?topic=gas")) == ["Gas flows"]


def test_disagreement_is_marked_and_says_who_says_what(client, article, claim):
    disputed(claim)
    page = page_of(client)
    assert "contradicts, moderate, analysts disagree" in page
    assert '<td class="torn" data-voices="disagree-1">' in page
    assert re.search(r'<dt dir="auto">Ben</dt><dd>contradicts, moderate.*<dt dir="auto">Ada</dt><dd>supports', page)


def test_rows_without_disagreement_can_be_left_out(client, article, claim):
    disputed(claim, title="Torn")
    an_item([(claim, "contradicts")], title="Plain")
    page = page_of(client, "?only=disputed")
    assert rows_of(page) == ["Torn"]
    assert "1 item in 1 story of 2, whose numbers count the others too" in page
    assert '<i><span class="visually-hidden">, inconsistency </span>2.0</i>' in page


def test_it_looks_back(client, article, claim):
    an_item([claim], title="Early", published="2026-04-01")
    an_item([claim], title="Late", published="2026-05-20")
    page = page_of(client, "?as_of=2026-05-01")
    assert rows_of(page) == ["Early"]
    assert 'href="/articles/reset/?as_of=2026-05-01"' in page


def test_hidden_items_are_not_shown(client, article, claim):
    an_item([claim], title="Hidden", by=a_person("analyst"))
    assert "Hidden" not in page_of(client)


@pytest.mark.parametrize(
    ("query", "title"),
    [("", "No evidence yet"), ("?as_of=2020-01-01", "No claims yet"), ("?only=disputed", "No evidence yet")],
)
def test_an_empty_matrix_says_why(client, article, claim, query, title):
    assert f"<b>{title}</b>" in page_of(client, query)


def test_an_article_without_claims_says_so(client, article):
    assert "<b>No claims yet</b>" in page_of(client)


def test_it_says_when_every_claim_is_settled(client, article):
    settled = a_claim(article)
    an_assessment(settled, status="borne-out", occurred_on=DAY, cites=[an_item([settled])])
    page = page_of(client)
    assert "<b>No open claim</b>" in page
    assert 'href="/articles/reset/matrix/?claims=all"' in page


def test_it_says_when_no_item_has_the_grade(client, article, claim):
    an_item([claim], source=a_source(reliability="D"))
    page = page_of(client, "?grade=a")
    assert "<b>No item with these grades</b>" in page
    assert "1 item on these claims: the source has another grade, or none yet." in page


def test_it_says_when_nobody_disagrees(client, article, claim):
    an_item([claim])
    assert "<b>No disagreement</b>" in page_of(client, "?only=disputed")


def test_it_says_when_a_single_claim_cannot_be_told_apart(client, article, claim):
    an_item([claim])
    assert "With a single claim there is nothing to tell apart" in page_of(client)


@pytest.mark.parametrize(
    "query",
    [
        "?grade=z",
        "?topic=none",
        "?topic=%00",
        "?only=x",
        "?reports=x",
        "?claims=x",
        "?format=pdf",
        "?after=x",
        "?as_of=2030-01-01",
        "?page_size=0",
    ],
)
def test_it_refuses_what_it_does_not_know(client, article, claim, query):
    page_of(client, query, status=400)


def test_there_is_no_matrix_of_no_article(client):
    assert client.get("/articles/none/matrix/").status_code == 404


def test_every_story_stands_on_one_of_its_pages(client, article):
    many_bearings(many_claims(3, article=article, settled_every=0), 25)
    seen, query = [], "?page_size=10"
    while query:
        page = page_of(client, query)
        seen += rows_of(page)
        following = re.search(r'href="/articles/reset/matrix/(\?[^"]*after=[^"]*)" rel="next"', page)
        query = following[1] if following else ""
    assert len(seen) == len(set(seen)) == 25


def test_a_page_of_a_matrix_has_the_numbers_of_the_whole(client, article):
    many_bearings(many_claims(3, article=article, settled_every=0), 25)
    first = page_of(client, "?page_size=10")
    following = re.search(r'href="/articles/reset/matrix/(\?[^"]*after=[^"]*)" rel="next"', first)
    assert columns_of(page_of(client, following[1])) == columns_of(first)


def test_strangers_are_offered_no_form_and_no_link_to_one(client, article, claim):
    an_item([claim])
    page = page_of(client)
    assert "/desk/" not in page
    assert "csrfmiddlewaretoken" not in page


def test_it_depends_on_the_article_the_lists_and_the_grades_of_sources(client, article, claim):
    an_item([claim])
    assert client.get("/articles/reset/matrix/").names == {f"article:{article.id}", "lists", "sources"}


def test_who_may_set_bearings_is_led_to_each(client, article, claim):
    other = a_claim(article, title="Gas flows", slug="gas-flows")
    item = an_item([claim])
    page = page_of(signed_in(client, a_person("analyst", trusted=True)))
    for place in (claim, other):
        assert f'href="/desk/evidence/{item.id}/bearings/{place.slug}/"' in page


def test_a_link_to_what_is_not_said_yet_holds_no_more_than_it_needs(client, article, claim):
    a_claim(article, title="Gas flows", slug="gas-flows")
    an_item([claim])
    page = page_of(signed_in(client, a_person("analyst", trusted=True)))
    assert ('data-on="Oil flows"' in page, 'data-on="Gas flows"' in page) == (True, False)


def test_a_new_analyst_is_not_led_to_what_they_may_not_change(client, article, claim):
    a_claim(article, slug="gas-flows")
    item = an_item([claim])
    page = page_of(signed_in(client, a_person("analyst")))
    assert f"/desk/evidence/{item.id}/bearings/gas-flows/" in page
    assert f"/desk/evidence/{item.id}/bearings/oil-flows/" not in page


def test_a_new_analyst_sees_what_of_theirs_waits_and_nobody_else_does(client, article, claim):
    noor, other = a_person("analyst"), a_claim(article)
    say(an_item([claim]), (other, "mixed"), noor)
    assert "mixed" not in page_of(client).split("<tbody>")[1]
    assert "yours, mixed, moderate, waits for approval" in page_of(signed_in(client, noor))


def test_readers_are_led_to_no_form(client, article, claim):
    an_item([claim])
    assert "/desk/evidence/" not in page_of(signed_in(client, a_person()))


def test_a_look_back_changes_nothing(client, article, claim):
    an_item([claim], published="2026-04-01")
    page = page_of(signed_in(client, a_person("editor")), "?as_of=2026-05-01")
    assert "/desk/evidence/" not in page


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", 'a " onfocus="x'])
def test_titles_are_text(client, article, title):
    claim = a_claim(article, title=title)
    an_item([claim], title=title)
    assert title not in client.get("/articles/reset/matrix/").content.decode()


@pytest.mark.parametrize(("roles", "most"), [(None, 5), (("editor",), 9), (("analyst",), 9)])
@pytest.mark.parametrize(("claims", "items"), [(2, 3), (50, 500)])
def test_it_asks_as_often_however_much_there_is(client, article, roles, most, claims, items, django_assert_num_queries):
    many_bearings(many_claims(claims, article=article, settled_every=0), items, every=5, torn_every=20)
    if roles:
        signed_in(client, a_person(*roles))
    with django_assert_num_queries(most):
        client.get("/articles/reset/matrix/")


def file_of(client, query=""):
    answer = client.get(f"/articles/reset/matrix/?format=csv{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return answer


def lines_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_has_every_report_in_a_row_and_every_claim_in_a_column(client, article, claim):
    an_item([(claim, "contradicts", "strong")], title="First", story="alaska")
    an_item([claim], title="Second", story="alaska")
    lines = lines_of(file_of(client))
    said = [(line["title"], line["oil-flows"]) for line in lines if line["row"] == "item"]
    assert said == [("First", "contradicts strong"), ("Second", "supports moderate")]


def test_the_file_sums_up_each_claim(client, article, claim):
    an_item([(claim, "contradicts", "moderate")])
    sums = {line["row"]: line["oil-flows"] for line in lines_of(file_of(client)) if line["row"] != "item"}
    assert sums == {"claim": "Oil flows", "inconsistency": "1.00", "stories for": "0", "stories against": "1"}


def test_the_file_has_the_whole_and_not_a_page(client, article):
    many_bearings(many_claims(2, article=article, settled_every=0), 25)
    assert sum(line["row"] == "item" for line in lines_of(file_of(client, "&page_size=10"))) == 25


def test_the_file_says_where_analysts_disagree(client, article, claim):
    disputed(claim)
    assert "contradicts moderate disputed" in {line["oil-flows"] for line in lines_of(file_of(client))}


def test_the_file_begins_with_the_mark_that_excel_needs_to_read_it(client, article, claim):
    an_item([claim], title="Łódź")
    assert file_of(client).content.startswith(b"\xef\xbb\xbf")


def test_the_file_is_named_after_the_article_and_the_day(client, article, claim):
    named = file_of(client)["Content-Disposition"]
    assert named == 'attachment; filename="matrix-reset-2026-06-01.csv"'


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1"])
def test_no_cell_of_the_file_is_a_formula(client, article, claim, title):
    an_item([claim], title=title)
    [line] = [line for line in lines_of(file_of(client)) if line["row"] == "item"]
    assert line["title"] == f"'{title}"


@pytest.mark.parametrize(("value", "text"), [("\t=1", "'\t=1"), (None, ""), (5, "5"), ("a-b", "a-b")])
def test_only_what_a_spreadsheet_would_run_is_guarded(value, text):
    assert guarded(value) == text


def test_the_article_leads_to_its_matrix(client, article, claim):
    assert 'href="/articles/reset/matrix/"' in text_of(client.get("/articles/reset/"))
