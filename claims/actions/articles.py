"""Adding and revising an article."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Stale, WrongState
from claims.actions.fields import Fields
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.addresses import AddressError, clean_address
from claims.dates import PartialDate
from claims.models import Article, ArticleAuthor, ArticleKind, User, Verb


@dataclass(frozen=True)
class Author:
    """One author in the byline; a post where no name is known."""

    name: str = ""
    role: str = ""
    affiliation: str = ""
    note: str = ""


@dataclass(frozen=True)
class ArticleWords:
    """What an article record says."""

    title: str
    summary: str
    paragraphs: int
    kind: str = ArticleKind.OPINION
    title_note: str = ""
    address: str = ""
    publisher: str = ""
    published: PartialDate | None = None
    dates_note: str = ""
    language: str = "en"
    authors: Sequence[Author] = ()


@act
def add_article(*, by: User, slug: str, words: ArticleWords, today: date, now: datetime | None = None) -> Article:
    """Adds an article. Raises NotAllowed, Invalid."""
    require(by, Right.ADD_ARTICLE)
    now = now or timezone.now()
    article = Article(slug=slug, added_at=now)
    _fill(article, words, today=today)
    article.save(force_insert=True)
    _write_authors(article, words.authors)
    about = article.published_from or today
    record(
        by=by,
        verb=Verb.ARTICLE_ADDED,
        subject=article,
        about_on=about,
        now=now,
        payload={"slug": slug, **asdict(words)},
    )
    return article


@act
def revise_article(
    *, by: User, article: Article, seen_version: int, words: ArticleWords, today: date, now: datetime | None = None
) -> Article:
    """Changes what an article record says; the event keeps the whole of it. Raises NotAllowed, Stale, Invalid."""
    require(by, Right.ADD_ARTICLE)
    now = now or timezone.now()
    found = Article.objects.select_for_update(no_key=True).filter(id=article.id).first()
    if found is None:
        raise WrongState("There is no such article.")
    if found.version != seen_version:
        raise Stale("The article", found.version)
    _fill(found, words, today=today)
    found.version += 1
    found.save()
    found.authors.all().delete()
    _write_authors(found, words.authors)
    record(
        by=by,
        verb=Verb.ARTICLE_REVISED,
        subject=found,
        about_on=today,
        now=now,
        payload={"version": found.version, **asdict(words)},
    )
    return found


def _fill(article: Article, words: ArticleWords, *, today: date) -> None:
    fields = Fields()
    article.title = fields.line("title", words.title, longest=200, needed="Give the article a title.")
    article.title_note = fields.line("title_note", words.title_note, longest=300)
    article.summary = fields.text("summary", words.summary, longest=2000, needed="Say in your words what it argues.")
    article.publisher = fields.line("publisher", words.publisher, longest=120)
    article.dates_note = fields.line("dates_note", words.dates_note, longest=300)
    article.language = fields.line("language", words.language, longest=12, needed="Give the language, such as en.")
    article.kind = fields.one_of("kind", words.kind, ArticleKind.values, "Choose what sort of article it is.")
    article.address = ""
    if words.address:
        try:
            article.address = clean_address(words.address)
        except AddressError as error:
            fields.wrong("address", str(error))
    if not 1 <= words.paragraphs <= 2000:
        fields.wrong("paragraphs", "Give a number of paragraphs from 1 to 2,000.")
    fields.not_ahead("published", words.published, today=today)
    for author in words.authors:
        if not author.name.strip() and not author.role.strip():
            fields.wrong("authors", "An author needs a name or a post.")
    fields.check()
    article.paragraphs = words.paragraphs
    article.published_from = words.published.first if words.published else None
    article.published_to = words.published.last if words.published else None


def _write_authors(article: Article, authors: Sequence[Author]) -> None:
    fields = Fields()
    rows = [
        ArticleAuthor(
            article=article,
            place=place,
            name=fields.line("authors", author.name, longest=120),
            role=fields.line("authors", author.role, longest=200),
            affiliation=fields.line("authors", author.affiliation, longest=200),
            note=fields.line("authors", author.note, longest=300),
        )
        for place, author in enumerate(authors, start=1)
    ]
    fields.check()
    ArticleAuthor.objects.bulk_create(rows)
