"""Small parts of the editors' forms: texts with a limit, whole numbers, days, the version that was seen."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from claims.text import TextError, clean_line, clean_text
from claims.web.desk.fields import Typed


def longest(model: type[Model], field: str) -> int:
    """How many characters the column holds."""
    length = getattr(model._meta.get_field(field), "max_length", None)
    assert isinstance(length, int)
    return length


class Line(Typed):
    """One line of text with a limit; what is wrong with it is said at once with the rest, in the action's words."""

    cleaned = staticmethod(clean_line)

    def __init__(self, *, longest: int, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest

    def clean(self, value: Any) -> str:
        """The text as it was typed."""
        text: str = super().clean(value)
        try:
            seen = self.cleaned(text, longest=self.longest)
        except TextError as error:
            raise ValidationError(str(error)) from error
        if self.required and not seen:
            raise ValidationError(self.error_messages["required"], code="required")
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Blanks and line ends at both ends change nothing."""
        return bool(self.to_python(initial).strip() != self.to_python(data).strip())


class Paragraphs(Line):
    """Text with paragraphs and a limit."""

    cleaned = staticmethod(clean_text)

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


def counted(longest: int) -> forms.TextInput:
    """The control of a line whose characters are counted while it is typed."""
    return forms.TextInput(attrs={"data-longest": longest, "autocomplete": "off"})


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
