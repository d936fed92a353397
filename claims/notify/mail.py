"""Django's way out for mail: messages are stored with the transaction that made them and sent by Celery."""

import os
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone

from claims.actions.mail import queue_mail


class QueuedBackend(BaseEmailBackend):
    """Queues instead of sending, so that no page waits for a mail server and no message is lost with Redis."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Stores the messages; gives how many."""
        return queue_mail(email_messages, now=timezone.now())


class FolderBackend(FileBackend):
    """Puts each message into a file that its owner alone may read: it may hold a link that sets a new password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        os.chmod(self.file_path, 0o700)
