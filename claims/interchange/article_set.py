"""An article with everything that belongs to it, as a folder of JSON files, read and checked as a whole."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from claims.dates import PartialDate
from claims.interchange.records import BrokenFile, Record, read_json, read_list

KINDS = ("prediction", "conditional", "judgement", "fact")
RELATIONS = ("is-a-necessary-part-of", "contributes-to", "is-conditional-on", "competes-with", "is-an-indicator-of")
STANCES = ("supports", "contradicts", "mixed", "context")
WEIGHTS = ("slight", "moderate", "strong", "decisive")
STATUSES = ("open", "borne-out", "partly-borne-out", "not-borne-out", "ambiguous", "annulled")
CONFIDENCES = ("low", "moderate", "high")
LONGEST_KEY = 80


@dataclass(frozen=True)
class SourceRecord:
    """A publisher."""

    place: str
    domain: str
    name: str
    kind: str
    reliability: str | None
    country: str


@dataclass(frozen=True)
class ArticleRecord:
    """The article; authors are (name, role, affiliation, note)."""

    place: str
    slug: str
    title: str
    title_note: str
    kind: str
    published: PartialDate | None
    dates_note: str
    authors: tuple[tuple[str, str, str, str], ...]
    summary: str
    language: str
    paragraphs: int


@dataclass(frozen=True)
class ClaimRecord:
    """A claim; signposts are (text, direction)."""

    place: str
    slug: str
    title: str
    statement: str
    kind: str
    paragraph: int
    opened_on: date
    author_confidence: str
    criteria: str
    fine_print: str
    fine_print_from: date | None
    horizon: date | None
    review_every_days: int
    topics: tuple[str, ...]
    signposts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EvidenceRecord:
    """An item; bearings are (claim, stance, weight)."""

    place: str
    id: str
    url: str
    source: str
    title: str
    published: PartialDate | None
    event: PartialDate | None
    type: str
    summary: str
    credibility: int
    story: str
    bearings: tuple[tuple[str, str, str], ...]

    @property
    def first_day(self) -> date | None:
        """The day that its date begins with, unless it has none."""
        dated = self.published or self.event
        return dated.first if dated else None


@dataclass(frozen=True)
class AssessmentRecord:
    """A judgement."""

    place: str
    claim: str
    as_of: date
    status: str
    probability: Decimal | None
    confidence: str
    rationale: str
    cites: tuple[str, ...]
    occurred_on: date | None


@dataclass(frozen=True)
class ArticleSet:
    """The whole folder."""

    article: ArticleRecord
    topics: tuple[tuple[str, str], ...]
    sources: tuple[SourceRecord, ...]
    claims: tuple[ClaimRecord, ...]
    relations: tuple[tuple[str, str, str, str], ...]
    evidence: tuple[EvidenceRecord, ...]
    assessments: tuple[AssessmentRecord, ...]


def key_of(article: str, item: str) -> str:
    """The key by which an item of an article's file is known again."""
    return f"{article}:{item}"


def read_article_set(folder: Path) -> ArticleSet:
    """Reads and checks a folder. Raises BrokenFile, naming the record and the field, for the first thing wrong."""
    topics = tuple(
        (row.slug("slug", longest=60), row.text("name")) for row in read_list(folder / "topics.json", name="slug")
    )
    topic_slugs = _once("topics.json", "slug", (slug for slug, _ in topics))
    sources = tuple(_source(row) for row in read_list(folder / "sources.json", name="domain"))
    claims = tuple(_claim(row, topic_slugs) for row in read_list(folder / "claims.json", name="slug"))
    slugs = _once("claims.json", "slug", (claim.slug for claim in claims))
    domains = _once("sources.json", "domain", (source.domain for source in sources))
    evidence = tuple(_evidence(row, slugs, domains) for row in read_list(folder / "evidence.json", name="id"))
    items = _once("evidence.json", "id", (item.id for item in evidence))
    assessments = tuple(_assessment(row, slugs, items) for row in read_list(folder / "assessments.json", name="claim"))
    _once("assessments.json", "claim with as_of", (f"{row.claim} {row.as_of}" for row in assessments))
    relations = tuple(_relation(row, slugs) for row in read_list(folder / "relations.json", name="from"))
    article = _article(Record("article.json", read_json(folder / "article.json")))
    for item in evidence:
        if len(key_of(article.slug, item.id)) > LONGEST_KEY:
            raise BrokenFile(f"{item.place}: id: with the article's slug it has more than {LONGEST_KEY} characters.")
    return ArticleSet(article, topics, sources, claims, relations, evidence, assessments)


