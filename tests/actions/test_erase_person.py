"""Erasing a person's data: what goes, what stays without a name, who may."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from claims import names
from claims.actions.destroy import REMOVED
from claims.actions.erase_person import FORMER, erase_person
from claims.actions.errors import Invalid, NotAllowed, WrongState
from claims.actions.feeds import watch_feed
from claims.actions.flags import decide_flag, flag
from claims.actions.holds import hold
from claims.actions.leads import assign_lead
from claims.actions.log_evidence import log_evidence
from claims.actions.mail import tell
from claims.actions.merge import dismiss_merge, suggest_merge
from claims.actions.ownership import hand_over, release, take
from claims.actions.people import ensure_house_person, set_roles
from claims.actions.permissions import Right, may
from claims.actions.revise_evidence import discard_draft
from claims.actions.suggestions import decide_suggestion, suggest
from claims.actions.trust import set_trust
from claims.actions.unsent import keep_unsent
from claims.models import (
    ActKey,
    Bearing,
    ClaimOwner,
    Event,
    EventBody,
    Evidence,
    Flag,
    Hold,
    Mail,
    Redaction,
    Unsent,
    User,
    UserRole,
    Verb,
)
from tests.actions.test_commitment import recomputed
from tests.actions.threads import at_once
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_item, item_words
from tests.web.desk import signed_out

pytestmark = pytest.mark.django_db

WHY = {"reason": "The person asked for it.", "legal_basis": "data-protection", "today": DAY}


def erased(person, *, by=None, **why):
    erase_person(by=by or a_person("admin"), person=person, **{**WHY, **why})
    return User.objects.get(id=person.id)


@pytest.fixture
def person():
    """An analyst with a name that stands nowhere else, and an account as a real one has."""
    person = a_person("analyst", name="Wilhelmina Unseenname")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email="other@unseen.example", verified=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    return person


def test_the_row_stays_and_says_nothing_of_the_person(person):
    User.objects.filter(id=person.id).update(trusted_at=NOW, suspended_at=NOW, last_login=NOW)
    row = erased(person, now=NOW)
    assert (row.name, row.email, row.anonymised_at) == (FORMER, f"{person.id}@erased.invalid", NOW)
    assert (row.trusted_at, row.suspended_at, row.last_login) == (None, None, None)


def test_nobody_signs_in_with_it(person):
    person.set_password("a-long-enough-one")
    person.save()
    row = erased(person)
    assert not row.has_usable_password()
    assert not row.is_active


def test_addresses_keys_and_roles_go(person):
    erased(person)
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert not UserRole.objects.filter(user=person).exists()
    assert not may(User.objects.get(id=person.id), Right.FLAG)


def test_sessions_of_the_person_end_and_no_others(person):
    own, other = Client(), Client()
    own.force_login(person)
    other.force_login(a_person())
    erased(person)
    assert [session.pk for session in Session.objects.all()] == [other.session.session_key]


def test_a_form_that_waits_for_the_person_to_sign_in_goes(person):
    own, other = signed_out(Client(), person), signed_out(Client(), a_person("analyst"))
    Session.objects.all().delete()
    for client in (own, other):
        client.post("/desk/log/", {"title": "Typed"})
    erased(person)
    assert [session.pk for session in Session.objects.all()] == [other.session.session_key]


def test_mail_to_any_of_their_addresses_goes(person):
    tell(person, subject="Hello", body="Wilhelmina!", now=NOW)
    Mail.objects.create(
        recipients=["OTHER@unseen.example"], sender="s@example.org", subject="S", body="B", made_at=NOW, try_after=NOW
    )
    tell(a_person(), subject="Hello", body="You.", now=NOW)
    erased(person)
    assert Mail.objects.count() == 1


def test_what_was_said_about_them_goes(person):
    set_roles(by=a_person("admin"), person=person, roles=["analyst"], today=DAY)
    set_trust(by=a_person("moderator"), person=person, trusted=True, reason="I know her.", today=DAY)
    erased(person)
    told = Event.objects.filter(subject_id=person.id).exclude(verb=Verb.PERSON_ERASED)
    assert told.count() == 2
    assert not EventBody.objects.filter(event__in=told).exists()


def test_a_tombstone_says_that_and_why_and_not_who(person):
    set_roles(by=a_person("admin"), person=person, roles=["analyst"], today=DAY)
    admin = a_person("admin")
    erased(person, by=admin)
    event = Event.objects.get(verb=Verb.PERSON_ERASED)
    assert (event.actor, event.subject_id) == (admin, person.id)
    assert event.body.payload == {"reason": WHY["reason"], "legal_basis": "data-protection", "bodies": 1}
    assert Redaction.objects.get().tombstone_id == event.id


def test_the_flags_that_they_sent_say_nothing_any_more(person):
    row = flag(by=person, kind="claim", subject_id=a_claim().id, reason="other", note="I am Wilhelmina.", today=DAY)
    decide_flag(by=a_person("moderator"), flag=row, upheld=False, answer="Dear Wilhelmina.", today=DAY)
    erased(person)
    row.refresh_from_db()
    assert (row.note, row.answer) == ("", REMOVED)
    assert not EventBody.objects.filter(event__subject_id=row.id).exists()


def test_what_they_wrote_beside_suggested_addresses_says_nothing_any_more(person):
    row = suggest(by=person, address="https://example.org/", note="I am Wilhelmina.", today=DAY)
    dismissed = {"taken": False, "answer": "Dear Wilhelmina.", "today": DAY}
    decide_suggestion(by=a_person("moderator"), suggestion=row, **dismissed)
    erased(person)
    row.refresh_from_db()
    assert (row.note, row.answer) == ("", REMOVED)
    assert not EventBody.objects.filter(event__subject_id=row.id).exists()


def test_the_flags_of_others_stay(person):
    row = flag(by=a_person(), kind="claim", subject_id=a_claim().id, reason="other", note="Look.", today=DAY)
    erased(person)
    assert Flag.objects.get(id=row.id).note == "Look."


def test_drafts_that_nobody_else_saw_are_deleted(person):
    draft = an_item([a_claim()], by=person, draft=True)
    thrown = an_item(by=person, draft=True)
    discard_draft(by=person, evidence=thrown)
    erased(person)
    assert not Evidence.objects.filter(id__in=[draft.id, thrown.id]).exists()
    assert not Bearing.objects.filter(evidence=draft.id).exists()


def test_what_they_left_unsent_is_deleted(person):
    other = a_person("analyst")
    for one in (person, other):
        keep_unsent(by=one, place="/desk/log/", fields={"title": ["Begun"]}, now=NOW)
    erased(person)
    assert [row.person for row in Unsent.objects.all()] == [other]


def test_drafts_of_others_stay(person):
    draft = an_item(by=a_person("analyst"), draft=True)
    erased(person)
    assert Evidence.objects.filter(id=draft.id).exists()


def test_what_they_published_stays_by_a_former_member(person):
    item = an_item([a_claim()], by=person)
    erased(person)
    item.refresh_from_db()
    assert (item.title != "", item.by.name) == (True, FORMER)
    assert EventBody.objects.filter(event__subject_id=item.id).count() == 1


def test_the_keys_of_their_acts_go(person):
    log_evidence(by=person, words=item_words(source=a_source()), key="k" * 9, today=DAY)
    erased(person)
    assert not ActKey.objects.exists()


def test_no_row_names_the_person_any_more(person):
    an_item([a_claim()], by=person)
    set_trust(by=a_person("moderator"), person=person, trusted=True, reason="Wilhelmina Unseenname.", today=DAY)
    tell(person, subject="Dear Wilhelmina Unseenname", body="Yes.", now=NOW)
    assert {"person", "event_body", "mail"} <= tables_with("Unseenname")
    erased(person)
    assert tables_with("Unseenname") | tables_with(person.email) == set()


def test_no_row_of_the_desk_says_what_they_wrote_or_names_them(person):
    set_roles(by=a_person("admin"), person=person, roles=["editor", "moderator"], today=DAY)
    claim, other = a_claim(), a_person("editor")
    take(by=person, claim=claim)
    hand_over(by=person, claim=claim, to=other)
    hand_over(by=other, claim=claim, to=person)
    release(by=a_person("admin"), claim=claim)
    row = suggest(by=person, address="https://example.org/page", note="I, Unseenname, saw it.", today=DAY)
    assign_lead(by=person, lead=row.lead, to=person)
    decide_suggestion(by=a_person("moderator"), suggestion=row, taken=False, answer="Unseenname, no.", today=DAY)
    watch_feed(by=person, address="https://paper.example/rss")
    said = "So says Unseenname."
    first, second, third = (an_item() for _ in range(3))
    dismiss_merge(
        by=a_person("moderator"),
        merge=suggest_merge(by=person, kind="evidence", duplicate=first.id, into=second.id, because=said),
    )
    suggest_merge(by=person, kind="evidence", duplicate=first.id, into=third.id, because=said)
    keep_unsent(by=person, place="/desk/log/", fields={"title": [said]}, now=NOW)
    hold(by=person, kind="evidence", subject=an_item(by=a_person("analyst")).id, now=NOW)
    assert {"suggestion", "merge", "unsent", "mail", "event_body"} <= tables_with("Unseenname")
    erased(person)
    assert tables_with("Unseenname") | tables_with(person.email) == set()
    left = (
        Hold.objects.filter(by=person),
        ClaimOwner.objects.filter(owner=person),
        Unsent.objects.filter(person=person),
    )
    assert [rows.count() for rows in left] == [0, 0, 0]


def tables_with(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        found = set()
        for [table] in cursor.fetchall():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" one WHERE strpos(one::text, %s) > 0)', [words])
            if cursor.fetchone() == (True,):
                found.add(table)
        return found


def test_every_commitment_of_other_acts_can_still_be_worked_out(person):
    an_item([a_claim()], by=person)
    set_roles(by=a_person("admin"), person=person, roles=["analyst"], today=DAY)
    erased(person)
    rest = Event.objects.filter(body__isnull=False)
    assert rest.count() > 4
    assert all(bytes(event.commitment) == recomputed(event) for event in rest)


def test_pages_that_show_the_name_are_renewed(person, django_capture_on_commit_callbacks):
    claim = a_claim()
    item = an_item([claim], by=person)
    seen = set()

    def see(names, **_):
        seen.update(names)

    names.touched.connect(see)
    with django_capture_on_commit_callbacks(execute=True):
        erased(person)
    names.touched.disconnect(see)
    assert {f"evidence:{item.id}", f"claim:{claim.id}", f"person:{person.id}", "lists"} <= seen


# --- Who, and whom ---


def test_an_admin_does_not_erase_their_own_data():
    admin = a_person("admin")
    a_person("admin")
    with pytest.raises(NotAllowed, match="Another admin"):
        erased(admin, by=admin)


def test_another_admin_is_erased_like_anybody():
    other = a_person("admin")
    assert erased(other).anonymised_at


@pytest.mark.parametrize("standing", ["analyst", "editor", "moderator"])
def test_only_an_admin_erases(person, standing):
    with pytest.raises(NotAllowed):
        erased(person, by=a_person(standing))


def test_who_was_unseated_meanwhile_erases_nobody(person):
    unseated = a_person("admin")
    may(unseated, Right.REDACT)  # as it stood when the request began
    UserRole.objects.filter(user=unseated).delete()
    with pytest.raises(NotAllowed):
        erased(person, by=unseated)


def test_the_sites_own_account_is_nobodys():
    with pytest.raises(WrongState, match="own account"):
        erased(ensure_house_person())


def test_a_person_is_erased_once(person):
    erased(person)
    with pytest.raises(WrongState, match="erased already"):
        erased(person)


@pytest.mark.parametrize(("why", "field"), [({"reason": " "}, "reason"), ({"legal_basis": "whim"}, "legal_basis")])
def test_it_needs_a_reason_and_a_legal_basis(person, why, field):
    with pytest.raises(Invalid) as refused:
        erased(person, **why)
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("told", ["Wilhelmina Unseenname", "other@unseen.example"])
def test_the_reason_does_not_name_the_person(person, told):
    with pytest.raises(Invalid, match="repeats what is removed"):
        erased(person, reason=f"Asked for by {told}.")


class TestTwoAdmins:
    def test_who_erase_each_other_leave_one(self, empty_cloned_db):
        one, other = a_person("admin"), a_person("admin")
        at_once(
            lambda: erase_person(by=one, person=other, **WHY),
            lambda: erase_person(by=other, person=one, **WHY),
        )
        assert UserRole.objects.filter(role="admin").count() == 1
