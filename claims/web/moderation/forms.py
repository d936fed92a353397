"""Forms of moderation: reasons, with sentences that are ready; answers to flags; trust and roles."""

from collections.abc import Iterable
from typing import Any

from django import forms

from claims.models import Role
from claims.web.desk.fields import Text, Typed
from claims.web.desk.parts import Version

UPHELD, TAKEN, DISMISSED = "upheld", "taken", "dismissed"
ROLES = (
    (Role.ANALYST, "analyst: logs evidence and sets bearings"),
    (Role.EDITOR, "editor: opens, revises, assesses and resolves claims, grades sources"),
    (Role.MODERATOR, "moderator: decides what waits in the queue, withdraws, locks, sets trust"),
    (Role.ADMIN, "admin: all of it, and gives roles"),
)


class ApproveForm(forms.Form):
    """What approving sends along: the version that the moderator saw, for a bearing the number of its setting."""

    version = Version()


class ReasonForm(forms.Form):
    """A reason in words; a ready sentence can be chosen, and words added to it."""

    # What was chosen counts as it was read, even where an admin has changed the sentences since.
    ready = Typed(label="Ready sentences", widget=forms.Select(attrs={"data-fills": "reason"}))
    reason = Text(rows=3, label="Reason")

    def __init__(self, *args: Any, hint: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = hint

    def offer(self, sentences: Iterable[str]) -> None:
        """Lets these sentences be chosen from; what was chosen before stays among them."""
        chosen = str(self["ready"].value() or "")
        words = dict.fromkeys([*sentences, *([chosen] if chosen else [])])
        widget: Any = self.fields["ready"].widget
        widget.choices = [("", "none, I write my own"), *((one, one) for one in words)]

    @property
    def said(self) -> str:
        """The whole reason: the ready sentence, then what was typed."""
        parts = (self.cleaned_data.get("ready", ""), self.cleaned_data.get("reason", ""))
        return "\n".join(part for part in parts if part.strip())


class SeenReasonForm(ReasonForm):
    """A reason with the version that it is about."""

    version = Version()


def return_form(data: Any = None, *, seen: int = 0) -> SeenReasonForm:
    """The form that gives an item back to its author."""
    hint = "What should be put right. The author reads it and can send it again."
    return SeenReasonForm(data, initial={"version": seen}, auto_id="return_%s", hint=hint)


def reject_form(data: Any = None, *, seen: int = 0) -> SeenReasonForm:
    """The form that ends a waiting item or bearing."""
    hint = "Why it cannot be kept. The author reads it."
    return SeenReasonForm(data, initial={"version": seen}, auto_id="reject_%s", hint=hint)


def withdraw_form(data: Any = None, *, seen: int = 0) -> SeenReasonForm:
    """The form that takes a published item off the site."""
    hint = "It stays in the item’s history, which anybody can read."
    return SeenReasonForm(data, initial={"version": seen}, hint=hint)


class SeveralForm(ReasonForm):
    """One decision on all that is ticked."""

    DOINGS = tuple((do, do) for do in ("approve", "return", "reject", UPHELD, TAKEN, DISMISSED))

    do = forms.ChoiceField(choices=DOINGS, error_messages={"required": "Choose what is done with them."})

    def __init__(self, *args: Any, answers: bool = False, **options: Any) -> None:
        super().__init__(*args, auto_id="several_%s", **options)
        if answers:
            self.fields["reason"].label = "Answer"


class FlagDecisionForm(forms.Form):
    """How a flag is decided, and what is answered."""

    decision = forms.ChoiceField(
        label="Is the reader right?",
        choices=((UPHELD, "upheld: something was wrong"), (DISMISSED, "dismissed: it may stand as it is")),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the flag is upheld or dismissed."},
    )
    answer = Text(rows=3, label="Answer", help_text="What was found and done. Who reported it reads it.")


class TrustForm(forms.Form):
    """Why a person's trust is set."""

    reason = Typed(label="Reason", help_text="It stays on record.")


class SuspensionForm(forms.Form):
    """Why an account is suspended, or open again."""

    reason = Typed(label="Reason", help_text="It stays on record, and the person is told it.")


class AsSeen(forms.Field):
    """Words that a page sends back as it had them, unseen; none where there were none."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[str]:
        """The words, as they were sent."""
        return list(value or [])


class RolesForm(forms.Form):
    """The roles that a person holds, all of them, and those that the admin saw."""

    seen = AsSeen()
    roles = forms.MultipleChoiceField(required=False, label="Roles", choices=ROLES, widget=forms.CheckboxSelectMultiple)
