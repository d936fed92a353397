"""The queue: the schedule names tasks that exist, and a real worker does what is sent."""

import os

import psutil
import pytest
from celery import current_app
from django.core.mail import EmailMessage
from django.utils import timezone

from claims.actions.mail import queue_mail
from claims.models import Mail
from tests.fixtures.databases import Clone
from tests.fixtures.processes import Running
from tests.fixtures.waiting import wait_until


def test_every_task_of_the_schedule_exists() -> None:
    current_app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert scheduled <= set(current_app.tasks)


@pytest.mark.parametrize("option", ["task_acks_late", "task_reject_on_worker_lost", "task_ignore_result"])
def test_a_task_is_done_again_rather_than_lost(option: str) -> None:
    assert current_app.conf[option] is True


def test_a_worker_does_what_is_sent(cloned_db: Clone, celery_worker: Running) -> None:
    message = EmailMessage("Subject", "Body", "from@example.org", ["to@example.org"])
    queue_mail([message], now=timezone.now())
    current_app.send_task("claims.tasks.sweep_mail")
    wait_until(lambda: Mail.objects.filter(sent_at__isnull=False).exists())


def test_a_signal_to_the_workers_group_spares_the_child_at_work(celery_worker: Running) -> None:
    child = psutil.Process(celery_worker.pid).children()[0]
    wait_until(lambda: os.getpgid(child.pid) == child.pid)
    assert os.getsid(child.pid) == celery_worker.pid
