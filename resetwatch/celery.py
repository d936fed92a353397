"""The Celery app and the hours at which it looks for work."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resetwatch.settings")

app = Celery("resetwatch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# What is to be done lies in the database; these only say when to look. Hours are UTC.
app.conf.beat_schedule = {
    "sweep-mail": {"task": "claims.tasks.sweep_mail", "schedule": 60.0},
    "forget-mail": {"task": "claims.tasks.forget_mail", "schedule": crontab(hour="3", minute="10")},
    "forget-holds": {"task": "claims.tasks.forget_holds", "schedule": crontab(hour="3", minute="15")},
    "forget-unsent": {"task": "claims.tasks.forget_unsent", "schedule": crontab(hour="3", minute="20")},
    "remind-stale-drafts": {
        "task": "claims.tasks.remind_stale_drafts",
        "schedule": crontab(hour="6", minute="10"),
    },
    "tend-owners": {"task": "claims.tasks.tend_owners", "schedule": crontab(hour="6", minute="15")},
    "send-digests": {"task": "claims.tasks.send_digests", "schedule": crontab(hour="6", minute="20")},
    "poll-feeds": {"task": "claims.tasks.poll_feeds", "schedule": 60.0},
    "wake-snoozed": {"task": "claims.tasks.wake_snoozed", "schedule": 300.0},
    "forget-leads": {"task": "claims.tasks.forget_leads", "schedule": crontab(hour="3", minute="30")},
    "renew-terms": {"task": "claims.tasks.renew_terms", "schedule": 60.0},
    "match-leads": {"task": "claims.tasks.match_leads", "schedule": 60.0},
    "match-leads-again": {"task": "claims.tasks.match_leads_again", "schedule": 600.0},
    "count-words": {"task": "claims.tasks.count_words", "schedule": crontab(hour="2", minute="20")},
    "suggest-duplicates": {
        "task": "claims.tasks.suggest_duplicates",
        "schedule": crontab(hour="3", minute="50"),
    },
    "recount": {"task": "claims.tasks.recount", "schedule": crontab(hour="2", minute="40")},
}


@worker_process_init.connect
def _leave_the_process_group(**_: Any) -> None:
    """Keep a signal meant for the worker from its child, which would drop the task it is doing."""
    if os.getpgid(0) != os.getpid():
        os.setpgid(0, 0)
