"""Adding and revising an article."""

import pytest

from claims.actions.articles import ArticleWords, Author, add_article, revise_article
from claims.actions.errors import Invalid, NotAllowed, Stale
from claims.dates import PartialDate
from claims.models import Article, Event
from tests.factories import DAY, a_claim, a_person, an_article, on

pytestmark = pytest.mark.django_db

WORDS = {"title": "The reset", "summary": "What it argues.", "paragraphs": 11}


def add(slug="the-reset", by=None, **words):
    said = ArticleWords(**{**WORDS, **words})
    return add_article(by=by or a_person("editor"), slug=slug, words=said, today=DAY)


def revise(article, seen_version=1, **words):
    said = ArticleWords(**{**WORDS, **words})
    return revise_article(by=a_person("editor"), article=article, seen_version=seen_version, words=said, today=DAY)


def errors_of(act, *args, **words):
    with pytest.raises(Invalid) as refused:
        act(*args, **words)
    return list(refused.value.errors)


def test_it_is_stored_with_its_authors_in_order():
    article = add(authors=[Author(name="First"), Author(role="the ambassador")])
    assert list(article.authors.order_by("place").values_list("name", "role")) == [
        ("First", ""),
        ("", "the ambassador"),
    ]


def test_a_range_of_dates_is_kept():
    article = Article.objects.get(id=add(published=PartialDate.parse("2025-03-31/2025-04-06")).id)
    assert str(article.published) == "2025-03-31/2025-04-06"


def test_an_article_without_a_date_is_taken():
    assert add().published is None


def test_its_address_is_cleaned():
    assert add(address="HTTPS://Paper.Example/a#b").address == "https://paper.example/a#b"


def test_the_event_tells_what_is_stored():
    add(title="  The   reset ")
    assert Event.objects.get(verb="article-added").body.payload["title"] == "The reset"


@pytest.mark.parametrize("slug", ["", "The Reset", "a" * 81, "a--b", "-a", "ü", "\ud800", "a/b"])
def test_it_refuses_a_short_name_that_cannot_be_in_an_address(slug):
    assert errors_of(add, slug) == ["slug"]


def test_a_short_name_is_given_once():
    add()
    assert errors_of(add) == ["title"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "a" * 201}),
        ("summary", {"summary": "nul \x00"}),
        ("paragraphs", {"paragraphs": 0}),
        ("paragraphs", {"paragraphs": 2_001}),
        ("kind", {"kind": "poem"}),
        ("language", {"language": ""}),
        ("address", {"address": "javascript:alert(1)"}),
        ("published", {"published": PartialDate(on(2), on(2))}),
        ("authors", {"authors": [Author(name="\u200b", affiliation="A paper")]}),
        ("authors", {"authors": [Author(name="a" * 121)]}),
    ],
)
def test_it_names_the_field_that_is_wrong(field, words):
    assert errors_of(add, **words) == [field]


def test_a_revision_replaces_words_and_authors():
    article = revise(an_article(), title="Another", authors=[Author(name="Someone")])
    assert (article.title, [author.name for author in article.authors.all()]) == ("Another", ["Someone"])


def test_a_revision_counts():
    assert revise(an_article()).version == 2


def test_a_stale_revision_is_refused():
    article = an_article()
    revise(article)
    with pytest.raises(Stale):
        revise(article)


def test_paragraphs_that_claims_point_at_do_not_vanish():
    article = an_article()
    a_claim(article, paragraph=9)
    assert errors_of(revise, article, paragraphs=8) == ["paragraphs"]


def test_a_revision_leaves_an_event_with_the_whole_of_it():
    revise(an_article(), summary="Put otherwise.")
    assert Event.objects.get(verb="article-revised").body.payload["summary"] == "Put otherwise."


def test_an_analyst_does_not_add_articles():
    with pytest.raises(NotAllowed):
        add(by=a_person("analyst", trusted=True))
