"""Ready reasons: the sentences that moderators choose from, set by an admin. A setting, and so without an event."""

from collections.abc import Sequence

from claims.actions.acts import act
from claims.actions.errors import WrongState
from claims.actions.fields import Fields
from claims.actions.permissions import Right, require
from claims.models import ReadyReason, ReasonFor, User

MOST = 30
LONGEST = 300


@act
def set_ready_reasons(*, by: User, use: str, words: Sequence[str], seen: Sequence[str] | None = None) -> list[str]:
    """Leaves exactly these sentences, in this order, for one decision; empty ones are left out.

    `seen` are the sentences that stood there when they were read. Raises NotAllowed, Invalid, WrongState.
    """
    require(by, Right.SET_READY_REASONS)
    fields = Fields()
    fields.one_of("use", use, ReasonFor.values, "There is no such decision.")
    fields.check()
    cleaned = [fields.line("words", sentence, longest=LONGEST) for sentence in words]
    cleaned = [sentence for sentence in cleaned if sentence]
    if len({sentence.casefold() for sentence in cleaned}) < len(cleaned):
        fields.wrong("words", "The same sentence stands there twice.")
    if len(cleaned) > MOST:
        fields.wrong("words", f"There are {len(cleaned)} sentences: {MOST} at most can be read through.")
    fields.check()
    stand = list(ReadyReason.objects.select_for_update().filter(use=use).order_by("place"))
    if seen is not None and list(seen) != [row.words for row in stand]:
        raise WrongState("Somebody else changed these sentences since you opened them: look at them again.")
    ReadyReason.objects.filter(use=use).delete()
    ReadyReason.objects.bulk_create(
        ReadyReason(use=use, place=place, words=sentence) for place, sentence in enumerate(cleaned)
    )
    return cleaned
