"""Small parts of the editors' forms: whole numbers, a day with the browser's calendar, the version that was seen."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.web.desk.fields import Typed


class Day(forms.TextInput):
    """A day, with the browser's own calendar."""

    input_type = "date"


class Whole(Typed):
    """A whole number from 0 to 999,999,999; or none."""

    def clean(self, value: Any) -> Any:
        """The int, or None."""
        text = super().clean(value).strip()
        if text and not re.fullmatch("[0-9]{1,9}", text):
            raise ValidationError("Give a whole number in digits, such as 7.")
        return int(text) if text else None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Digits come first on a phone's keyboard."""
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off"}


class Version(forms.Field):
    """The version that the person saw, unseen; 0, which is never one that stands, for anything that is no number."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> int:
        """The version as an int."""
        text = str(value or "")
        return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


def needed(words: str) -> dict[str, str]:
    """The sentence of a field that was left empty, the same that the action has."""
    return {"required": words}
