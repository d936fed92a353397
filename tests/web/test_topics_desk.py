"""Adding a topic at the desk."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from claims.models import Topic
from tests.factories import a_person, a_topic

NEW = "/desk/topics/new/"


pytestmark = pytest.mark.usefixtures("fixed_day")


@pytest.fixture
def editor(db, client: Client) -> Client:
    client.force_login(a_person("editor"))
    return client


@pytest.mark.parametrize("roles", [[], ["analyst"], ["moderator"]])
def test_it_is_for_editors(db, client, roles):
    client.force_login(a_person(*roles))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, {"name": "Peace"}).status_code == 403


def test_it_adds_a_topic_and_shows_it(editor):
    response = editor.post(NEW, {"name": "War  and peace"})
    assert (response.status_code, response["Location"]) == (302, "/topics/war-and-peace/")
    assert Topic.objects.get().name == "War and peace"


def test_it_shows_the_topics_that_there_are(editor):
    a_topic("Treaties", slug="treaties")
    assert 'href="/topics/treaties/"' in editor.get(NEW).content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Give the topic a name."),
        (" \u200b ", "Give the topic a name."),
        ("x" * 61, "This has 61 characters and may have 60"),
        ("x" * 1_000_000, "This has 1,000,000 characters and may have 60"),
        ("A\0topic", "control character (U+0000)"),
        ("—!?", "No address can be made of these words"),
        ("Treaties", "There is a topic with this name already."),
        ("treaties", "There is a topic with this name already."),
    ],
)
def test_it_says_what_is_wrong(editor, name, words):
    a_topic("Treaties", slug="treaties")
    response = editor.post(NEW, {"name": name})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Topic.objects.count() == 1


def test_it_refuses_half_of_a_character(editor):
    body = urlencode({"name": "\udc00"}, errors="surrogatepass")
    response = editor.post(NEW, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert not Topic.objects.exists()
