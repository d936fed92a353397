"""People: who may do what here, trust by a moderator's word, roles by an admin's."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions.people import HOUSE_EMAIL, set_roles
from claims.actions.permissions import Right, may
from claims.actions.trust import set_trust
from claims.cursors import encode
from claims.models import Role, User
from claims.queries import people as reads
from claims.queries.people import Decision, Person
from claims.queries.queue_beside import record_of
from claims.web import asked
from claims.web.desk.access import attempt, needs, typed
from claims.web.errors import Missing
from claims.web.legal_basis import basis_words
from claims.web.moderation.forms import RolesForm, SuspensionForm, TrustForm
from claims.web.moderation.who import signed_in
from claims.web.moderation.words import PEOPLE, QUEUE, day_tag, person_path, record_words

_SUSPENSIONS = {"person-suspended": "suspended", "suspension-lifted": "suspension lifted"}

pages = require_http_methods(["GET", "HEAD", "POST"])


@needs(Right.SET_TRUST, Right.SET_ROLES)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, by name; `?q=` looks for words in the name, for admins in the email too."""
    admin = may(signed_in(request), Right.SET_ROLES)
    words, role = asked.words(request), asked.choice(request, "role", Role.values)
    after = asked.after(request, [UUID])
    page = reads.people(words, by_email=admin, role=role, after=after[0] if after else None)
    given = {name: value for name, value in (("q", words), ("role", role)) if value}
    older = urlencode({**given, "after": encode([page.people[-1].id])}) if page.more else ""
    context = {
        "words": words,
        "role": role,
        "roles": Role.choices,
        "people": [_line(person, admin=admin) for person in page.people],
        "first": (f"{PEOPLE}?{urlencode(given)}" if given else PEOPLE) if after else "",
        "older": f"{PEOPLE}?{older}" if older else "",
        "admin": admin,
    }
    return render(request, "moderation/people.html", context)


