"""What an item says, and how it is checked: shared by logging and revising."""

from dataclasses import dataclass
from datetime import date

from claims.actions.fields import Fields
from claims.addresses import AddressError, clean_address, normalise_address
from claims.dates import PartialDate
from claims.models import Credibility, Evidence, EvidenceType, Source
from claims.text import TextError, slugify_title


@dataclass(frozen=True)
class EvidenceWords:
    """What an item says; a draft may lack its source, title, summary and grade."""

    address: str
    title: str = ""
    summary: str = ""
    source: Source | None = None
    type: str = EvidenceType.NEWSPAPER
    credibility: int | None = None
    published: PartialDate | None = None
    event: PartialDate | None = None
    author: str = ""
    quotation: str = ""
    story: str = ""
    looked_for: str = ""

    def said(self) -> dict[str, object]:
        """The words as an event tells them."""
        return {
            "address": self.address,
            "title": self.title,
            "summary": self.summary,
            "type": str(self.type),
            "source": self.source.slug if self.source else None,
            "credibility": self.credibility,
            "published": str(self.published) if self.published else None,
            "event": str(self.event) if self.event else None,
            "author": self.author,
            "quotation": self.quotation,
            "story": self.story,
            **({"looked_for": self.looked_for} if self.looked_for else {}),
        }


def words_of(evidence: Evidence) -> EvidenceWords:
    """What a stored item says."""
    return EvidenceWords(
        address=evidence.address,
        title=evidence.title,
        summary=evidence.summary,
        source=evidence.source,
        type=evidence.type,
        credibility=evidence.credibility,
        published=evidence.published,
        event=evidence.event,
        author=evidence.author,
        quotation=evidence.quotation,
        story=evidence.story,
        looked_for=evidence.looked_for,
    )


def fill(evidence: Evidence, words: EvidenceWords, fields: Fields, *, draft: bool, today: date) -> None:
    """Puts the cleaned words into the item; what is wrong goes to `fields`."""

    def needed(sentence: str) -> str:
        return "" if draft else sentence

    try:
        evidence.address = clean_address(words.address)
        evidence.address_norm = normalise_address(words.address)
    except AddressError as error:
        fields.wrong("address", str(error))
    evidence.title = fields.line("title", words.title, longest=200, needed=needed("Give the item a title."))
    evidence.summary = fields.text(
        "summary", words.summary, longest=2000, needed=needed("Say in your words what it says.")
    )
    evidence.author = fields.line("author", words.author, longest=200)
    evidence.quotation = fields.line("quotation", words.quotation, longest=500)
    evidence.type = fields.one_of("type", words.type, EvidenceType.values, "Choose what sort of page it is.")
    if words.credibility is not None:
        fields.one_of(
            "credibility", words.credibility, Credibility.values, "A grade for information is a digit from 1 to 6."
        )
    elif not draft:
        fields.wrong("credibility", "Say how far the information is to be trusted.")
    if words.source is None and not draft:
        fields.wrong("source", "Say which source it comes from.")
    fields.not_ahead("published", words.published, today=today)
    evidence.credibility, evidence.source = words.credibility, words.source
    evidence.published_from = words.published.first if words.published else None
    evidence.published_to = words.published.last if words.published else None
    evidence.event_from = words.event.first if words.event else None
    evidence.event_to = words.event.last if words.event else None
    evidence.story = _story(words.story, fields)
    _fill_search(evidence, words, fields, draft=draft, today=today)


def _fill_search(evidence: Evidence, words: EvidenceWords, fields: Fields, *, draft: bool, today: date) -> None:
    """What was looked for, and when, where nothing was found; other items have no such words."""
    evidence.looked_for = fields.line("looked_for", words.looked_for, longest=300)
    if evidence.type != EvidenceType.NOT_FOUND:
        if evidence.looked_for:
            fields.wrong("looked_for", "Only what was looked for and not found has these words: choose that type.")
        return
    if words.published is not None:
        fields.wrong("published", "What was not found was not published: give the day of looking as the event.")
    if draft:
        return
    if not evidence.looked_for:
        fields.wrong("looked_for", "Give the words that were looked for.")
    if words.event is None:
        fields.wrong("event", "Say on which day, or from which to which, it was looked for.")
    fields.not_ahead("event", words.event, today=today)


def _story(text: str, fields: Fields) -> str:
    if not text:
        return ""
    try:
        return slugify_title(text)
    except TextError as error:
        fields.wrong("story", str(error))
        return ""
