"""Django's way out for mail: messages are stored with the transaction that made them and sent by Celery."""

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone

from claims.actions.mail import queue_mail


class QueuedBackend(BaseEmailBackend):
    """Queues instead of sending, so that no page waits for a mail server and no message is lost with Redis."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Stores the messages; gives how many."""
        return queue_mail(email_messages, now=timezone.now())
