"""What the wording of a claim says, how it is checked and stored as a revision: for opening and for revising."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from claims.actions.fields import Fields
from claims.models import Claim, ClaimRevision, RevisionType, User

LONGEST_TITLE, LONGEST_STATEMENT, MOST_SIGNPOSTS = 60, 300, 4


@dataclass(frozen=True)
class ClaimWords:
    """One wording of a claim; signposts are (text, "up" or "down")."""

    title: str
    statement: str
    criteria: str
    fine_print: str = ""
    horizon: date | None = None
    author_confidence: str = ""
    signposts: Sequence[tuple[str, str]] = ()
    review_every_days: int = 60


def checked(words: ClaimWords, *, opened_on: date) -> ClaimWords:
    """The words, cleaned. Raises Invalid with all that is wrong with them."""
    fields = Fields()
    signposts = [(fields.line("signposts", text, longest=200), direction) for text, direction in words.signposts]
    signposts = [(text, direction) for text, direction in signposts if text]
    if len(signposts) > MOST_SIGNPOSTS:
        fields.wrong("signposts", f"Name {MOST_SIGNPOSTS} things to watch at most.")
    if any(direction not in {"up", "down"} for _, direction in signposts):
        fields.wrong("signposts", "Say of each thing to watch which way it would move the number.")
    if not 1 <= words.review_every_days <= 3660:
        fields.wrong("review_every_days", "Give a number of days from 1 to 3,660.")
    if words.horizon is not None and words.horizon < opened_on:
        fields.wrong("horizon", "The claim falls due before it was opened.")
    clean = ClaimWords(
        title=fields.line("title", words.title, longest=LONGEST_TITLE, needed="Give the claim a short title."),
        statement=fields.line("statement", words.statement, longest=LONGEST_STATEMENT, needed="Write what is claimed."),
        criteria=fields.text("criteria", words.criteria, longest=2000, needed="Say what would settle it."),
        fine_print=fields.text("fine_print", words.fine_print, longest=600),
        horizon=words.horizon,
        author_confidence=fields.line("author_confidence", words.author_confidence, longest=300),
        signposts=signposts,
        review_every_days=words.review_every_days,
    )
    fields.check()
    return clean


def words_of(revision: ClaimRevision) -> ClaimWords:
    """The words that a revision stored."""
    return ClaimWords(
        title=revision.title,
        statement=revision.statement,
        criteria=revision.criteria,
        fine_print=revision.fine_print,
        horizon=revision.horizon,
        author_confidence=revision.author_confidence,
        signposts=[(post["text"], post["direction"]) for post in revision.signposts],
        review_every_days=revision.review_every_days,
    )


def write_revision(
    claim: Claim,
    number: int,
    type: RevisionType,
    words: ClaimWords,
    *,
    in_force_from: date,
    by: User,
    now: datetime,
    event_id: UUID,
    reason: str = "",
) -> None:
    """Stores the words as the revision of this number; `event_id` is that of the event that tells of it."""
    ClaimRevision(
        claim=claim,
        number=number,
        type=type,
        in_force_from=in_force_from,
        by=by,
        recorded_at=now,
        event_id=event_id,
        reason=reason,
        title=words.title,
        statement=words.statement,
        criteria=words.criteria,
        fine_print=words.fine_print,
        horizon=words.horizon,
        author_confidence=words.author_confidence,
        review_every_days=words.review_every_days,
        signposts=[{"text": text, "direction": direction} for text, direction in words.signposts],
    ).save(force_insert=True)
