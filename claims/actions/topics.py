"""Adding a topic."""

from datetime import date, datetime

from django.utils import timezone

from claims.actions.acts import act
from claims.actions.errors import Invalid
from claims.actions.fields import Fields
from claims.actions.permissions import Right, require
from claims.actions.record import record
from claims.models import Topic, User, Verb
from claims.text import TextError, slugify_title


@act
def add_topic(*, by: User, name: str, slug: str = "", today: date, now: datetime | None = None) -> Topic:
    """Adds a topic; its slug is made of its name unless given. Raises NotAllowed, Invalid."""
    require(by, Right.ADD_TOPIC)
    now = now or timezone.now()
    fields = Fields()
    name = fields.line("name", name, longest=60, needed="Give the topic a name.")
    fields.check()
    try:
        slug = slug or slugify_title(name, longest=60)
    except TextError as error:
        raise Invalid({"name": str(error)}) from error
    fields.slug("slug", slug, longest=60)
    fields.check()
    topic = Topic(name=name, slug=slug)
    topic.save(force_insert=True)
    record(by=by, verb=Verb.TOPIC_ADDED, subject=topic, about_on=today, now=now, payload={"slug": slug, "name": name})
    return topic
