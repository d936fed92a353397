"""The matrix of an article: what it is made of, what a filter leaves, and where analysts disagree."""

from datetime import date

import pytest
from django.db import connection

from claims.actions.bearings import set_bearing, withdraw_bearing
from claims.actions.decide import approve_bearing, withdraw
from claims.actions.sources import grade_source
from claims.models import Article, Bearing
from claims.queries.matrix import Asked, article_matrix, voices_on, waiting_of
from tests.factories import (
    DAY,
    NOW,
    a_claim,
    a_person,
    a_source,
    a_topic,
    an_article,
    an_assessment,
    an_item,
    bearings_on,
    many_claims,
    on,
)
from tests.many_bearings import many_bearings

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return an_article()


@pytest.fixture
def claim(article):
    return a_claim(article, title="Oil flows")


def matrix_of(article, **asked):
    return article_matrix(article.id, Asked(day=asked.pop("day", DAY), **asked))


def titles(found):
    return {item.title for item in found.items.values()}


def say(item, bearing, by):
    [wanted] = bearings_on(bearing)
    return set_bearing(by=by, evidence=item, bearing=wanted, today=DAY)


def analyst(name):
    return a_person("analyst", trusted=True, name=name)


def voices(found):
    return {frozenset((voice.name, voice.stance) for voice in said) for said in found.torn.values()}


def test_it_has_each_item_with_what_it_says_of_each_claim(article, claim):
    other = a_claim(article)
    an_item([(claim, "supports", "strong"), (other, "contradicts", "strong")])
    found = matrix_of(article)
    [row] = found.matrix.rows
    assert {found.claims[place].id: cell.stance for place, cell in row.lead.cells.items()} == {
        claim.id: "supports",
        other.id: "contradicts",
    }


def test_claims_of_other_articles_are_left_out(article, claim):
    an_item([claim, a_claim()])
    found = matrix_of(article)
    assert [tested.id for tested in found.every] == [claim.id]


def test_settled_claims_stand_in_it_only_when_asked_for(article, claim):
    settled = a_claim(article)
    an_assessment(settled, status="borne-out", occurred_on=DAY, cites=[an_item([settled])])
    assert [len(matrix_of(article, settled=settled).claims) for settled in (False, True)] == [1, 2]


def test_a_topic_leaves_its_claims(article, claim):
    topic = a_topic("Oil", slug="oil")
    of_it = a_claim(article, topics=[topic])
    an_item([claim, of_it])
    assert [tested.id for tested in matrix_of(article, topic="oil").claims] == [of_it.id]


@pytest.mark.parametrize(
    ("grade", "left"),
    [("", "ABCDEF-"), ("a", "A"), ("a-b", "AB"), ("a-c", "ABC"), ("a-d", "ABCD")],
)
def test_a_grade_leaves_items_of_such_sources(article, claim, grade, left):
    for reliability in ("A", "B", "C", "D", "E", "F", None):
        an_item([claim], source=a_source(reliability=reliability), title=f"Of {reliability or '-'}")
    found = matrix_of(article, grade=grade)
    assert (titles(found), found.left_out) == ({f"Of {letter}" for letter in left}, 7 - len(left))


def test_numbers_follow_from_what_a_grade_leaves(article, claim):
    an_item([(claim, "contradicts", "moderate")], source=a_source(reliability="B"))
    an_item([(claim, "contradicts", "moderate")], source=a_source(reliability="C"))
    sums = [matrix_of(article, grade=grade).matrix.columns[0].inconsistency for grade in ("", "a-b")]
    assert sums == [2, 1]


def test_the_head_of_a_story_is_another_when_a_grade_takes_it_out(article, claim):
    a_claim(article)
    an_item([(claim, "contradicts", "strong")], source=a_source(reliability="D"), story="alaska")
    an_item([(claim, "supports", "moderate")], source=a_source(reliability="A"), story="alaska")
    aparts = [matrix_of(article, grade=grade).matrix.rows[0].apart for grade in ("", "a")]
    assert aparts == [5, 2]


def test_hidden_items_are_in_no_matrix(article, claim):
    an_item([claim], by=a_person("analyst"))
    an_item([claim], draft=True)
    withdraw(by=a_person("moderator"), evidence=an_item([claim]), reason="It was made up.", today=DAY)
    assert matrix_of(article).matrix.rows == []


def test_waiting_and_withdrawn_bearings_are_in_no_matrix(article, claim):
    say(an_item(), claim, a_person("analyst"))
    editor = a_person("editor")
    withdraw_bearing(by=editor, bearing=say(an_item(), claim, editor), reason="Misread.", today=DAY)
    assert matrix_of(article).matrix.rows == []


def test_it_looks_back_to_what_was_known(article, claim):
    an_item([claim], title="Early", published="2026-03-01")
    an_item([claim], title="Late", published="2026-05-20")
    day = date(2026, 4, 1)
    assert titles(matrix_of(article, day=day, as_of=day)) == {"Early"}


