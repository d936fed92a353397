"""The mail about stale claims: one a day at most for each editor, or one a week, or none."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from claims.actions.acts import act
from claims.actions.errors import Invalid
from claims.actions.mail import on_site, tell
from claims.actions.permissions import Right, require
from claims.dates import day_words
from claims.models import Digest, Pace, User
from claims.queries.stale import MOST_COUNTED, Stale, stale
from claims.queries.stale_order import Filters, Whose
from claims.stale_words import act_path, act_words, text_of

MOST_LINES = 20
HERE = "/desk/stale/"
CHOICE = "/desk/stale/digest/"

# The editors, and admins who look after something, who had none today (this week, if they want it weekly).
_DUE = """
SELECT person.* FROM person LEFT JOIN digest ON digest.person_id = person.id
 WHERE person.suspended_at IS NULL AND person.anonymised_at IS NULL AND person.email NOT LIKE '%%.invalid'
   AND (EXISTS (SELECT FROM person_role WHERE user_id = person.id AND role = 'editor')
        OR EXISTS (SELECT FROM person_role WHERE user_id = person.id AND role = 'admin')
           AND EXISTS (SELECT FROM claim_owner WHERE owner_id = person.id))
   AND (digest.sent_on IS NULL OR digest.sent_on < CASE digest.pace WHEN 'weekly' THEN %(monday)s ELSE %(today)s END)
   AND coalesce(digest.pace, 'daily') <> 'off'
 ORDER BY person.id
"""
# Whoever stores the day sends the mail; a second sender of the same day stores nothing.
_TAKE_THE_DAY = """
INSERT INTO digest (person_id, pace, sent_on) VALUES (%(person)s, 'daily', %(today)s)
    ON CONFLICT (person_id) DO UPDATE SET sent_on = excluded.sent_on
       WHERE digest.sent_on IS NULL OR digest.sent_on < excluded.sent_on
RETURNING person_id
"""


@act
def set_pace(*, by: User, pace: str) -> None:
    """Says how often a person wants the mail. Raises NotAllowed, Invalid."""
    require(by, Right.OWN_CLAIM)
    if pace not in Pace.values:
        raise Invalid({"pace": "Choose how often you want the mail."})
    Digest.objects.update_or_create(person=by, defaults={"pace": pace})


def send_digests(*, today: date, now: datetime) -> int:
    """Queues the day's mail for everybody who is to have one, and gives how many; doing it twice sends it once.

    First what is stale of a person's own claims and of those that they follow, then of those that nobody owns.
    """
    monday = today - timedelta(days=today.weekday())
    due = list(User.objects.raw(_DUE, {"today": today, "monday": monday}))
    if not due:
        return 0
    unowned = stale(Filters(whose=Whose.UNOWNED), today=today, size=MOST_COUNTED + 1).claims
    return sum(_send(person, unowned, today=today, now=now) for person in due)


@act
def _send(person: User, unowned: Sequence[Stale], *, today: date, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_THE_DAY, {"person": person.id, "today": today})
        if cursor.fetchone() is None:
            return False
    filters = Filters(person=person.id, whose=Whose.OWN)
    own = stale(filters, today=today, size=MOST_COUNTED + 1).claims
    known = {claim.slug for claim in own}
    others = [claim for claim in unowned if claim.slug not in known]
    if not own and not others:
        return False
    tell(person, subject=_subject(own, others, today), body=_body(own, others), now=now)
    return True


def _subject(own: Sequence[Stale], others: Sequence[Stale], today: date) -> str:
    told = [f"{_counted(own)} of yours"] if own else []
    told += [f"{_counted(others)} of nobody’s"] if others else []
    return f"Stale on {day_words(today)}: {', '.join(told)}"


def _body(own: Sequence[Stale], others: Sequence[Stale]) -> str:
    shown = own[:MOST_LINES]
    rest = others[: MOST_LINES - len(shown)]
    said = ["Claims that wait for a look, the most pressing first."]
    if shown:
        said += ["Yours, or followed by you", *_lines(shown)]
    if rest:
        said += ["Nobody’s", *_lines(rest)]
    beyond = len(own) + len(others) - len(shown) - len(rest)
    if beyond:
        many = f"{MOST_COUNTED}+" if beyond > MOST_COUNTED else str(beyond)
        said.append(f"And {many} more: {on_site(HERE)}")
    said.append(f"How often you get this: {on_site(CHOICE)}")
    return "\n\n".join(said)


def _lines(claims: Iterable[Stale]) -> list[str]:
    return [
        "\n".join(
            [
                f"- {claim.title}",
                *(f"  {text_of(reason)}" for reason in claim.reasons),
                f"  {act_words(claim.action)}: {on_site(act_path(claim.slug, claim.action))}",
            ]
        )
        for claim in claims
    ]


def _counted(claims: Sequence[Stale]) -> str:
    return f"{MOST_COUNTED}+" if len(claims) > MOST_COUNTED else str(len(claims))
