"""Waking Celery after a commit. What is to be done lies in the database; a dead Redis only delays it."""

import logging
import time

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

_PAUSE = 10.0  # seconds without trying, so that a dead Redis costs one act in ten seconds a delay and not every act
_not_before = 0.0


def wake(task: str) -> None:
    """Sends a task by its name, or says in the log that the queue is away; never raises for that."""
    global _not_before
    if time.monotonic() < _not_before:
        return
    try:
        current_app.send_task(task, retry=False)
    except (OperationalError, OSError) as error:
        _not_before = time.monotonic() + _PAUSE
        logger.warning("The queue is away (%s): %s is caught up with by the next sweep.", error, task)
