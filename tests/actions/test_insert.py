"""Storing new rows with one statement a table, several tables in one go."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.actions.insert import in_one_go, insert
from claims.actions.permissions import Right, may
from claims.models import Topic
from tests.factories import a_claim, a_person, a_source, an_item, on

pytestmark = pytest.mark.django_db


def test_rows_are_stored_as_they_are():
    topics = [Topic(name="Trade", slug="trade"), Topic(name="Ünïcode “%s”", slug="unicode")]
    insert(*topics)
    assert set(Topic.objects.values_list("id", "name")) == {(topic.id, topic.name) for topic in topics}


def test_a_stored_row_can_be_changed_and_saved():
    topic = Topic(name="Trade", slug="trade")
    insert(topic)
    topic.name = "Tariffs"
    topic.save()
    assert Topic.objects.get().name == "Tariffs"


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert()


def test_what_the_database_generates_is_loaded_when_asked_for():
    item = an_item()
    assert (item.known_by, item.live) == (on(-30), True)


def test_a_refusal_is_djangos_error():
    insert(Topic(name="Trade", slug="trade"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Topic(name="Else", slug="trade"))


def test_in_one_go_the_first_refusal_is_raised():
    insert(Topic(name="Trade", slug="trade"))
    with pytest.raises(IntegrityError, match="topic_slug_key"), transaction.atomic(), in_one_go():
        [insert(Topic(name=slug, slug=slug)) for slug in ("trade", "third")]


def test_in_one_go_a_refusal_leaves_the_transaction_around_it_usable():
    insert(Topic(name="Trade", slug="trade"))
    with pytest.raises(IntegrityError), transaction.atomic(), in_one_go():
        insert(Topic(name="Else", slug="trade"))
    assert Topic.objects.count() == 1


def test_in_one_go_an_answer_can_be_asked_for():
    with in_one_go():
        insert(Topic(name="Trade", slug="trade"))
        assert Topic.objects.get().name == "Trade"


def test_an_item_with_nine_bearings_takes_as_many_statements_as_one_with_three():
    claims, source, editor = [a_claim() for _ in range(9)], a_source(), a_person("editor")
    may(editor, Right.LOG_EVIDENCE)  # which asks once a person
    sent = []
    for bearings in (claims[:3], claims):
        with CaptureQueriesContext(connection) as captured:
            an_item(bearings, by=editor, source=source)
        sent.append(len(captured))
    assert sent[0] == sent[1]
