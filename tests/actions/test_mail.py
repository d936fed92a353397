"""Mail: queued with the act that causes it, sent after it, tried again when it fails."""

import errno
import stat
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from claims.actions import mail as mail_actions
from claims.actions.acts import act
from claims.actions.errors import WrongState
from claims.actions.mail import forget_mail, queue_mail, send_waiting_mail, tell
from claims.models import Mail
from claims.notify.mail import FolderBackend
from tests.actions.threads import at_once
from tests.factories import NOW, a_person

SENT: list[EmailMultiAlternatives] = []


class Delivers(BaseEmailBackend):
    """Keeps what it is given."""

    def send_messages(self, email_messages):
        SENT.extend(email_messages)
        return len(email_messages)


class Refuses(BaseEmailBackend):
    """A mail server that is out of order."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("nobody listens")


@pytest.fixture(autouse=True)
def _delivered(settings):
    SENT.clear()
    settings.MAIL_DELIVERY_BACKEND = f"{__name__}.Delivers"
    settings.EMAIL_BACKEND = "claims.notify.mail.QueuedBackend"


@pytest.fixture
def refused(settings):
    settings.MAIL_DELIVERY_BACKEND = f"{__name__}.Refuses"


@pytest.fixture
def woken(monkeypatch):
    tasks = []
    monkeypatch.setattr(mail_actions, "wake", tasks.append)
    return tasks


def a_message(to="reader@example.org", **words):
    return EmailMultiAlternatives("A subject", "A body", "site@example.org", [to], **words)


def test_a_message_is_queued_and_not_sent(db):
    queue_mail([a_message()], now=NOW)
    assert (Mail.objects.count(), SENT) == (1, [])


def test_the_sender_is_woken_after_the_commit(db, woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue_mail([a_message()], now=NOW)
        assert woken == []
    assert woken == ["claims.tasks.sweep_mail"]


def test_a_message_of_an_act_that_fails_is_never_sent(db, woken, django_capture_on_commit_callbacks):
    @act
    def failing():
        queue_mail([a_message()], now=NOW)
        raise WrongState("No.")

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(WrongState):
        failing()
    assert (Mail.objects.count(), woken) == (0, [])


def test_what_waits_is_sent(db):
    queue_mail([a_message()], now=NOW)
    send_waiting_mail(now=NOW)
    assert [(message.to, message.subject, message.body) for message in SENT] == [
        (["reader@example.org"], "A subject", "A body")
    ]


def test_it_says_how_many_went_out(db):
    queue_mail([a_message(), a_message()], now=NOW)
    assert send_waiting_mail(now=NOW) == 2


def test_a_message_is_sent_once(db):
    queue_mail([a_message()], now=NOW)
    send_waiting_mail(now=NOW)
    assert send_waiting_mail(now=NOW + timedelta(days=1)) == 0


def test_the_other_form_of_a_message_is_sent_too(db):
    message = a_message()
    message.attach_alternative("<p>A body</p>", "text/html")
    queue_mail([message], now=NOW)
    send_waiting_mail(now=NOW)
    assert SENT[0].alternatives[0] == ("<p>A body</p>", "text/html")


def test_a_message_that_failed_stays(db, refused):
    queue_mail([a_message()], now=NOW)
    send_waiting_mail(now=NOW)
    waiting = Mail.objects.get()
    assert (waiting.sent_at, waiting.tries, waiting.failure) == (None, 1, "nobody listens")


def test_one_that_fails_does_not_hold_up_the_next(db, settings):
    queue_mail([a_message("a@example.org"), a_message("b@example.org")], now=NOW)

    class RefusesOne(Delivers):
        def send_messages(self, email_messages):
            if email_messages[0].to == ["a@example.org"]:
                raise ConnectionRefusedError
            return super().send_messages(email_messages)

    globals()["RefusesOne"] = RefusesOne
    settings.MAIL_DELIVERY_BACKEND = f"{__name__}.RefusesOne"
    assert send_waiting_mail(now=NOW) == 1


def test_it_waits_twice_as_long_each_time(db, refused):
    queue_mail([a_message()], now=NOW)
    waits, now = [], NOW
    for _ in range(5):
        send_waiting_mail(now=now)
        after = Mail.objects.get().try_after
        waits.append((after - now).total_seconds() / 60)
        now = after
    assert waits == [2, 4, 8, 16, 32]


def test_it_is_not_tried_before_its_time(db, refused):
    queue_mail([a_message()], now=NOW)
    send_waiting_mail(now=NOW)
    send_waiting_mail(now=NOW + timedelta(seconds=119))
    assert Mail.objects.get().tries == 1


def test_it_is_given_up_after_twelve_tries(db, refused):
    queue_mail([a_message()], now=NOW)
    for days in range(20):
        send_waiting_mail(now=NOW + timedelta(days=7 * days))
    assert Mail.objects.get().tries == 12


def test_it_goes_out_when_the_server_is_back(db, refused, settings):
    queue_mail([a_message()], now=NOW)
    send_waiting_mail(now=NOW)
    settings.MAIL_DELIVERY_BACKEND = f"{__name__}.Delivers"
    assert send_waiting_mail(now=NOW + timedelta(minutes=2)) == 1


def test_djangos_own_mail_is_queued_too(db):
    send_mail("Reset", "A link", None, ["reader@example.org"])
    assert Mail.objects.get().recipients == ["reader@example.org"]


@pytest.fixture
def folder(settings, tmp_path):
    settings.MAIL_DELIVERY_BACKEND = "claims.notify.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def test_a_message_goes_to_the_folder_that_is_set(db, folder):
    queue_mail([a_message()], now=NOW)
    send_waiting_mail(now=NOW)
    [file] = folder.iterdir()
    assert "Subject: A subject" in file.read_text()


def test_nobody_else_reads_the_folder(db, folder):
    queue_mail([a_message()], now=NOW)
    send_waiting_mail(now=NOW)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_message_stays_while_the_disk_is_full(db, folder, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    queue_mail([a_message()], now=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(FolderBackend, "open", full)
        assert send_waiting_mail(now=NOW) == 0
    assert send_waiting_mail(now=NOW + timedelta(minutes=2)) == 1


def test_a_worker_that_dies_after_sending_sends_it_again_under_the_same_name(db, monkeypatch):
    def dies(*_, **__):
        raise SystemExit

    queue_mail([a_message()], now=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(Mail, "save", dies)
        with pytest.raises(SystemExit):
            send_waiting_mail(now=NOW)
    send_waiting_mail(now=NOW)
    assert [sent.extra_headers["Message-ID"] for sent in SENT] == [f"<{Mail.objects.get().id}@example.org>"] * 2


@pytest.mark.parametrize("who", ["nobody", "themselves", "the suspended", "the house"])
def test_some_are_not_told(db, who):
    person = {"nobody": None, "the suspended": a_person(suspended=True)}.get(who, a_person())
    if who == "the house":
        person.email = "editors@resetwatch.invalid"
    tell(person, subject="S", body="B", now=NOW, unless=person if who == "themselves" else None)
    assert not Mail.objects.exists()


def test_a_subject_of_several_lines_adds_no_header(db):
    tell(a_person(), subject="A title\nBcc: all@example.org", body="B", now=NOW)
    assert Mail.objects.get().subject == "A title Bcc: all@example.org"


def test_two_sweeps_at_once_send_each_message_once(empty_cloned_db):
    queue_mail([a_message() for _ in range(20)], now=NOW)
    assert sum(at_once(*[lambda: send_waiting_mail(now=NOW)] * 3)) == len(SENT) == 20


def test_nothing_is_sent_while_its_act_is_under_way(empty_cloned_db):
    with transaction.atomic():
        queue_mail([a_message()], now=NOW)
        at_once(lambda: send_waiting_mail(now=NOW))
    assert SENT == []


def test_mail_sent_over_a_month_ago_is_forgotten(db):
    queue_mail([EmailMultiAlternatives("Sign in", "link", "a@example.org", ["b@example.org"])], now=NOW)
    send_waiting_mail(now=NOW)
    assert forget_mail(now=NOW + timedelta(days=29)) == 0
    assert forget_mail(now=NOW + timedelta(days=31)) == 1


def test_mail_that_still_waits_is_not_forgotten(db):
    queue_mail([EmailMultiAlternatives("Sign in", "link", "a@example.org", ["b@example.org"])], now=NOW)
    assert forget_mail(now=NOW + timedelta(days=31)) == 0
