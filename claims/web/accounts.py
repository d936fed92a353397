"""Accounts: the public name at sign-up, the wording of refusals, and the account's own page."""

import logging
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.text import TextError, clean_line

log = logging.getLogger(__name__)

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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends it with links that begin with SITE_URL, by whatever name the site was asked."""
        said = dict(context)
        if settings.SITE_URL:
            home = urlsplit(settings.SITE_URL)
            links = {name: urlsplit(value) for name, value in said.items() if name.endswith("_url") and value}
            said |= {
                name: link._replace(scheme=home.scheme, netloc=home.netloc).geturl() for name, link in links.items()
            }
            said["current_site"] = {"domain": home.netloc, "name": settings.SITE_NAME}
        super().send_mail(template_prefix, email, said)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the outermost trusted proxy saw; of a request past the proxies, its own.

        A header that is shorter than the proxies are many, or names no address, is nobody's word to fail by.
        """
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            log.warning("X-Forwarded-For does not fit TRUSTED_PROXY_COUNT; the address of the connection counts")
            return str(request.META["REMOTE_ADDR"])


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The account's own page: who one is here, and the ways to change it."""
    return render(request, "account/home.html", {"roles": _roles(request.user)})


def _roles(person: Any) -> str:
    from claims.actions.permissions import Standing, standings

    held = [str(one) for one in Standing if one in standings(person) and one is not Standing.READER]
    return ", ".join(held) or str(Standing.READER)
