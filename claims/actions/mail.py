"""Mail: a row for each message, written with the act that causes it and sent after it by Celery."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.message import EmailMessage
from django.db import transaction

from claims.actions.acts import act
from claims.actions.undo_window import stands_from
from claims.actions.wake import wake
from claims.models import Mail, User
from claims.text import excerpt

logger = logging.getLogger(__name__)

SWEEP = "claims.tasks.sweep_mail"
_MOST_TRIES = 12
_AT_ONCE = 50
KEPT_FOR = timedelta(days=30)


@act
def queue_mail(messages: Iterable[EmailMessage], *, now: datetime, cause: UUID | None = None) -> int:
    """Stores messages to be sent; the sender is woken once the transaction is committed. Gives how many.

    Those that tell of a decision, the event `cause`, wait until it cannot be undone any more.
    """
    rows = [
        Mail(
            recipients=[*message.to, *message.cc, *message.bcc],
            sender=message.from_email,
            subject=str(message.subject),
            body=str(message.body),
            html_body=_html_of(message),
            made_at=now,
            try_after=stands_from(now) if cause else now,
            cause=cause,
        )
        for message in messages
    ]
    Mail.objects.bulk_create(rows)
    if cause is None:
        transaction.on_commit(lambda: wake(SWEEP), robust=True)
    return len(rows)


def forget_mail(*, now: datetime) -> int:
    """Deletes what was made over thirty days ago and is sent or given up: links to sign in are not kept for ever."""
    done = Mail.objects.exclude(sent_at=None, tries__lt=_MOST_TRIES)
    return done.filter(made_at__lt=now - KEPT_FOR).delete()[0]


def _html_of(message: EmailMessage) -> str:
    alternatives = getattr(message, "alternatives", [])
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")


def on_site(path: str) -> str:
    """The address of a page, as mail gives it: nobody asks the site for mail by any name."""
    return f"{settings.SITE_URL or settings.LOCAL_URL}{path}"


def tell(
    person: User | None,
    *,
    subject: str,
    body: str,
    now: datetime,
    unless: User | None = None,
    link: str = "",
    cause: UUID | None = None,
) -> None:
    """Queues a plain message to a person, but not for what they did themselves or once they are gone.

    `link` is the address on the site of what it is about; `cause` the decision that it tells of.
    """
    if person is None or person == unless or not person.is_active or person.email.endswith(".invalid"):
        return
    text = f"{body}\n\n{on_site(link)}" if link else body
    message = EmailMessage(excerpt(subject, 200), text, settings.DEFAULT_FROM_EMAIL, [person.email])
    queue_mail([message], now=now, cause=cause)


def take_back_mail(*, cause: UUID) -> None:
    """Deletes what would have told of a decision that was undone."""
    Mail.objects.filter(cause=cause, sent_at=None).delete()


def send_waiting_mail(*, now: datetime) -> int:
    """Sends what waits, each message in a transaction of its own, and gives how many went out.

    A message that cannot be sent is tried again later, each time after twice the wait, twelve times in all.
    """
    waiting = Mail.objects.filter(sent_at=None, try_after__lte=now, tries__lt=_MOST_TRIES).order_by("try_after", "id")
    return sum(_send(mail_id, now=now) for mail_id in list(waiting.values_list("id", flat=True)[:_AT_ONCE]))


@act
def _send(mail_id: UUID, *, now: datetime) -> bool:
    mail = Mail.objects.select_for_update(skip_locked=True).filter(id=mail_id, sent_at=None).first()
    if mail is None:
        return False
    # The same at each try: who gets it twice, because a worker died between sending and noting it, sees it once.
    name = f"<{mail.id}@{parseaddr(mail.sender)[1].rpartition('@')[2] or 'localhost'}>"
    message = EmailMultiAlternatives(
        mail.subject, mail.body, mail.sender, mail.recipients, headers={"Message-ID": name}
    )
    if mail.html_body:
        message.attach_alternative(mail.html_body, "text/html")
    mail.tries += 1
    try:
        message.connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
        message.send()
    except Exception as error:  # whatever a mail server does, the message stays and is tried again
        logger.warning("Mail %s was not sent: %s", mail.id, error)
        mail.failure = excerpt(str(error), 500)
        mail.try_after = now + timedelta(minutes=2**mail.tries)
    else:
        mail.sent_at, mail.failure = now, ""
    mail.save()
    return mail.sent_at is not None
