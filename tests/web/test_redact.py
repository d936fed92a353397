"""The pages to redact an item and to erase a person's data, and what stands in their place afterwards."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from claims import names
from claims.actions.decide import reject, return_to_author, withdraw
from claims.actions.erase_person import erase_person
from claims.actions.flags import flag
from claims.actions.judge import assess
from claims.actions.redact import redact_evidence
from claims.actions.revise_evidence import link_evidence
from claims.actions.sources import grade_source
from claims.models import Claim, Event, Evidence, Role, User
from tests.factories import DAY, a_claim, a_judgement, a_person, an_assessment, an_item, the_house
from tests.web.desk import text_of, told
from tests.web.test_renewal import read, stale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


@pytest.fixture
def admin(client: Client) -> User:
    person = a_person("admin", name="Ada Admin")
    client.force_login(person)
    return person


def redact_path(item: Evidence) -> str:
    return f"/moderation/evidence/{item.id}/redact/"


def erase_path(person: User) -> str:
    return f"/moderation/people/{person.id}/erase/"


def sent(**instead: str) -> dict[str, str]:
    form = {"legal_basis": "court-order", "reason": "A court forbade it.", "sure": "on", "version": "1"}
    return {name: value for name, value in {**form, **instead}.items() if value}


def redacted(client: Client, item: Evidence, **instead: str):
    return client.post(redact_path(item), sent(**instead))


def state_of(item: Evidence) -> str:
    return Evidence.objects.get(id=item.id).state


# --- Before ---


def test_it_says_what_goes_and_what_stays(client: Client, admin: User) -> None:
    claim = a_claim()
    item = an_item([claim], title="A man is named")
    an_assessment(claim, cites=[item])
    flag(by=None, kind="evidence", subject_id=item.id, reason="unlawful", note="It names me.", today=DAY)
    page = text_of(client.get(redact_path(item)))
    assert "A man is named" in page
    assert "1 flag on it, with what was answered" in page
    assert "1 judgement cites it. Its words stay as they were written." in page


def test_other_items_with_the_address_are_named(client: Client, admin: User) -> None:
    twin = reject(by=a_person("moderator"), evidence=an_item(by=a_person("analyst")), reason="Spam.", today=DAY)
    item = an_item(address=twin.address)
    assert redact_path(twin) in client.get(redact_path(item)).text


def test_a_draft_that_nobody_else_saw_is_not_found(client: Client, admin: User) -> None:
    draft = an_item(by=a_person("analyst"), draft=True, title="Still private")
    answer = client.get(redact_path(draft))
    assert (answer.status_code, "Still private" in answer.text) == (404, False)


def test_whoever_leaves_it_goes_where_the_item_is_seen(client: Client, admin: User) -> None:
    waits = an_item(by=a_person("analyst"))
    returned = return_to_author(by=admin, evidence=an_item(by=a_person("analyst")), reason="Date?", today=DAY)
    for item, place in ((an_item(), "/evidence/"), (waits, "/moderation/evidence/"), (returned, "/moderation/")):
        page = client.get(redact_path(item)).text
        [leave] = re.findall(r'href="([^"]*)">Leave it', page)
        assert (leave.startswith(place), client.get(leave).status_code) == (True, 200)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.EDITOR, Role.MODERATOR])
def test_others_are_not_let_in(client: Client, role: str) -> None:
    client.force_login(a_person(role))
    item, person = an_item(), a_person()
    assert client.get(redact_path(item)).status_code == 403
    assert redacted(client, item).status_code == 403
    assert client.post(erase_path(person), sent()).status_code == 403
    assert state_of(item) == "published"


def test_admins_alone_are_offered_it(client: Client, admin: User) -> None:
    item = an_item()
    path = redact_path(item)
    assert path in client.get(f"/evidence/{item.id}/").text
    client.force_login(a_person("moderator"))
    assert path not in client.get(f"/evidence/{item.id}/").text


def test_it_is_offered_of_a_withdrawn_item_and_of_one_that_waits(client: Client, admin: User) -> None:
    gone = withdraw(by=admin, evidence=an_item(), reason="Forged.", today=DAY)
    waits = an_item(by=a_person("analyst"))
    assert redact_path(gone) in client.get(f"/evidence/{gone.id}/").text
    assert redact_path(waits) in client.get(f"/moderation/evidence/{waits.id}/").text


@pytest.mark.parametrize("n", [1, 30])
def test_the_number_of_queries_is_fixed(client: Client, admin: User, django_assert_num_queries, n: int) -> None:
    item = an_item([a_claim() for _ in range(n)])
    for _ in range(n):
        flag(by=None, kind="evidence", subject_id=item.id, reason="date", today=DAY)
    with django_assert_num_queries(5):  # session, person, roles; the item, its twins
        client.get(redact_path(item))


# --- Redacting ---


def test_it_redacts_and_leads_to_what_stands_there_now(client: Client, admin: User) -> None:
    item = an_item(title="A man is named")
    answer = redacted(client, item)
    assert (answer.status_code, answer["Location"]) == (302, f"/evidence/{item.id}/")
    assert state_of(item) == "redacted"
    assert told(client.get("/moderation/")) == ["The item is redacted. What other people or backups keep of it is not."]


@pytest.mark.parametrize("field", ["legal_basis", "reason", "sure"])
def test_each_field_is_needed(client: Client, admin: User, field: str) -> None:
    item = an_item()
    answer = redacted(client, item, **{field: ""})
    assert (answer.status_code, state_of(item)) == (422, "published")
    assert answer.context["form"].errors[field]


def test_it_keeps_what_was_typed(client: Client, admin: User) -> None:
    page = redacted(client, an_item(), sure="").text
    assert "A court forbade it." in page
    assert 'value="court-order"' in page
    assert "checked" in page[page.index('value="court-order"') :][:120]


def test_a_reason_that_repeats_the_title_is_refused(client: Client, admin: User) -> None:
    item = an_item(title="John Doe of Poznań")
    answer = redacted(client, item, reason="It says that John Doe of Poznań did it.")
    assert (answer.status_code, state_of(item)) == (422, "published")
    assert "it repeats what is removed" in text_of(answer)


def test_a_stale_version_is_a_conflict_and_keeps_what_was_typed(client: Client, admin: User) -> None:
    item = an_item()
    answer = redacted(client, item, version="7")
    assert (answer.status_code, state_of(item)) == (409, "published")
    assert "A court forbade it." in answer.text


def test_twice_is_a_conflict(client: Client, admin: User) -> None:
    item = an_item()
    redacted(client, item)
    answer = redacted(client, item, version="2")
    assert answer.status_code == 409
    assert "The item is redacted already." in answer.text


# --- In its place ---


@pytest.fixture
def gone(client: Client, admin: User) -> Evidence:
    item = an_item([a_claim()], title="A man is named", address="https://paper.example/a-man")
    redacted(client, item)
    client.logout()
    return item


def test_its_page_says_that_when_and_why_and_not_what(client: Client, gone: Evidence) -> None:
    answer = client.get(f"/evidence/{gone.id}/")
    assert answer.status_code == 410
    assert "on legal grounds: a court order." in answer.text
    assert "A court forbade it." in answer.text
    assert "A man" not in answer.text


def test_its_page_has_no_other_date(client: Client, gone: Evidence) -> None:
    assert client.get(f"/evidence/{gone.id}/?as_of={DAY}").status_code == 410


def test_its_history_keeps_who_did_what_and_why_it_is_gone(client: Client, gone: Evidence) -> None:
    page = text_of(client.get(f"/evidence/{gone.id}/history/"))
    assert "Content removed on legal grounds" in page
    assert "Legal basis: a court order" in page
    assert "A court forbade it." in page
    assert "Ada Admin" in page
    assert "Logged" in page
    assert "A man" not in page


def test_the_commitment_of_each_act_is_still_shown(client: Client, gone: Evidence) -> None:
    page = client.get(f"/evidence/{gone.id}/history/").text
    events = Event.objects.filter(subject_id=gone.id)
    assert events.count() == 2
    assert all(bytes(event.commitment).hex() in page for event in events)


def test_the_claim_s_history_tells_it(client: Client, gone: Evidence) -> None:
    slug = gone.bearings.get().claim.slug
    page = text_of(client.get(f"/claims/{slug}/history/"))
    assert "A court forbade it." in page
    assert "A man" not in page


def test_an_item_that_never_was_public_has_the_same_in_its_place(client: Client, admin: User) -> None:
    item = an_item(by=a_person("analyst"))
    redacted(client, item)
    assert client.get(f"/evidence/{item.id}/").status_code == 410


def test_a_citation_of_it_keeps_its_number_and_is_struck_through(client: Client, admin: User) -> None:
    claim = a_claim()
    item = an_item([claim], title="A man is named")
    an_assessment(claim, cites=[item])
    before = client.get(f"/claims/{claim.slug}/").text
    redacted(client, item)
    page = client.get(f"/claims/{claim.slug}/").text
    assert "A man is named" in before
    assert "A man is named" not in page
    assert 'title="taken off the site"><del>1</del>' in page


@pytest.mark.parametrize("path", ["/moderation/evidence/{}/", "/desk/evidence/{}/revise/", "/flag/evidence/{}/"])
def test_pages_that_work_on_it_say_that_it_is_not_there(client: Client, admin: User, path: str) -> None:
    item = an_item()
    redacted(client, item)
    assert client.get(path.format(item.id)).status_code in (404, 409, 410)


def test_a_flag_on_it_can_still_be_answered(client: Client, admin: User) -> None:
    first, item = an_item(), an_item()
    for one in (first, item):
        row = flag(by=None, kind="evidence", subject_id=one.id, reason="unlawful", note="It names me.", today=DAY)
    redacted(client, item)
    assert "An item that was redacted" in client.get("/moderation/").text
    page = client.get(f"/moderation/flags/{row.id}/")
    assert "What was flagged is not there any more." in page.text
    answer = client.post(f"/moderation/flags/{row.id}/", {"decision": "upheld", "answer": "It is removed."})
    assert answer.status_code == 302


def test_its_author_sees_that_it_is_redacted(client: Client, admin: User) -> None:
    author = a_person("analyst")
    item = an_item(by=author)
    redacted(client, item)
    client.force_login(author)
    page = client.get("/desk/mine/?state=redacted").text
    assert f'<a href="/evidence/{item.id}/">An item that was redacted</a>' in page


# --- What is kept of pages ---


@dataclass(frozen=True)
class Shown:
    """Pages that show an item or its author, as `read` of tests/web/test_renewal.py takes them."""

    paths: list[str]

    def pages(self) -> list[str]:
        return self.paths


def around(item: Evidence, other: Evidence, claim: Claim) -> Shown:
    things = (
        f"/claims/{claim.slug}/",
        f"/articles/{claim.article.slug}/",
        f"/evidence/{item.id}/",
        f"/evidence/{other.id}/",
        f"/sources/{item.source.slug}/",
    )
    lists = ("/", "/claims/", "/articles/", "/sources/", "/changes/", f"/claims/{claim.slug}/?as_of={DAY}")
    return Shown([*things, *(f"{path}history/" for path in things), *lists])


@pytest.mark.parametrize("act", ["redact the item", "erase its author"])
def test_each_page_that_it_changes_is_renewed(
    client: Client, django_capture_on_commit_callbacks: Any, act: str
) -> None:
    claim, author = a_claim(), a_person("analyst", "editor", name="W. Unseenname")
    item, other = an_item([claim], by=author, story="the-event"), an_item([claim], story="the-event")
    link_evidence(by=author, item=other, kind="corrects", earlier=item, reason="Erratum.", today=DAY)
    assess(by=author, claim=claim, judgement=a_judgement(cites=[item.id]), today=DAY)
    grade_source(by=author, source=item.source, reliability="C", reason="Slips.", today=DAY)
    shown = around(item, other, claim)
    before, touched = read(client, shown), set()

    def hear(names: frozenset[str], **_: object) -> None:
        touched.update(names)

    names.touched.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        why = {"by": a_person("admin"), "reason": "The law.", "legal_basis": "other-law", "today": DAY}
        if act == "redact the item":
            redact_evidence(evidence=item, **why)
        else:
            erase_person(person=author, **why)
    names.touched.disconnect(hear)
    after = read(client, shown)
    changed = {path for path in before if before[path][0] != after[path][0]}
    assert {f"/claims/{claim.slug}/history/", f"/evidence/{item.id}/", f"/evidence/{other.id}/history/"} <= changed
    assert stale(before, after, touched) == set()
    if act == "erase its author":
        assert not any(b"Unseenname" in body for body, _ in after.values())


# --- A person ---


def test_erasing_a_person_says_what_goes_and_what_stays(client: Client, admin: User) -> None:
    person = a_person("analyst", name="W. Unseenname", trusted=True)
    an_item(by=person)
    an_item(by=person, draft=True)
    page = text_of(client.get(erase_path(person)))
    assert "1 draft that nobody else has seen" in page
    assert "1 published item and 1 act on record, by “A former member”." in page


def test_it_erases_and_leads_to_the_person_s_page(client: Client, admin: User) -> None:
    person = a_person("analyst", name="W. Unseenname")
    page = client.post(erase_path(person), sent(version=""), follow=True)
    assert "The person’s data is erased." in page.text
    assert "data erased, on legal grounds: a court order" in page.text
    assert "Unseenname" not in page.text


def test_a_person_s_page_offers_it_to_admins_alone(client: Client, admin: User) -> None:
    person = a_person()
    page = f"/moderation/people/{person.id}/"
    assert erase_path(person) in client.get(page).text
    client.force_login(a_person("moderator"))
    assert erase_path(person) not in client.get(page).text


def test_an_erased_account_is_offered_nothing_more(client: Client, admin: User) -> None:
    person = a_person("analyst")
    client.post(erase_path(person), sent(version=""))
    page = client.get(f"/moderation/people/{person.id}/").text
    assert "<form" not in page[page.index("<h1") :].replace('action="/accounts/logout/"', "")
    assert erase_path(person) not in page


def test_roles_whose_words_are_erased_are_not_told_as_none(client: Client, admin: User) -> None:
    person = a_person()
    client.post(f"/moderation/people/{person.id}/roles/", {"roles": ["editor"]})
    client.post(erase_path(person), sent(version=""))
    page = client.get(f"/moderation/people/{person.id}/").text
    assert "roles set" in page
    assert "roles: reader" not in page


def test_oneself_is_not_erased(client: Client, admin: User) -> None:
    assert "Another admin has to erase your data" in client.get(erase_path(admin)).text
    assert client.post(erase_path(admin), sent(version="")).status_code == 403


def test_the_site_s_own_account_is_not_erased(client: Client, admin: User) -> None:
    assert "There is nobody behind it." in client.get(erase_path(the_house())).text
    assert client.post(erase_path(the_house()), sent(version="")).status_code == 409


def test_what_was_typed_for_a_person_is_kept(client: Client, admin: User) -> None:
    answer = client.post(erase_path(a_person()), sent(version="", sure=""))
    assert answer.status_code == 422
    assert "A court forbade it." in answer.text


def test_somebody_unknown_is_not_found(client: Client, admin: User) -> None:
    assert client.get("/moderation/people/00000000-0000-7000-8000-000000000000/erase/").status_code == 404
