"""Who may what: one table of rights and standings, and the only place that asks it."""

from collections.abc import Iterable
from enum import StrEnum

from claims.actions.errors import NotAllowed
from claims.models import Role, User, UserRole


class Standing(StrEnum):
    """What a visitor is, as far as rights go; a person with several roles has several standings."""

    ANONYMOUS = "anonymous"
    READER = "reader"
    NEW_ANALYST = "new analyst"
    TRUSTED_ANALYST = "trusted analyst"
    EDITOR = "editor"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Right(StrEnum):
    """What a standing allows; the words complete 'you may not ...'."""

    FLAG = "flag"
    LOG_EVIDENCE = "log evidence"
    PUBLISH_EVIDENCE = "publish evidence without approval"
    REVISE_EVIDENCE = "revise published evidence"
    SET_BEARING = "set bearings"
    ADD_SOURCE = "add sources"
    GRADE_SOURCE = "grade sources"
    ADD_ARTICLE = "add articles"
    ADD_TOPIC = "add topics"
    OPEN_CLAIM = "open claims"
    REVISE_CLAIM = "revise claims"
    RELATE_CLAIMS = "relate claims"
    ASSESS = "assess claims"
    RESOLVE = "resolve claims"
    REOPEN = "reopen claims"
    DECIDE = "decide on what waits in the queue"
    WITHDRAW = "withdraw evidence"
    LOCK = "lock claims"
    REVERT = "restore earlier versions"
    DECIDE_FLAG = "decide flags"
    SET_TRUST = "set trust"
    SET_ROLES = "give roles"
    REDACT = "redact"
    SUGGEST = "suggest addresses"
    WORK_LEADS = "work leads"
    WATCH_FEEDS = "watch feeds"
    CHOOSE_TERMS = "choose the words that claims are matched by"
    OWN_CLAIM = "look after claims"
    MERGE = "merge duplicates"
    SUSPEND = "suspend people"
    SET_READY_REASONS = "set ready reasons"
    LOOK_UP = "look things up in the admin"


_ANALYSTS = (Standing.NEW_ANALYST, Standing.TRUSTED_ANALYST)
_EVERYBODY = tuple(Standing)
_EDITORS = (Standing.EDITOR, Standing.ADMIN)
_MODERATORS = (Standing.MODERATOR, Standing.ADMIN)
_LOGGERS = (*_ANALYSTS, Standing.EDITOR, Standing.MODERATOR, Standing.ADMIN)
_PUBLISHERS = (Standing.TRUSTED_ANALYST, Standing.EDITOR, Standing.MODERATOR, Standing.ADMIN)

TABLE: dict[Right, frozenset[Standing]] = {
    Right.FLAG: frozenset(_EVERYBODY),
    Right.LOG_EVIDENCE: frozenset(_LOGGERS),
    Right.SET_BEARING: frozenset(_LOGGERS),
    Right.ADD_SOURCE: frozenset(_LOGGERS),
    Right.PUBLISH_EVIDENCE: frozenset(_PUBLISHERS),
    Right.REVISE_EVIDENCE: frozenset(_PUBLISHERS),
    Right.GRADE_SOURCE: frozenset(_EDITORS),
    Right.ADD_ARTICLE: frozenset(_EDITORS),
    Right.ADD_TOPIC: frozenset(_EDITORS),
    Right.OPEN_CLAIM: frozenset(_EDITORS),
    Right.REVISE_CLAIM: frozenset(_EDITORS),
    Right.RELATE_CLAIMS: frozenset(_EDITORS),
    Right.ASSESS: frozenset(_EDITORS),
    Right.RESOLVE: frozenset(_EDITORS),
    Right.REOPEN: frozenset(_EDITORS),
    Right.DECIDE: frozenset(_MODERATORS),
    Right.WITHDRAW: frozenset(_MODERATORS),
    Right.LOCK: frozenset(_MODERATORS),
    Right.REVERT: frozenset(_MODERATORS),
    Right.DECIDE_FLAG: frozenset(_MODERATORS),
    Right.SET_TRUST: frozenset(_MODERATORS),
    Right.SET_ROLES: frozenset({Standing.ADMIN}),
    Right.REDACT: frozenset({Standing.ADMIN}),
    Right.SUGGEST: frozenset(_EVERYBODY),
    Right.WORK_LEADS: frozenset(_LOGGERS),
    Right.WATCH_FEEDS: frozenset(_EDITORS),
    Right.CHOOSE_TERMS: frozenset(_EDITORS),
    Right.OWN_CLAIM: frozenset(_EDITORS),
    Right.MERGE: frozenset(_MODERATORS),
    Right.SUSPEND: frozenset({Standing.ADMIN}),
    Right.SET_READY_REASONS: frozenset({Standing.ADMIN}),
    Right.LOOK_UP: frozenset({Standing.ADMIN}),
}


def standings(person: User | None) -> frozenset[Standing]:
    """The standings of a person; None is somebody without an account. Asks the database once per person object."""
    if person is None or not person.is_authenticated:
        return frozenset({Standing.ANONYMOUS})
    if not person.is_active:
        return frozenset()
    kept: frozenset[Standing] | None = getattr(person, "_standings", None)
    if kept is None:
        kept = _standings_of(person, UserRole.objects.filter(user=person).values_list("role", flat=True))
        person._standings = kept  # type: ignore[attr-defined]
    return kept


def _standings_of(person: User, roles: Iterable[str]) -> frozenset[Standing]:
    found = {Standing.READER}
    found.update(_standing_of(role, trusted=person.trusted_at is not None) for role in roles)
    return frozenset(found)


def _standing_of(role: str, *, trusted: bool) -> Standing:
    if role == Role.ANALYST:
        return Standing.TRUSTED_ANALYST if trusted else Standing.NEW_ANALYST
    return Standing(role)


def may(person: User | None, right: Right | str) -> bool:
    """Whether a person has a right: the union over their standings."""
    return not TABLE[Right(right)].isdisjoint(standings(person))


def roles_with(right: Right) -> list[str]:
    """The roles of which each gives a right, to new analysts too."""
    return [str(role) for role in Role if _standing_of(role, trusted=False) in TABLE[right]]


def require(person: User | None, right: Right) -> None:
    """Raises NotAllowed unless the person has the right."""
    if not may(person, right):
        raise NotAllowed(f"You may not {right}.")