def test_it_looks_back_to_the_claims_then_open(article):
    early = a_claim(article, opened_on=on(-90))
    a_claim(article, opened_on=on(-10))
    day = on(-50)
    assert [tested.id for tested in matrix_of(article, day=day, as_of=day).claims] == [early.id]


def test_analysts_disagree_where_what_they_last_said_differs_in_stance(article, claim):
    item = an_item([claim], by=analyst("Ada"))
    say(item, (claim, "contradicts"), analyst("Ben"))
    assert voices(matrix_of(article)) == {frozenset({("Ada", "supports"), ("Ben", "contradicts")})}


def test_who_came_round_disagrees_no_more(article, claim):
    ada, ben = analyst("Ada"), analyst("Ben")
    item = an_item([claim], by=ada)
    say(item, (claim, "contradicts"), ben)
    say(item, (claim, "contradicts"), ada)
    assert matrix_of(article).torn == {}


def test_another_weight_is_no_disagreement(article, claim):
    item = an_item([claim], by=analyst("Ada"))
    say(item, (claim, "supports", "decisive"), analyst("Ben"))
    assert matrix_of(article).torn == {}


def test_who_changes_their_own_mind_disagrees_with_nobody(article, claim):
    ada = analyst("Ada")
    say(an_item([claim], by=ada), (claim, "contradicts"), ada)
    assert matrix_of(article).torn == {}


def test_who_approves_a_bearing_says_nothing_of_it(article, claim):
    waiting = say(an_item(), claim, a_person("analyst", name="Noor"))
    approve_bearing(by=a_person("moderator"), bearing=waiting, today=DAY)
    say(waiting.evidence, (claim, "mixed"), analyst("Ben"))
    assert voices(matrix_of(article)) == {frozenset({("Noor", "supports"), ("Ben", "mixed")})}


def test_what_only_waited_is_told_to_nobody(article, claim):
    waiting = say(an_item(), claim, a_person("analyst", name="Noor"))
    say(waiting.evidence, (claim, "mixed"), analyst("Ben"))
    assert matrix_of(article).torn == {}


def test_who_took_a_bearing_back_disagrees_no_more(article, claim):
    ada, ben = analyst("Ada"), analyst("Ben")
    bearing = say(an_item(), claim, ada)
    withdraw_bearing(by=ada, bearing=bearing, reason="Misread.", today=DAY)
    say(bearing.evidence, (claim, "mixed"), ben)
    assert matrix_of(article).torn == {}


def test_the_voices_of_one_cell_are_those_of_the_matrix(article, claim):
    item = an_item([claim], by=analyst("Ada"))
    say(item, (claim, "contradicts"), analyst("Ben"))
    [torn] = matrix_of(article).torn.values()
    assert voices_on(item.id, claim.id, day=DAY) == list(torn)


def test_one_who_waits_sees_their_own_bearings(article, claim):
    noor, other = a_person("analyst"), a_person("analyst")
    item = an_item([a_claim(article)])
    say(item, (claim, "mixed", "strong"), noor)
    claims = matrix_of(article).claims
    [(crossing, waiting)] = waiting_of(noor.id, claims).items()
    assert (crossing[0], claims[crossing[1]].id, waiting) == (item.id, claim.id, ("mixed", "strong"))
    assert waiting_of(other.id, claims) == {}


def test_a_change_of_grade_is_seen_at_once(article, claim):
    source = a_source(reliability="B")
    an_item([claim], source=source)
    grade_source(by=a_person("editor"), source=source, reliability="C", reason="It slipped.", today=DAY, now=NOW)
    assert matrix_of(article, grade="a-b").items == {}


def test_no_claims_make_an_empty_matrix(article):
    found = matrix_of(article)
    assert (found.every, found.matrix.rows, found.matrix.columns) == ([], [], [])


def test_it_ends_where_the_planner_takes_the_tables_for_empty(article):
    """As it does for a while after they were filled at once: what it joins then it joins row by row."""
    many_bearings(many_claims(50, article=article, settled_every=0), 500)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_class SET relpages = 1, reltuples = 0 WHERE relname LIKE 'bearing%'")
        cursor.execute("SET LOCAL statement_timeout = '30s'")
    assert len(matrix_of(article).matrix.rows) == 500


@pytest.mark.parametrize(("claims", "items"), [(1, 1), (50, 500)])
def test_it_asks_four_times_however_much_there_is(article, claims, items, django_assert_num_queries):
    many_bearings(many_claims(claims, article=article, settled_every=0), items, torn_every=50, other=analyst("Ada"))
    with django_assert_num_queries(4):
        found = matrix_of(article)
    assert sum(len(report.cells) for row in found.matrix.rows for report in row.reports) == claims * items


def test_the_shipped_evidence_is_all_there(loaded_db):
    found = article_matrix(Article.objects.get().id, Asked(day=date(2026, 11, 24), settled=True))
    assert len(found.items) == Bearing.objects.filter(live=True).values("evidence").distinct().count()