def _once(file: str, field: str, keys: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise BrokenFile(f"{file}, {key}: {field}: it stands twice.")
        seen.add(key)
    return seen


def _known(row: Record, field: str, value: str, known: Collection[str], file: str) -> str:
    if value not in known:
        raise row.broken(field, f"“{value}” is not in {file}.")
    return value


def _article(row: Record) -> ArticleRecord:
    dates = row.record("published_on")
    first, last = dates.day("earliest"), dates.day("latest")
    if last < first:
        raise dates.broken("latest", "it comes before the earliest day.")
    authors = tuple(
        (
            author.text("name", default=""),
            author.text("role", default=""),
            author.text("affiliation", default=""),
            author.text("note", default=""),
        )
        for author in row.records("authors")
    )
    return ArticleRecord(
        place=row.place,
        slug=row.slug("slug", longest=80),
        title=row.text("title"),
        title_note=row.text("title_note", default=""),
        kind=row.text("kind"),
        published=PartialDate(first, last),
        dates_note=dates.text("note", default=""),
        authors=authors,
        summary=row.text("summary"),
        language=row.text("language"),
        paragraphs=row.number("paragraphs"),
    )


def _source(row: Record) -> SourceRecord:
    return SourceRecord(
        place=row.place,
        domain=row.text("domain"),
        name=row.text("name"),
        kind=row.text("kind").replace(" ", "-"),
        reliability=row.text("reliability", default="") or None,
        country=row.text("country", default="XX"),
    )


def _claim(row: Record, topics: Collection[str]) -> ClaimRecord:
    fine_print = row.text("fine_print", default="")
    return ClaimRecord(
        place=row.place,
        slug=row.slug("slug", longest=80),
        title=row.text("title"),
        statement=row.text("statement"),
        kind=row.word("kind", KINDS),
        paragraph=row.number("paragraph"),
        opened_on=row.day("opened_on"),
        author_confidence=row.text("author_confidence", default=""),
        criteria=row.text("resolution_criteria"),
        fine_print=fine_print,
        fine_print_from=row.day("fine_print_from") if fine_print else row.day_or_none("fine_print_from"),
        horizon=row.day_or_none("horizon"),
        review_every_days=row.number("review_every_days"),
        topics=tuple(_known(row, "topics", topic, topics, "topics.json") for topic in row.texts("topics")),
        signposts=tuple(
            (post.text("text"), post.word("direction", ("up", "down"))) for post in row.records("signposts")
        ),
    )


def _evidence(row: Record, claims: Collection[str], domains: Collection[str]) -> EvidenceRecord:
    bearings = tuple(
        (
            _known(bearing, "claim", bearing.text("claim"), claims, "claims.json"),
            bearing.word("stance", STANCES),
            bearing.word("weight", WEIGHTS),
        )
        for bearing in row.records("bearings")
    )
    return EvidenceRecord(
        place=row.place,
        id=row.key("id", longest=40),
        url=row.text("url"),
        source=_known(row, "source", row.text("source"), domains, "sources.json"),
        title=row.text("title"),
        published=row.partial_or_none("published_on"),
        event=row.partial_or_none("event_on"),
        type=row.text("type").replace(" ", "-"),
        summary=row.text("summary"),
        credibility=row.number("credibility"),
        story=row.text("story", default=""),
        bearings=bearings,
    )


def _assessment(row: Record, claims: Collection[str], items: Collection[str]) -> AssessmentRecord:
    claim = _known(row, "claim", row.text("claim"), claims, "claims.json")
    as_of = row.day("as_of")
    row.place = f"{row.place} as of {as_of}"
    return AssessmentRecord(
        place=row.place,
        claim=claim,
        as_of=as_of,
        status=row.word("status", STATUSES),
        probability=row.share("probability"),
        confidence=row.word("confidence", CONFIDENCES),
        rationale=row.text("rationale"),
        cites=tuple(_known(row, "cites", item, items, "evidence.json") for item in row.texts("cites")),
        occurred_on=row.day_or_none("occurred_on"),
    )


def _relation(row: Record, claims: Collection[str]) -> tuple[str, str, str, str]:
    first = _known(row, "from", row.text("from"), claims, "claims.json")
    second = _known(row, "to", row.text("to"), claims, "claims.json")
    return row.place, first, row.word("relation", RELATIONS), second
