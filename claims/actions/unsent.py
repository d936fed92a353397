"""What a person typed into a form and did not send: kept, and forgotten once it is sent. Private: no events."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import connection

from claims.actions.acts import act
from claims.actions.errors import ActionError, Invalid
from claims.actions.permissions import Right, require
from claims.ids import uuid7
from claims.models import Unsent, User

LARGEST = 100_000
MOST_PLACES = 50
LONGEST_PLACE = 300
KEPT_FOR = timedelta(days=30)
# What is of no use later, or is nobody's to keep. The key of a form is kept: sent twice, it is stored once.
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"})


class TooLarge(ActionError):
    """What was typed is larger than what is kept unsent."""


@act
def keep_unsent(
    *, by: User, place: str, fields: Mapping[str, Iterable[str]], now: datetime, typed_at: datetime | None = None
) -> bool:
    """Keeps a form as it stands, over what was kept of it before; gives whether it was, as later typing stays.

    Of a person's forms the fifty last touched are kept. Raises NotAllowed, Invalid, TooLarge.
    """
    require(by, Right.LOG_EVIDENCE)
    if not (re.match(r"/[^/\\]", place) and len(place) <= LONGEST_PLACE and place.isprintable()):
        raise Invalid({"place": "A form is kept by the path of its page."})
    kept = {_plain(name): [_plain(value) for value in values] for name, values in fields.items()}
    text = json.dumps({name: values for name, values in kept.items() if name not in NEVER_KEPT}, ensure_ascii=False)
    if len(text.encode()) > LARGEST:
        raise TooLarge(f"Only {LARGEST:,} bytes are kept of a form that was not sent. Send it, or keep a copy of it.")
    stored = _store(by, place, text, min(typed_at or now, now))
    if stored:
        _drop_all_but_the_last(by)
    return stored


def _plain(text: str) -> str:
    return text.replace("\0", "")  # which jsonb cannot hold, and no form takes


_STORE = """
INSERT INTO unsent (id, person_id, place, fields, saved_at) VALUES (%s, %s, %s, %s::jsonb, %s)
    ON CONFLICT (person_id, place) DO UPDATE SET fields = excluded.fields, saved_at = excluded.saved_at
    WHERE unsent.saved_at <= excluded.saved_at
"""


def _store(by: User, place: str, text: str, saved_at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [uuid7(), by.id, place, text, saved_at])
        return bool(cursor.rowcount)


def _drop_all_but_the_last(by: User) -> None:
    own = Unsent.objects.filter(person=by)
    last = own.order_by("-saved_at", "-id").values("id")[:MOST_PLACES]
    own.exclude(id__in=last).delete()


@act
def forget_unsent(*, by: User, place: str) -> bool:
    """Forgets what was kept of a form, because it was sent or thrown away; gives whether there was anything."""
    require(by, Right.LOG_EVIDENCE)
    return bool(Unsent.objects.filter(person=by, place=place).delete()[0])


def forget_old_unsent(*, now: datetime) -> int:
    """Forgets the forms that nobody went on with for thirty days; gives how many."""
    return Unsent.objects.filter(saved_at__lt=now - KEPT_FOR).delete()[0]
