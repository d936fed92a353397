"""Forms of moderation: reasons, with sentences that are ready; answers to flags; trust and roles."""

from collections.abc import Sequence
from typing import Any

from django import forms

from claims.models import Role
from claims.web.desk.fields import Text, Typed
from claims.web.desk.parts import Version

RETURN = (
    "The summary says more than the page does: keep to what stands there.",
    "Write the summary in your own words: this one is too close to the page’s.",
    "Give the day on which the page was published; this date is missing or wrong.",
    "Name the source that wrote it, not the site that repeated it.",
    "Say in the bearing’s note why it points that way; the summary does not show it.",
    "The grade does not fit: say what confirms the information, or lower it.",
    "The same event is logged already: name its story, so that it is counted once.",
)
REJECT = (
    "It bears on none of the claims that are tracked here.",
    "The page cannot be opened, so that nobody can check it.",
    "The same report is published already.",
    "It gives no source for what it says.",
)
REJECT_BEARING = (
    "The item says nothing about this claim.",
    "It points the other way.",
    "It weighs less than that.",
)
WITHDRAW = (
    "The page turned out to be made up.",
    "The same report is published already under another address.",
    "It bears on none of the claims that are tracked here.",
)
UPHELD, DISMISSED = "upheld", "dismissed"
ROLES = (
    (Role.ANALYST, "analyst: logs evidence and sets bearings"),
    (Role.EDITOR, "editor: opens, revises, assesses and resolves claims, grades sources"),
    (Role.MODERATOR, "moderator: decides what waits in the queue, withdraws, locks, sets trust"),
    (Role.ADMIN, "admin: all of it, and gives roles"),
)


class ApproveForm(forms.Form):
    """What approving sends along: the version that the moderator saw."""

    version = Version()


class ReasonForm(forms.Form):
    """A reason in words; a ready sentence can be chosen, and words added to it."""

    ready = forms.ChoiceField(required=False, label="Ready sentences")
    reason = Text(rows=3, label="Reason")

    def __init__(self, *args: Any, ready: Sequence[str], hint: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        sentences = self.fields["ready"]
        assert isinstance(sentences, forms.ChoiceField)
        sentences.choices = [("", "none, I write my own"), *((words, words) for words in ready)]
        sentences.widget.attrs["data-fills"] = "reason"
        self.fields["reason"].help_text = hint

    @property
    def said(self) -> str:
        """The whole reason: the ready sentence, then what was typed."""
        parts = (self.cleaned_data.get("ready", ""), self.cleaned_data.get("reason", ""))
        return "\n".join(part for part in parts if part.strip())


def return_form(data: Any = None) -> ReasonForm:
    """The form that gives an item back to its author."""
    return ReasonForm(
        data,
        auto_id="return_%s",
        ready=RETURN,
        hint="What should be put right. The author reads it and can send it again.",
    )


def reject_form(data: Any = None, *, ready: Sequence[str] = REJECT) -> ReasonForm:
    """The form that ends a waiting item or bearing."""
    return ReasonForm(data, auto_id="reject_%s", ready=ready, hint="Why it cannot be kept. The author reads it.")


def withdraw_form(data: Any = None) -> ReasonForm:
    """The form that takes a published item off the site."""
    return ReasonForm(data, ready=WITHDRAW, hint="It stays in the item’s history, which anybody can read.")


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


class RolesForm(forms.Form):
    """The roles that a person holds, all of them."""

    roles = forms.MultipleChoiceField(required=False, label="Roles", choices=ROLES, widget=forms.CheckboxSelectMultiple)
