"""The mail about stale claims: who gets it, what stands in it, and that it comes once a day."""

from datetime import date
from email import policy
from email.parser import BytesParser

import pytest

from claims.actions.digest import send_digests, set_pace
from claims.actions.errors import Invalid
from claims.actions.follows import follow, unfollow
from claims.actions.mail import send_waiting_mail
from claims.actions.ownership import take
from claims.models import Mail
from claims.tasks import send_digests as task
from tests.actions.threads import at_once
from tests.factories import DAY, NOW, a_claim, a_person, an_assessment, an_item, many_claims, on

pytestmark = pytest.mark.django_db

assert date(2026, 6, 1) == DAY, "a Monday, which the weekly digests below are about"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://claims.example"


@pytest.fixture
def editor():
    return a_person("editor")


def overdue(**words):
    """A claim whose review fell due ten days before DAY."""
    return a_claim(opened_on=on(-30), review_every_days=20, **words)


def send(day=DAY):
    return send_digests(today=day, now=NOW)


def body_to(person):
    return Mail.objects.get(recipients=[person.email]).body


def test_each_editor_gets_one_mail_of_the_claims_that_are_stale():
    editors = [a_person("editor"), a_person("editor", "admin")]
    claims = [overdue() for _ in range(2)]
    send()
    assert [all(claim.title in body_to(editor) for claim in claims) for editor in editors] == [True, True]


def test_nothing_is_sent_where_nothing_is_stale(editor):
    claim = overdue()
    an_assessment(claim)
    assert (send(), Mail.objects.count()) == (0, 0)


@pytest.mark.parametrize(("days", "sent"), [(20, 0), (19, 1)])
def test_a_review_is_told_of_from_the_day_after_it_fell_due(editor, days, sent):
    a_claim(opened_on=on(-20), review_every_days=days)
    assert send() == sent


def test_the_mail_of_a_day_is_sent_once(editor):
    overdue()
    for days in (0, 0, 1):
        send(on(days))
    assert Mail.objects.filter(recipients=[editor.email]).count() == 2


def test_the_mail_of_a_day_is_sent_once_though_more_is_stale_meanwhile(editor):
    for _ in range(2):
        overdue()
        send()
    assert Mail.objects.filter(recipients=[editor.email]).count() == 1


def test_two_senders_at_once_send_one_mail(empty_cloned_db):
    editor = a_person("editor")
    overdue()
    assert sum(at_once(*[send] * 3)) == 1
    assert Mail.objects.filter(recipients=[editor.email]).count() == 1


@pytest.mark.parametrize("many", [1, 12])
def test_a_second_run_takes_as_many_queries_for_many_editors(many, django_assert_num_queries):
    overdue()
    for _ in range(many):
        a_person("editor")
    send()
    with django_assert_num_queries(1):
        send()


def test_ones_own_and_followed_claims_come_before_those_of_nobody(editor):
    claims = {name: overdue(title=name) for name in ("Of nobody", "Owned", "Followed")}
    take(by=editor, claim=claims["Owned"], now=NOW)
    follow(by=editor, claim=claims["Followed"], now=NOW)
    send()
    body = body_to(editor)
    places = [body.index(f"- {name}\n") for name in ("Owned", "Followed", "Of nobody")]
    assert max(places[:2]) < places[2]


def test_a_claim_stands_in_the_mail_once(editor):
    claim = overdue()
    follow(by=editor, claim=claim)
    send()
    assert body_to(editor).count(f"- {claim.title}\n") == 1


def test_claims_of_others_are_left_out(editor):
    claim = overdue()
    take(by=a_person("editor"), claim=claim, now=NOW)
    send()
    assert not Mail.objects.filter(recipients=[editor.email]).exists()


def test_a_claim_that_one_stopped_following_is_left_out(editor):
    claim = overdue()
    take(by=a_person("editor"), claim=claim, now=NOW)
    follow(by=editor, claim=claim)
    unfollow(by=editor, claim=claim)
    send()
    assert not Mail.objects.filter(recipients=[editor.email]).exists()


def test_each_line_says_why_and_where_to_act(editor):
    claim = a_claim(title="A claim of old", slug="a-claim-of-old")
    an_assessment(claim, as_of=on(-10))
    an_item([claim], published=str(on(-3)), title="An item")
    send()
    assert (
        "- A claim of old\n"
        "  1 item that the judgement of 22 May 2026 did not weigh: [1] “An item”.\n"
        "  Assess: https://claims.example/desk/claims/a-claim-of-old/assess/?cites=1\n"
    ) in f"{body_to(editor)}\n"


def test_it_says_how_to_have_it_seldom(editor):
    overdue()
    send()
    assert "https://claims.example/desk/stale/digest/" in body_to(editor)


def test_twenty_claims_are_named_and_the_others_counted(editor):
    many_claims(25, settled_every=0)
    send(on(5000))
    body = body_to(editor)
    assert (body.count("\n- "), "And 5 more: https://claims.example/desk/stale/" in body) == (20, True)


def test_more_than_a_hundred_others_are_not_counted(editor):
    many_claims(130, settled_every=0)
    send(on(5000))
    assert "100+ of nobody’s" in Mail.objects.get(recipients=[editor.email]).subject


@pytest.mark.parametrize(("pace", "days"), [("daily", list(range(15))), ("weekly", [0, 7, 14]), ("off", [])])
def test_it_comes_as_often_as_a_person_wants(editor, pace, days):
    overdue()
    set_pace(by=editor, pace=pace)
    found = []
    for day in range(15):
        before = Mail.objects.filter(recipients=[editor.email]).count()
        send(on(day))
        if Mail.objects.filter(recipients=[editor.email]).count() > before:
            found.append(day)
    assert found == days


def test_a_weekly_mail_that_was_missed_on_monday_comes_on_the_next_day(editor):
    overdue()
    set_pace(by=editor, pace="weekly")
    send()
    assert [send(on(days)) for days in (8, 9)] == [1, 0]


def test_no_other_pace_is_stored(editor):
    with pytest.raises(Invalid):
        set_pace(by=editor, pace="hourly")


@pytest.mark.parametrize("roles", [[], ["analyst"], ["moderator"], ["admin"]])
def test_others_get_none(roles):
    overdue()
    person = a_person(*roles)
    send()
    assert not Mail.objects.filter(recipients=[person.email]).exists()


def test_an_admin_who_owns_a_claim_gets_it():
    admin = a_person("admin")
    take(by=admin, claim=overdue(), now=NOW)
    send()
    assert Mail.objects.filter(recipients=[admin.email]).exists()


def test_the_suspended_get_none():
    overdue()
    editor = a_person("editor", suspended=True)
    send()
    assert not Mail.objects.filter(recipients=[editor.email]).exists()


def test_it_is_delivered(editor, settings, tmp_path):
    settings.MAIL_DELIVERY_BACKEND, settings.EMAIL_FILE_PATH = "claims.notify.mail.FolderBackend", tmp_path
    claim = overdue(title="Nächste Runde – 停戦")
    send()
    send_waiting_mail(now=NOW)
    [file] = tmp_path.iterdir()
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    assert (message["To"], message["Subject"]) == (editor.email, "Stale on 1 Jun 2026: 1 of nobody’s")
    assert claim.title in message.get_content()


def test_the_task_sends_it(editor):
    a_claim(opened_on=on(-300), review_every_days=20)
    task()
    task()
    assert Mail.objects.filter(recipients=[editor.email]).count() == 1
