"""The desk's doors and forms: who may come in, and what a form says when its act is refused.

Every form of the desk is handled alike:

    form = opened(request, SomeForm, initial=...)  # claims.web.desk.opened
    if request.method == "POST":
        outcome = attempt(form, lambda: some_act(by=request.user, **form.words()))
        if outcome.done:
            messages.success(request, "...")
            return redirect(...)
    return render(request, template, {"form": form, "outcome": outcome}, status=outcome.status)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.cache import patch_cache_control
from django.utils.html import strip_tags
from django.utils.http import MAX_URL_LENGTH

from claims.actions.errors import ActionError, Invalid, KeyUsed, NotAllowed, Stale
from claims.actions.permissions import Right, may
from claims.actions.suspend import ENDED
from claims.actions.unsent import forget_unsent
from claims.ids import uuid7
from claims.web.desk import late
from claims.web.desk.compared import Compared, compared
from claims.web.errors import permission_denied

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

WANTED = "wanted"


def needs(*rights: Right) -> Callable[[View[P]], View[P]]:
    """Lets in who has one of the rights. Strangers are sent to sign in and come back; others see why not (403).

    Every answer is private: neither browsers nor proxies keep it.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = _kept_out(request, rights)
            if response is None:
                try:
                    response = view(request, *args, **kwargs)
                    _forget_if_sent(request, response)
                except NotAllowed as error:
                    response = permission_denied(request, error)
                late.note_person(request, response)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded

    return decorate


def _kept_out(request: HttpRequest, rights: Sequence[Right]) -> HttpResponse | None:
    if not request.user.is_authenticated:
        if (words := request.session.pop(ENDED, "")) != "":
            messages.error(request, words)
        if request.method == "POST":
            late.keep(request)
        return redirect_to_login(_way_back(request), resolve_url(settings.LOGIN_URL))
    late.forget_another_s(request)
    if WANTED in request.GET and WANTED in request.session:
        return redirect(request.session.pop(WANTED))
    if any(may(request.user, right) for right in rights):
        return None
    return permission_denied(request, NotAllowed(f"You may not {' or '.join(rights)}."))


def _way_back(request: HttpRequest) -> str:
    """Where to go on after signing in; an address that is too long for the way is kept in the session."""
    wanted = request.get_full_path()
    if len(wanted) <= MAX_URL_LENGTH:
        return wanted
    if len(wanted) <= late.MOST_KEPT:
        request.session[WANTED] = wanted
    return f"{request.path}?{WANTED}"


def _forget_if_sent(request: HttpRequest, response: HttpResponse) -> None:
    """What was kept of a form while it was typed has served its time once the form's answer leads elsewhere."""
    opened: Any = request
    place = getattr(opened, "unsent", None)
    if request.method == "POST" and place is not None and 300 <= response.status_code < 400:
        forget_unsent(by=opened.user, place=place.name)


def typed(request: HttpRequest) -> QueryDict | None:
    """The form that is sent, or what a person had sent from this page when their session had ended; else None."""
    if request.method == "POST":
        return request.POST
    kept = late.take(request)
    if kept is not None:
        messages.warning(request, "You had been signed out. What you typed is below and not stored yet: send it again.")
    return kept


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What came of a form: the act's result, or the status of the page that shows the form again."""

    done: bool = False
    value: T | None = None
    status: int = 200
    stale: bool = False

    @property
    def result(self) -> T:
        """What the act gave; only where it was done."""
        assert self.done
        return self.value  # type: ignore[return-value]


UNTRIED: Outcome[Any] = Outcome()
"""The outcome of a form that is opened."""


def attempt(
    form: BaseForm,
    act: Callable[[], T],
    *,
    also: Sequence[BaseForm | BaseFormSet] = (),
    under: Mapping[str, str] | None = None,
) -> Outcome[T]:
    """Does `act` where `form` and the forms in `also` are valid; a refusal is put into `form` in words.

    422 for what is wrong in a field, 409 for what is stale, locked or in another state, 403 for what is not
    allowed. `under` maps a name of the act's errors to the field that shows them; names that the form lacks go on
    top. A stale form keeps what was typed, and its hidden `version` becomes the one that stands now, so that
    sending it again is a choice: show `beside` with it. A hidden `key` that stands for something else is renewed.
    """
    checked = [part.is_valid() for part in (form, *also)]  # each says what is wrong with it
    if not all(checked):
        return Outcome(status=422)
    try:
        return Outcome(done=True, value=act())
    except Invalid as error:
        _tell(form, error, under or {})
        return Outcome(status=422)
    except Stale as error:
        form.add_error(None, f"{error} What you typed is kept: compare it with what stands now, then send it again.")
        _set(form, "version", str(error.version))
        return Outcome(status=409, stale=True)
    except KeyUsed:
        _set(form, "key", str(uuid7()))
        form.add_error(
            None, "This form was sent before and is stored as it was then. To store this too, send it again."
        )
        return Outcome(status=409)
    except ActionError as error:
        form.add_error(None, str(error))
        return Outcome(status=403 if isinstance(error, NotAllowed) else 409)


def _tell(form: BaseForm, error: Invalid, under: Mapping[str, str]) -> None:
    for name, sentences in error.errors.items():
        field = under.get(name, name)
        for words in dict.fromkeys(sentences):
            if words not in form.errors.get(field, []):
                form.add_error(field if field in form.fields else None, words)


def _set(form: BaseForm, name: str, value: str) -> None:
    data: Any = form.data
    data = data.copy()
    data[form.add_prefix(name)] = value
    form.data = data


def beside(form: BaseForm, stands: Mapping[str, object]) -> list[Compared]:
    """What was typed laid over what stands now, field by field, where they differ; for templates/desk/compared.html."""
    shown = []
    for name, value in stands.items():
        bound = form[name]
        shown.append((str(bound.label), _words(bound.field, bound.data), _words(bound.field, value)))
    return compared(shown)


def _words(field: Any, value: object) -> str:
    text = "" if value is None else str(value)
    return next((strip_tags(str(label)) for key, label in getattr(field, "choices", ()) if str(key) == text), text)
