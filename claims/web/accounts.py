"""Accounts: the public name at sign-up, the wording of refusals, and the account's own page."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.text import TextError, clean_line

NAME_LENGTH = range(2, 81)


class SignupForm(forms.Form):
    """What sign-up asks beside email and password (ACCOUNT_SIGNUP_FORM_CLASS)."""

    field_order = ["name", "email", "password1", "password2"]

    name = forms.CharField(
        label="Public name",
        help_text="Stands beside what you log and judge. It need not be your legal name.",
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        """The name as one line of 2 to 80 characters."""
        try:
            name = clean_line(self.cleaned_data["name"], longest=NAME_LENGTH[-1])
        except TextError as error:
            raise forms.ValidationError(str(error)) from None
        if len(name) < NAME_LENGTH[0]:
            raise forms.ValidationError(f"Write a name of at least {NAME_LENGTH[0]} characters.")
        return name

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth once the account is stored; the adapter has stored the name with it."""


class AccountAdapter(DefaultAccountAdapter):
    """How allauth stores a new account and what it says (ACCOUNT_ADAPTER)."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account has been closed or suspended.",
        "email_password_mismatch": "No account has this email and password together. Check both.",
        "too_many_login_attempts": "Too many tries that failed. Wait five minutes, then try again.",
        "incorrect_password": "This is not your password.",
        "enter_current_password": "Type the password that you use now.",
        "rate_limited": "Too many tries. Wait a few minutes, then try again.",
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Stores the account with its public name."""
        user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The account's own page: who one is here, and the ways to change it."""
    return render(request, "account/home.html", {"roles": _roles(request.user)})


def _roles(person: Any) -> str:
    from claims.actions.permissions import Standing, standings

    held = [str(one) for one in Standing if one in standings(person) and one is not Standing.READER]
    return ", ".join(held) or str(Standing.READER)
