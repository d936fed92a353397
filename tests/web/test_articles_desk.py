"""Adding and revising an article at the desk."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.html import escape

from claims.actions.articles import ArticleWords, Author, revise_article
from claims.models import Article, Event
from tests.factories import DAY, a_person, an_article, the_house

NEW = "/desk/articles/new/"
REVISE = "/desk/articles/the-article/revise/"


pytestmark = pytest.mark.usefixtures("fixed_day")


@pytest.fixture
def editor(db, client: Client) -> Client:
    client.force_login(a_person("editor"))
    return client


@pytest.fixture
def article(db) -> Article:
    return an_article(slug="the-article", title="The article")


def form(*authors: dict[str, str], **changes: object) -> dict[str, object]:
    rows = authors or ({"name": "Ann Author"}, {})
    typed: dict[str, object] = {
        "title": "The reset of 2025",
        "address": "https://paper.example/reset",
        "publisher": "The Paper",
        "kind": "opinion",
        "published": "2025-03-31/2025-04-06",
        "summary": "What it argues.",
        "language": "en",
        "paragraphs": "11",
        "form-TOTAL_FORMS": str(len(rows)),
        "form-INITIAL_FORMS": "0",
    }
    for place, row in enumerate(rows):
        typed |= {f"form-{place}-{name}": value for name, value in row.items()}
    return {**typed, **changes}


def refused(client: Client, path: str, data: dict[str, object], status: int = 422) -> str:
    events = Event.objects.count()
    response = client.post(path, data)
    assert response.status_code == status
    assert Event.objects.count() == events
    return response.content.decode()


@pytest.mark.parametrize("path", [NEW, REVISE])
@pytest.mark.parametrize("roles", [[], ["analyst"], ["moderator"]])
def test_it_is_for_editors(article, client, path, roles):
    client.force_login(a_person(*roles))
    assert client.get(path).status_code == 403
    assert client.post(path, form()).status_code == 403


def test_it_adds_an_article_and_shows_it(editor):
    response = editor.post(NEW, form())
    assert (response.status_code, response["Location"]) == (302, "/articles/the-reset-of-2025/")
    made = Article.objects.get()
    assert (made.published_from, made.published_to) == (date(2025, 3, 31), date(2025, 4, 6))
    assert [author.name for author in made.authors.all()] == ["Ann Author"]


def test_it_takes_an_article_without_date_address_and_author(editor):
    editor.post(NEW, form({}, {}, published="", address="", publisher=""))
    made = Article.objects.get()
    assert (made.published, made.address, made.authors.count()) == (None, "", 0)


def test_it_keeps_the_order_of_the_byline_and_leaves_out_empty_rows(editor):
    editor.post(NEW, form({"name": "Second"}, {}, {"role": "A former minister", "note": "named by post"}))
    authors = Article.objects.get().authors.order_by("place")
    assert [(author.name, author.role) for author in authors] == [("Second", ""), ("", "A former minister")]


def test_adding_a_row_stores_nothing_and_keeps_all_that_was_typed(editor):
    html = refused(editor, NEW, {**form({"name": "Ann Author"}, {"role": "Editor"}), "more": "1"}, 200)
    assert 'name="form-TOTAL_FORMS" value="3"' in html
    assert 'value="Ann Author"' in html
    assert 'value="Editor"' in html
    assert 'name="form-2-name"' in html
    assert "to put right" not in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Give the article a title."),
        ({"title": "x" * 201}, "This has 201 characters and may have 200"),
        ({"title": "—!?"}, "No address can be made of these words"),
        ({"title": "A\0title"}, "control character (U+0000)"),
        ({"summary": ""}, "Say in your words what it argues."),
        ({"summary": "x" * 1_000_000}, "This has 1,000,000 characters and may have 2,000"),
        ({"kind": ""}, "Choose what sort of article it is."),
        ({"kind": "poem"}, "Choose what sort of article it is."),
        ({"published": "2025-13"}, "There is no month 13."),
        ({"published": "2025-04-06/2025-03-31"}, "Write the earlier day first."),
        ({"published": "2027"}, "1 Jan 2027 has not come yet."),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "https://paper.example/" + "x" * 1_000_000}, "2,000"),
        ({"paragraphs": ""}, "Give a number of paragraphs from 1 to 2,000."),
        ({"paragraphs": "0"}, "Give a number of paragraphs from 1 to 2,000."),
        ({"paragraphs": "2001"}, "Give a number of paragraphs from 1 to 2,000."),
        ({"paragraphs": "many"}, "Give a whole number in digits"),
        ({"language": ""}, "Give the language, such as en."),
        ({"form-0-name": "", "form-0-note": "alone"}, "An author needs a name or a post."),
        ({"form-0-name": "x" * 121}, "This has 121 characters and may have 120"),
        ({"form-TOTAL_FORMS": "31"}, "Name 30 authors at most."),
        ({"form-TOTAL_FORMS": "999999999"}, "Name 30 authors at most."),
        ({"form-TOTAL_FORMS": "x"}, "The form came in pieces: send it again."),
    ],
)
def test_it_says_what_is_wrong(editor, changes, words):
    assert escape(words) in refused(editor, NEW, form(**changes))


@pytest.mark.parametrize("count", ["x", "-1", "9" * 30, ""])
def test_a_made_up_count_of_rows_is_no_failure(editor, count):
    refused(editor, NEW, {**form(), "form-TOTAL_FORMS": count, "more": "1"}, 200)


def test_it_says_that_the_title_is_taken(editor):
    an_article(slug="the-reset-of-2025")
    assert "There is an article with this short name already." in refused(editor, NEW, form())


def test_it_refuses_half_of_a_character(editor):
    body = urlencode({**form(), "summary": "\udc00"}, errors="surrogatepass")
    response = editor.post(NEW, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert not Article.objects.exists()


def test_it_says_that_there_is_no_such_article(editor):
    assert editor.get("/desk/articles/no-such-article/revise/").status_code == 404


def test_it_begins_with_the_record_as_it_stands(editor, article):
    html = editor.get(REVISE).content.decode()
    assert 'value="2025-03-31/2025-04-06"' in html
    assert 'value="An Author"' in html
    assert f'name="version" value="{article.version}"' in html


def test_it_revises_the_record_under_its_address(editor, article):
    response = editor.post(REVISE, form({"name": "Ben Other"}, version=article.version))
    assert (response.status_code, response["Location"]) == (302, "/articles/the-article/")
    article.refresh_from_db()
    assert article.title == "The reset of 2025"
    assert [author.name for author in article.authors.all()] == ["Ben Other"]


@pytest.mark.parametrize("version", ["0", "", "abc"])
def test_it_takes_any_other_version_for_a_stale_one(editor, article, version):
    assert "was changed by somebody else" in refused(editor, REVISE, form(version=version), 409)


def test_a_stale_form_keeps_what_was_typed_beside_what_stands_now(editor, article):
    words = ArticleWords(
        title="The article", summary="A colleague's words.", paragraphs=11, authors=[Author(name="Cleo")]
    )
    data = form({"name": "Ben Other"}, version=article.version)
    revise_article(by=the_house(), article=article, seen_version=article.version, words=words, today=DAY)
    html = refused(editor, REVISE, data, 409)
    beside = html.split('class="beside"')[1].split("</section>")[0]
    assert "A colleague&#x27;s words." in beside
    assert "Cleo" in beside
    assert 'value="Ben Other"' in html
    assert 'name="version" value="2"' in html


def test_a_stale_form_lays_no_endless_text_over_another(editor, article):
    html = refused(editor, REVISE, form(version="0", address="x " * 250_000), 409)
    assert "You typed" in html


def test_it_asks_the_database_as_often_with_many_authors(editor, db, django_assert_max_num_queries):
    an_article(slug="many", authors=[Author(name=f"Author {place}") for place in range(25)])
    with django_assert_max_num_queries(6):
        assert editor.get("/desk/articles/many/revise/").status_code == 200
