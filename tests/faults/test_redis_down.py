"""Without Redis: writes succeed, what they set off waits in the database and is caught up with."""

import os
import signal
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from claims.actions import wake as wake_module
from claims.actions.decide import approve, reject
from claims.actions.judge import assess
from claims.actions.log_evidence import log_evidence
from claims.actions.mail import SWEEP
from claims.actions.open_claim import open_claim
from claims.actions.ownership import hand_over
from claims.actions.wake import wake
from claims.models import Claim, Event, Evidence, Mail
from resetwatch.services.processes import number_in
from resetwatch.services.valkey import Valkey
from tests.factories import (
    DAY,
    a_claim,
    a_judgement,
    a_person,
    a_source,
    an_article,
    an_item,
    bearings_on,
    claim_words,
    item_words,
)
from tests.fixtures.processes import running_worker
from tests.fixtures.redis import _lead_queue_to
from tests.fixtures.waiting import wait_until


@pytest.fixture(autouse=True)
def _nothing_was_tried(monkeypatch):
    monkeypatch.setattr(wake_module, "_not_before", 0.0)


def test_logging_succeeds(redis_down, empty_cloned_db):
    log_evidence(by=a_person("editor"), words=item_words(source=a_source()), bearings=bearings_on(a_claim()), today=DAY)
    assert Evidence.objects.get().state == "published"


def test_opening_and_judging_succeed(redis_down, empty_cloned_db):
    editor = a_person("editor")
    claim = open_claim(by=editor, article=an_article(), paragraph=1, kind="fact", words=claim_words(), today=DAY)
    assess(by=editor, claim=claim, judgement=a_judgement(), today=DAY)
    assert Claim.objects.get().probability is not None


def test_a_decision_that_sends_mail_succeeds_and_the_mail_waits(redis_down, empty_cloned_db):
    approve(by=a_person("moderator"), evidence=an_item(by=a_person("analyst")), today=DAY)
    assert (Event.objects.filter(verb="evidence-approved").count(), Mail.objects.get().sent_at) == (1, None)


def handed_over(to):
    """An act whose mail goes out at once, not when it can no longer be undone."""
    return hand_over(by=a_person("admin"), claim=a_claim(), to=to)


def test_it_says_in_the_log_that_the_queue_is_away(redis_down, empty_cloned_db, caplog):
    handed_over(to=a_person("editor"))
    assert "The queue is away" in caplog.text


def test_many_acts_in_a_row_are_not_held_up(redis_down, empty_cloned_db):
    moderator, editor, source = a_person("moderator"), a_person("editor"), a_source()
    items = [an_item(by=a_person("analyst"), source=source) for _ in range(10)]
    began = time.monotonic()
    for item in items:
        reject(by=moderator, evidence=item, reason="Spam.", today=DAY)
        handed_over(to=editor)
    assert time.monotonic() - began < 5


def test_the_queue_is_tried_again_after_a_pause(redis_down, caplog, monkeypatch):
    for seconds in (100.0, 109.0, 111.0):
        monkeypatch.setattr(wake_module.time, "monotonic", lambda now=seconds: now)
        wake(SWEEP)
    assert caplog.text.count("The queue is away") == 2


@pytest.fixture
def own_redis(tmp_path):
    """A server of this test's own, to be killed; the queue leads to it."""
    server = Valkey(tmp_path / "redis")
    with pytest.MonkeyPatch.context() as patch:
        server.start()
        patch.setitem(os.environ, "REDIS_URL", server.url)
        patch.setitem(os.environ, "CACHE_URL", server.url)
        _lead_queue_to(server.url)
        yield server
    server.stop()
    _lead_queue_to(settings.REDIS_URL)


def kill(server):
    """As a power cut would."""
    os.kill(number_in(server.data / "valkey.pid", server.data), signal.SIGKILL)
    wait_until(lambda: not server.is_up())


def test_a_redis_that_hangs_is_given_up(own_redis, caplog):
    pid = number_in(own_redis.data / "valkey.pid", own_redis.data)
    os.kill(pid, signal.SIGSTOP)
    try:
        wake(SWEEP)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert "The queue is away" in caplog.text


def sweep_as_beat_does():
    current_app.send_task(SWEEP)


def sent():
    return Mail.objects.exclude(sent_at=None).exists()


def test_mail_of_the_time_without_redis_goes_out_when_it_is_back(own_redis, empty_cloned_db, tmp_path):
    with running_worker(empty_cloned_db.url, tmp_path / "worker.log"):
        kill(own_redis)
        handed_over(to=a_person("editor"))
        own_redis.start()
        sweep_as_beat_does()
        wait_until(sent, within=40)


def test_mail_whose_call_was_lost_with_the_queue_goes_out_by_the_next_sweep(own_redis, empty_cloned_db, tmp_path):
    handed_over(to=a_person("editor"))
    with own_redis.client() as client:
        client.flushall()
    with running_worker(empty_cloned_db.url, tmp_path / "worker.log"):
        sweep_as_beat_does()
        wait_until(sent, within=20)


def test_with_redis_up_mail_goes_out_by_itself_to_a_folder(celery_worker, cloned_db):
    editor = a_person("editor")
    handed_over(to=editor)
    wait_until(sent, within=20)
    folder = settings.VAR_DIR / "mail"
    assert any(f"To: {editor.email}" in file.read_text() for file in folder.iterdir())


def test_a_sweep_that_came_twice_sends_once(celery_worker, cloned_db):
    Mail.objects.create(
        recipients=["twice@example.org"], sender="site@example.org", subject="Once", body="B", made_at=timezone.now(),
        try_after=timezone.now() - timedelta(seconds=1),
    )  # fmt: skip
    sweep_as_beat_does()
    sweep_as_beat_does()
    wait_until(sent, within=20)
    wait_until(lambda: celery_worker.log().count("succeeded") >= 2, within=20)
    assert Mail.objects.get().tries == 1
