"""Adding and revising an article."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Stale, WrongState
from claims.actions.fields import Fields
from claims.actions.kept import JUDGEMENT, renew
from claims.actions.locks import lock_claims
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.addresses import AddressError, clean_address
from claims.dates import PartialDate
from claims.models import Article, ArticleAuthor, ArticleKind, Claim, User, Verb


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
    fields = Fields()
    fields.slug("slug", slug, longest=80)
    words = _checked(words, fields, today=today)
    article = Article(slug=slug, added_at=now)
    _fill(article, words)
    article.save(force_insert=True)
    _write_authors(article, words.authors)
    about = article.published_from or today
    payload = {"slug": slug, **asdict(words)}
    record(by=by, verb=Verb.ARTICLE_ADDED, subject=article, about_on=about, now=now, payload=payload)
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
    fields = Fields()
    last = Claim.objects.filter(article=found).aggregate(last=Max("paragraph"))["last"]
    if last is not None and words.paragraphs < last:
        fields.wrong("paragraphs", f"A claim points at paragraph {last}.")
    words = _checked(words, fields, today=today)
    was, found.version = found.published_from, found.version + 1
    _fill(found, words)
    found.save()
    found.authors.all().delete()
    _write_authors(found, words.authors)
    if found.published_from != was:
        claims = lock_claims(Claim.objects.filter(article=found).values_list("id", flat=True))
        renew(JUDGEMENT, claims, today=today)
    payload = {"version": found.version, **asdict(words)}
    record(by=by, verb=Verb.ARTICLE_REVISED, subject=found, about_on=today, now=now, payload=payload)
    return found


def _checked(words: ArticleWords, fields: Fields, *, today: date) -> ArticleWords:
    """The words cleaned. Raises Invalid, with what `fields` holds already."""
    if not 1 <= words.paragraphs <= 2000:
        fields.wrong("paragraphs", "Give a number of paragraphs from 1 to 2,000.")
    fields.not_ahead("published", words.published, today=today)
    checked = ArticleWords(
        title=fields.line("title", words.title, longest=200, needed="Give the article a title."),
        summary=fields.text("summary", words.summary, longest=2000, needed="Say in your words what it argues."),
        paragraphs=words.paragraphs,
        kind=fields.one_of("kind", words.kind, ArticleKind.values, "Choose what sort of article it is."),
        title_note=fields.line("title_note", words.title_note, longest=300),
        address=_address(words.address, fields),
        publisher=fields.line("publisher", words.publisher, longest=120),
        published=words.published,
        dates_note=fields.line("dates_note", words.dates_note, longest=300),
        language=fields.line("language", words.language, longest=12, needed="Give the language, such as en."),
        authors=[_author(author, fields) for author in words.authors],
    )
    fields.check()
    return checked


def _address(text: str, fields: Fields) -> str:
    if not text:
        return ""
    try:
        return clean_address(text)
    except AddressError as error:
        fields.wrong("address", str(error))
        return ""


def _author(author: Author, fields: Fields) -> Author:
    checked = Author(
        name=fields.line("authors", author.name, longest=120),
        role=fields.line("authors", author.role, longest=200),
        affiliation=fields.line("authors", author.affiliation, longest=200),
        note=fields.line("authors", author.note, longest=300),
    )
    if not checked.name and not checked.role:
        fields.wrong("authors", "An author needs a name or a post.")
    return checked


def _fill(article: Article, words: ArticleWords) -> None:
    article.title, article.title_note, article.summary = words.title, words.title_note, words.summary
    article.publisher, article.address, article.kind = words.publisher, words.address, words.kind
    article.dates_note, article.language, article.paragraphs = words.dates_note, words.language, words.paragraphs
    article.published_from = words.published.first if words.published else None
    article.published_to = words.published.last if words.published else None


def _write_authors(article: Article, authors: Sequence[Author]) -> None:
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(article=article, place=place, **vars(author)) for place, author in enumerate(authors, start=1)
    )
