"""People: giving roles, and the accounts that the site itself needs."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.holds import let_all_go
from claims.actions.leads import give_back_all
from claims.actions.ownership import release_all
from claims.actions.permissions import Right, may, require
from claims.actions.record import record
from claims.models import Role, User, UserRole, Verb

HOUSE_EMAIL = "editors@resetwatch.invalid"  # RFC 2606: never delivered to
ROLES_CHANGED = "Somebody else changed the roles since you opened this page: what they hold now is ticked below."


@act
def set_roles(
    *,
    by: User,
    person: User,
    roles: Collection[str],
    seen: Collection[str] | None = None,
    today: date,
    now: datetime | None = None,
) -> User:
    """Gives a person exactly these roles; one admin is always left.

    `seen` are the roles that were read as theirs.
    Raises NotAllowed (also for taking one's own admin role away), WrongState, Invalid.
    """
    require(by, Right.SET_ROLES)
    if unknown := set(roles) - set(Role.values):
        raise Invalid({"roles": f"There is no role “{min(unknown)}”."})
    if by.id == person.id and Role.ADMIN not in roles:
        raise NotAllowed("Somebody else has to take your admin role away, so that one admin is left.")
    now = now or timezone.now()
    admins = UserRole.objects.filter(role=Role.ADMIN).order_by("user_id")
    standing = {row.user_id for row in admins.select_for_update()}  # two who unseat each other take turns
    if Role.ADMIN not in roles and standing == {person.id}:
        raise WrongState("This is the last admin: give somebody else the role first.")
    if by.id not in standing:
        raise NotAllowed(f"You may not {Right.SET_ROLES}.")
    if seen is not None and set(seen) != set(UserRole.objects.filter(user=person).values_list("role", flat=True)):
        raise WrongState(ROLES_CHANGED)
    _write_roles(person, roles)
    if not may(person, Right.OWN_CLAIM):
        release_all(person=person)
    if not may(person, Right.WORK_LEADS):
        give_back_all(person=person)
    if not may(person, Right.DECIDE):
        let_all_go(by=person)
    record(by=by, verb=Verb.ROLES_SET, subject=person, about_on=today, now=now, payload={"roles": sorted(roles)})
    return person


def _write_roles(person: User, roles: Collection[str]) -> None:
    held = User.objects.select_for_update(no_key=True).get(id=person.id)
    held.user_roles.exclude(role__in=roles).delete()
    UserRole.objects.bulk_create((UserRole(user=held, role=role) for role in sorted(set(roles))), ignore_conflicts=True)
    vars(person).pop("_standings", None)


@act
def ensure_house_person() -> User:
    """The account in whose name the shipped data is loaded: an editor that nobody can sign in as."""
    person = User.objects.filter(email=HOUSE_EMAIL).first()
    if person is None:
        person = User(email=HOUSE_EMAIL, name="The editors")
        person.set_unusable_password()
        person.save(force_insert=True)
    _write_roles(person, [Role.EDITOR])
    return person


@act
def ensure_first_admin(*, email: str, name: str, password: str) -> User:
    """Makes the operator's own admin account, or gives an existing one the admin role. For the command line only."""
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        person = User(email=email, name=name)
        person.set_password(password)
        person.save(force_insert=True)
        _let_in_without_mail(person)
    roles = {*person.user_roles.values_list("role", flat=True), Role.ADMIN}
    _write_roles(person, roles)
    return person


def _let_in_without_mail(person: User) -> None:
    """Who keeps the machine vouches for the address: no message has to be answered first."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


@dataclass(frozen=True)
class DemoPerson:
    """A demo account; `password` only where it was made just now."""

    email: str
    name: str
    roles: tuple[str, ...]
    password: str | None


_DEMO: tuple[tuple[str, str, tuple[Role, ...], bool], ...] = (
    ("reader", "Robin Reader", (), False),
    ("new-analyst", "Noor New", (Role.ANALYST,), False),
    ("analyst", "Anselm Analyst", (Role.ANALYST,), True),
    ("editor", "Edda Editor", (Role.EDITOR,), False),
    ("moderator", "Momo Moderator", (Role.MODERATOR,), False),
    ("admin", "Ada Admin", (Role.ADMIN,), False),
)


@act
def ensure_demo_people(*, password_for: Callable[[str], str], now: datetime | None = None) -> list[DemoPerson]:
    """One account for each standing with an account; those that exist are left as they are."""
    now = now or timezone.now()
    return [_demo_person(*row, password_for=password_for, now=now) for row in _DEMO]


def _demo_person(
    short: str, name: str, roles: tuple[Role, ...], trusted: bool, *, password_for: Callable[[str], str], now: datetime
) -> DemoPerson:
    email = f"{short}@example.org"
    if User.objects.filter(email=email).exists():
        return DemoPerson(email, name, roles, None)
    person = User(email=email, name=name, trusted_at=now if trusted else None)
    password = password_for(email)
    person.set_password(password)
    person.save(force_insert=True)
    _let_in_without_mail(person)
    _write_roles(person, roles)
    return DemoPerson(email, name, roles, password)