@needs(Right.SET_TRUST, Right.SET_ROLES)
@require_safe
def person(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One person: what they may do, how their items were decided on, what was decided about them."""
    return person_page(request, person_or_404(identity))


@needs(Right.SET_TRUST)
@pages
def trust(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Trusts an analyst, or not any more, with the reason."""
    held, form = person_or_404(identity), TrustForm(typed(request), auto_id="trust_%s")
    if request.method != "POST":
        return person_page(request, held, trust=form)
    trusted = request.POST.get("trusted") == "yes"
    outcome = attempt(
        form,
        lambda: set_trust(
            by=signed_in(request),
            person=reads.person_with(identity),
            trusted=trusted,
            reason=form.cleaned_data["reason"],
            today=asked.today(),
        ),
    )
    if outcome.done:
        words = "is trusted now: new items are public at once" if trusted else "is not trusted any more: new items wait"
        messages.success(request, format_html("<bdi>{}</bdi> {}.", held.name, words))
        return redirect(person_path(identity))
    return person_page(request, person_or_404(identity), trust=form, status=outcome.status)


@needs(Right.SET_ROLES)
@pages
def roles(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Gives a person exactly the roles that are ticked."""
    held, form = person_or_404(identity), RolesForm(typed(request), auto_id="roles_%s")
    if request.method != "POST":
        return person_page(request, held, roles=form if form.is_bound else None)
    outcome = attempt(
        form,
        lambda: set_roles(
            by=signed_in(request),
            person=reads.person_with(identity),
            roles=form.cleaned_data["roles"],
            seen=form.cleaned_data["seen"],
            today=asked.today(),
        ),
    )
    if outcome.done:
        given = _listed(form.cleaned_data["roles"])
        messages.success(request, format_html("<bdi>{}</bdi> is {} now.", held.name, given))
        return redirect(person_path(identity))
    held = person_or_404(identity)
    if "roles" in form.cleaned_data and sorted(form.cleaned_data["seen"]) != held.roles:
        form = _as_they_stand(form, held)
    return person_page(request, held, roles=form, status=outcome.status)


def _as_they_stand(sent: RolesForm, held: Person) -> RolesForm:
    """The form with what the person holds by now, and what was ticked said in words beside the errors."""
    data = QueryDict(mutable=True)
    data.setlist("roles", held.roles)
    data.setlist("seen", held.roles)
    form = RolesForm(data, auto_id="roles_%s")
    ticked = f"You had ticked: {_listed(sent.cleaned_data['roles'])}."
    form.add_error(None, " ".join([*map(str, sent.non_field_errors()), ticked]))
    return form


def person_or_404(identity: UUID) -> Person:
    """The person. Raises Missing."""
    found = reads.find_person(identity)
    if found is None:
        raise Missing("There is no such person.")
    return found


def person_page(
    request: HttpRequest,
    held: Person,
    *,
    trust: Form | None = None,
    roles: Form | None = None,
    suspension: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The person's page, with the form that was sent, if one was."""
    own = held.id == signed_in(request).id
    context: dict[str, Any] = {
        "person": held,
        "path": person_path(held.id),
        "own": own,
        "standing": _standing(held),
        "record": record_words(record_of(held.id)),
        "decisions": [_decision(one) for one in reads.decisions_about(held.id)],
        "analyst": Role.ANALYST in held.roles,
        "admin": may(signed_in(request), Right.SET_ROLES),
        "erase": f"{person_path(held.id)}erase/" if _can_be_erased(held, by=signed_in(request)) else "",
        "trust": trust or TrustForm(auto_id="trust_%s"),
        "suspends": _can_be_suspended(held, by=signed_in(request)),
        "suspension": suspension or SuspensionForm(auto_id="suspension_%s"),
        "waiting": f"{QUEUE}?by={held.id}",
        "roles": roles or RolesForm(initial={"roles": held.roles, "seen": held.roles}, auto_id="roles_%s"),
        "form": next((one for one in (trust, roles, suspension) if one is not None and one.is_bound), None),
    }
    return render(request, "moderation/person.html", context, status=status)


def _can_be_erased(held: Person, *, by: User) -> bool:
    if held.id == by.id or held.anonymised_at or held.email == HOUSE_EMAIL:
        return False
    return may(by, Right.REDACT)


def _can_be_suspended(held: Person, *, by: User) -> bool:
    if held.id == by.id or held.anonymised_at or held.email == HOUSE_EMAIL:
        return False
    return may(by, Right.SUSPEND)


def _line(held: Person, *, admin: bool) -> dict[str, Any]:
    return {
        "href": person_path(held.id),
        "name": held.name or "erased account",
        "email": held.email if admin and not held.anonymised_at else "",
        "standing": _standing(held),
        "joined": day_tag(held.joined_at.date()),
    }


def _standing(held: Person) -> str:
    """What a person is: "new analyst, editor", "reader"; and whether the account is closed."""
    if held.anonymised_at:
        return "account erased"
    analyst = "trusted analyst" if held.trusted_at else "new analyst"
    words = _listed([analyst if role == Role.ANALYST else role for role in held.roles])
    return f"{words}; suspended" if held.suspended_at else words


def _listed(roles: list[str]) -> str:
    return ", ".join(roles) or "reader"


def _decision(one: Decision) -> dict[str, str]:
    if one.verb == "person-erased":
        words = f"data erased, on legal grounds: {basis_words(one.legal_basis)}"
    elif one.verb in _SUSPENSIONS:
        words = _SUSPENSIONS[one.verb]
    elif not one.said:
        words = "trust set" if one.verb == "trust-set" else "roles set"
    elif one.verb == "trust-set":
        words = "trusted" if one.trusted else "not trusted"
    else:
        words = f"roles: {_listed(one.roles)}"
    return {
        "day": day_tag(one.at.date()),
        "words": words,
        "by": one.by or "the site itself",
        "reason": one.reason,
    }
