"""Loading an article set through the same acts that people use; a second run changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from claims.actions.articles import ArticleWords, Author, add_article
from claims.actions.attach import NewBearing
from claims.actions.claim_words import ClaimWords
from claims.actions.errors import ActionError, Invalid
from claims.actions.evidence_words import EvidenceWords
from claims.actions.judge import Judgement, assess, resolve
from claims.actions.log_evidence import log_evidence
from claims.actions.open_claim import open_claim
from claims.actions.people import ensure_house_person
from claims.actions.relations import relate_claims
from claims.actions.revise_claim import revise_claim
from claims.actions.sources import add_source
from claims.actions.topics import add_topic
from claims.interchange.article_set import (
    ArticleSet,
    AssessmentRecord,
    ClaimRecord,
    EvidenceRecord,
    key_of,
    read_article_set,
)
from claims.interchange.records import BrokenFile
from claims.models import Article, Assessment, Claim, EventBody, Evidence, SourceDomain, Topic, User, Verb

T = TypeVar("T")
# What the acts call otherwise than the files.
_FIELDS = {
    "address": "url",
    "published": "published_on",
    "event": "event_on",
    "criteria": "resolution_criteria",
    "in_force_from": "fine_print_from",
}

Progress = Callable[[str, int, int], None]  # what is loaded, how many are done, how many there are


def load_article(folder: Path, *, today: date, progress: Progress) -> dict[str, int]:
    """Loads a folder in one transaction and gives how many records of each kind were new.

    Records are recognised by slug, item id and claim with day. Raises BrokenFile, naming the record and the field,
    and then nothing of the folder is loaded.
    """
    content = read_article_set(folder)
    with transaction.atomic():
        return _Loader(content, by=ensure_house_person(), today=today, progress=progress).run()


class _Loader:
    def __init__(self, content: ArticleSet, *, by: User, today: date, progress: Progress) -> None:
        self.content, self.by, self.today, self.progress = content, by, today, progress
        self.new: dict[str, int] = {}

    def run(self) -> dict[str, int]:
        content = self.content
        self.sources = {row.domain: row.source for row in SourceDomain.objects.select_related("source")}
        for source in self._each("sources", content.sources):
            if source.domain not in self.sources:
                with self._said(source.place), self._counted("sources"):
                    self.sources[source.domain] = add_source(
                        by=self.by,
                        domains=[source.domain],
                        name=source.name,
                        kind=source.kind,
                        country=source.country,
                        reliability=source.reliability,
                        today=self.today,
                    )
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        for slug, name in self._each("topics", content.topics):
            if slug not in self.topics:
                with self._said(f"topics.json, {slug}"), self._counted("topics"):
                    self.topics[slug] = add_topic(by=self.by, name=name, slug=slug, today=self.today)
        self.article = self._article()
        self.claims = {
            claim.slug: claim for claim in Claim.objects.filter(slug__in=[row.slug for row in content.claims])
        }
        for claim in self._each("claims", content.claims):
            standing = self.claims.get(claim.slug)
            if standing is None:
                with self._said(claim.place), self._counted("claims"):
                    self.claims[claim.slug] = self._claim(claim)
            elif standing.article_id != self.article.id:
                raise BrokenFile(f"{claim.place}: slug: a claim of another article has it.")
        self._relations()
        self._all_evidence()
        self._assessments()
        return self.new

    def _article(self) -> Article:
        row = self.content.article
        standing = Article.objects.filter(slug=row.slug).first()
        if standing is not None:
            return standing
        words = ArticleWords(
            title=row.title,
            summary=row.summary,
            paragraphs=row.paragraphs,
            kind=row.kind,
            title_note=row.title_note,
            published=row.published,
            dates_note=row.dates_note,
            language=row.language,
            authors=[Author(*author) for author in row.authors],
        )
        with self._said(row.place), self._counted("articles"):
            return add_article(by=self.by, slug=row.slug, words=words, today=self.today)

    def _claim(self, row: ClaimRecord) -> Claim:
        opening = ClaimWords(
            title=row.title,
            statement=row.statement,
            criteria=row.criteria,
            horizon=row.horizon,
            author_confidence=row.author_confidence,
            review_every_days=row.review_every_days,
        )
        claim = open_claim(
            by=self.by,
            article=self.article,
            paragraph=row.paragraph,
            kind=row.kind,
            words=opening,
            topics=[self.topics[topic] for topic in row.topics],
            opened_on=row.opened_on,
            slug=row.slug,
            today=self.today,
        )
        if row.fine_print and row.fine_print_from:
            # The signposts name events of 2026, so they come with the fine print and not with the opening.
            clearer = ClaimWords(**{**vars(opening), "fine_print": row.fine_print, "signposts": row.signposts})
            claim = revise_claim(
                by=self.by,
                claim=claim,
                seen_version=None,
                type="clarification",
                words=clearer,
                reason="Settles the ambiguous case.",
                in_force_from=row.fine_print_from,
                today=max(self.today, row.fine_print_from),
            ).claim
        return claim

    def _relations(self) -> None:
        # By the events, so that what an editor took back is not set again.
        firsts = [self.claims[first].id for _, first, _, _ in self.content.relations]
        said = EventBody.objects.filter(event__verb=Verb.CLAIMS_RELATED, event__subject_id__in=firsts)
        once_set = {(told["from"], told["relation"], told["to"]) for told in said.values_list("payload", flat=True)}
        for place, first, relation, second in self._each("relations", self.content.relations):
            if (first, relation, second) not in once_set:
                with self._said(place), self._counted("relations"):
                    relate_claims(
                        by=self.by,
                        claim=self.claims[first],
                        relation=relation,
                        to=self.claims[second],
                        today=self.today,
                    )

    def _all_evidence(self) -> None:
        self.items = {
            item.import_key: item for item in Evidence.objects.filter(import_key__startswith=f"{self.article.slug}:")
        }
        # Numbers within a claim are given in the order of logging, so that is the order of the items' dates.
        rows = sorted(self.content.evidence, key=lambda row: (row.first_day or self.today, row.id))
        for row in self._each("evidence", rows):
            if self._key(row.id) not in self.items:
                with self._said(row.place), self._counted("evidence"):
                    self._item(row)

    def _item(self, row: EvidenceRecord) -> None:
        words = EvidenceWords(
            address=row.url,
            title=row.title,
            summary=row.summary,
            source=self.sources[row.source],
            type=row.type,
            credibility=row.credibility,
            published=row.published,
            event=row.event,
            story=row.story,
        )
        bearings = [NewBearing(self.claims[claim].id, stance, weight) for claim, stance, weight in row.bearings]
        logged = log_evidence(
            by=self.by, words=words, bearings=bearings, import_key=self._key(row.id), today=self.today
        )
        if logged.stood_before:
            raise Invalid({"url": f"the address is that of “{logged.evidence.title}”, which stands already."})
        self.items[self._key(row.id)] = logged.evidence

    def _assessments(self) -> None:
        standing = set(Assessment.objects.filter(claim__in=self.claims.values()).values_list("claim__slug", "as_of"))
        rows = sorted(self.content.assessments, key=lambda row: (row.as_of, row.claim))
        for row in self._each("assessments", rows):
            if (row.claim, row.as_of) not in standing:
                with self._said(row.place), self._counted("assessments"):
                    self._judge(row)

    def _judge(self, row: AssessmentRecord) -> None:
        judgement = Judgement(
            as_of=row.as_of,
            status=row.status,
            probability=row.probability,
            confidence=row.confidence,
            rationale=row.rationale,
            occurred_on=row.occurred_on,
            cites=[self.items[self._key(item)].id for item in row.cites],
        )
        verb = assess if row.status == "open" else resolve
        verb(by=self.by, claim=self.claims[row.claim], judgement=judgement, today=self.today)

    def _key(self, item: str) -> str:
        return key_of(self.article.slug, item)

    def _each(self, what: str, rows: Sequence[T]) -> Iterator[T]:
        for done, row in enumerate(rows):
            self.progress(what, done, len(rows))
            yield row
        self.progress(what, len(rows), len(rows))

    @contextmanager
    def _said(self, place: str) -> Iterator[None]:
        try:
            yield
        except Invalid as error:
            errors = error.errors.items()
            words = "; ".join(f"{_FIELDS.get(field, field)}: {' '.join(sentences)}" for field, sentences in errors)
            raise BrokenFile(f"{place}: {words}") from error
        except ActionError as error:
            raise BrokenFile(f"{place}: {error}") from error

    @contextmanager
    def _counted(self, what: str) -> Iterator[None]:
        yield
        self.new[what] = self.new.get(what, 0) + 1
