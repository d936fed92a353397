"""The page on which an admin sets the ready reasons, with buttons that work without a script."""

import pytest
from django.test import Client

from claims.models import User
from claims.queries.ready_reasons import ready_reasons
from tests.factories import a_person
from tests.web.test_queue import QUEUE, path_of, waits

pytestmark = pytest.mark.django_db
REASONS = f"{QUEUE}reasons/"
USE = "reject-bearing"


@pytest.fixture
def ada(client: Client) -> User:
    person = a_person("admin", name="Ada")
    client.force_login(person)
    return person


def send(client: Client, words: list[str], **more: object) -> object:
    return client.post(REASONS, {"use": USE, "words": words, "seen": ready_reasons()[USE], **more}, follow=True)


def test_every_list_is_shown(client: Client, ada: User) -> None:
    page = client.get(REASONS).text
    for sentences in ready_reasons().values():
        for words in sentences:
            assert f'value="{words}"' in page


def test_they_are_added_reworded_and_stored(client: Client, ada: User) -> None:
    answer = send(client, ["Another word.", "New.", ""])
    assert ready_reasons()[USE] == ["Another word.", "New."]
    assert "Stored: the reasons for rejecting a bearing." in answer.text


@pytest.mark.parametrize(
    ("do", "left"),
    [
        ("up-1", ["B.", "A.", "C."]),
        ("up-0", ["A.", "B.", "C."]),
        ("down-1", ["A.", "C.", "B."]),
        ("down-2", ["A.", "B.", "C."]),
        ("remove-0", ["B.", "C."]),
        ("remove-9", ["A.", "B.", "C."]),
        ("nonsense", ["A.", "B.", "C."]),
    ],
)
def test_each_button_stores_the_list_as_it_then_stands(client: Client, ada: User, do: str, left: list[str]) -> None:
    send(client, ["A.", "B.", "C.", ""], do=do)
    assert ready_reasons()[USE] == left


def test_what_is_wrong_is_said_and_what_was_typed_kept(client: Client, ada: User) -> None:
    answer = send(client, ["The same.", "the same."])
    assert answer.status_code == 422
    assert "The same sentence stands there twice." in answer.text
    assert 'value="the same."' in answer.text


def test_who_did_not_see_the_latest_is_told(client: Client, ada: User) -> None:
    answer = send(client, ["Mine."], seen=["What stood there once."])
    assert answer.status_code == 409
    assert "Somebody else changed these sentences" in answer.text
    assert 'value="Mine."' in answer.text


def test_moderators_choose_from_what_was_set(client: Client, ada: User) -> None:
    client.post(REASONS, {"use": "return", "words": ["Say which day."], "seen": ready_reasons()["return"]})
    assert '<option value="Say which day.">' in client.get(path_of(waits())).text


def test_a_sentence_that_was_changed_since_still_counts_as_it_was_read(client: Client, ada: User) -> None:
    item = waits()
    client.post(path_of(item, "return/"), {"ready": "A sentence of yesterday.", "version": item.version})
    item.refresh_from_db()
    assert item.returned_because == "A sentence of yesterday."


def test_it_is_for_admins(client: Client) -> None:
    client.force_login(a_person("moderator"))
    assert client.get(REASONS).status_code == 403
    assert REASONS not in client.get(QUEUE).text
