"""People: the list by name, one person, trust with a reason, roles."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from claims.actions.decide import approve, return_to_author
from claims.models import Event, Role, User, UserRole
from tests.factories import DAY, NOW, a_person, an_item

pytestmark = pytest.mark.django_db
PEOPLE = "/moderation/people/"


@pytest.fixture
def moderator(client: Client) -> User:
    person = a_person("moderator", name="Momo Moderator")
    client.force_login(person)
    return person


@pytest.fixture
def admin(client: Client) -> User:
    person = a_person("admin", name="Ada Admin")
    client.force_login(person)
    return person


def path_of(person: User, act: str = "") -> str:
    return f"{PEOPLE}{person.id}/{act}"


def names(page: str) -> list[str]:
    listed = page[page.index('<ul class="people">') :] if '<ul class="people">' in page else ""
    return re.findall(r'<a href="/moderation/people/[0-9a-f-]+/" dir="auto">([^<]*)</a>', listed)


# --- the list ---


@pytest.mark.parametrize("role", ["analyst", "editor"])
def test_it_is_for_moderators_and_admins(client: Client, role: str) -> None:
    client.force_login(a_person(role))
    assert client.get(PEOPLE).status_code == 403


def test_people_stand_by_name_whatever_the_case(client: Client, moderator: User) -> None:
    for name in ("zoe", "Bert", "anna"):
        a_person(name=name)
    assert names(client.get(PEOPLE).text) == ["anna", "Bert", "Momo Moderator", "zoe"]


def test_it_is_searched_by_part_of_a_name(client: Client, moderator: User) -> None:
    a_person(name="R. Lindqvist")
    assert names(client.get(PEOPLE, {"q": "LIND"}).text) == ["R. Lindqvist"]


@pytest.mark.parametrize("words", ["%", "_", "\\"])
def test_signs_of_a_pattern_are_taken_as_they_are(client: Client, moderator: User, words: str) -> None:
    assert "Nobody was found" in client.get(PEOPLE, {"q": words}).text


def test_an_admin_searches_by_email_too(client: Client, admin: User) -> None:
    person = a_person(name="Somebody")
    assert names(client.get(PEOPLE, {"q": person.email}).text) == ["Somebody"]


def test_a_moderator_neither_sees_nor_searches_emails(client: Client, moderator: User) -> None:
    person = a_person(name="Somebody")
    assert names(client.get(PEOPLE, {"q": person.email}).text) == []
    assert person.email not in client.get(PEOPLE).text + client.get(path_of(person)).text


def test_it_is_narrowed_to_a_role(client: Client, moderator: User) -> None:
    a_person("editor", name="Edda")
    a_person(name="Reader")
    assert names(client.get(PEOPLE, {"role": "editor"}).text) == ["Edda"]


@pytest.mark.parametrize("query", [{"role": "king"}, {"after": "made-up"}, {"q": "nul \x00"}, {"q": "x" * 300}])
def test_it_refuses_a_query_that_makes_no_sense(client: Client, moderator: User, query: dict[str, str]) -> None:
    assert client.get(PEOPLE, query).status_code == 400


def test_paging_shows_everybody_once(client: Client, moderator: User) -> None:
    many_people(119)
    seen, address = [], PEOPLE
    while address:
        page = client.get(address).text
        seen += names(page)
        older = re.search(r'href="([^"]*)" rel="next"', page)
        address = older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == 120
    assert len(set(seen)) == 61


def many_people(n: int) -> None:
    """So many people, two by two with one name."""
    User.objects.bulk_create(
        User(email=f"many-{place}@example.org", name=f"{'漢' * 70} {place // 2}", joined_at=NOW) for place in range(n)
    )


@pytest.mark.parametrize("n", [10, 1000])
def test_the_number_of_queries_is_fixed(client: Client, admin: User, django_assert_num_queries, n: int) -> None:
    many_people(n)
    with django_assert_num_queries(4):  # session, person, roles; the list
        client.get(PEOPLE)


# --- one person ---


def test_a_person_s_page_tells_how_their_items_were_decided(client: Client, moderator: User) -> None:
    author = a_person("analyst")
    approve(by=moderator, evidence=an_item(by=author), today=DAY)
    return_to_author(by=moderator, evidence=an_item(by=author), reason="No.", today=DAY)
    page = client.get(path_of(author)).text
    assert "1 approved, 1 returned" in page
    assert "new analyst" in page


def test_somebody_unknown_is_not_found(client: Client, moderator: User) -> None:
    answer = client.get(f"{PEOPLE}00000000-0000-7000-8000-000000000000/")
    assert answer.status_code == 404
    assert "There is no such person." in answer.text


# --- trust ---


def test_trust_is_given_with_a_reason_that_stays(client: Client, moderator: User) -> None:
    analyst = a_person("analyst", name="T. Abebe")
    page = client.post(path_of(analyst, "trust/"), {"trusted": "yes", "reason": "Known to us."}, follow=True).text
    analyst.refresh_from_db()
    assert analyst.trusted_at is not None
    assert "T. Abebe</bdi> is trusted now" in page
    assert "Known to us." in page


def test_trust_is_taken_away(client: Client, moderator: User) -> None:
    analyst = a_person("analyst", trusted=True)
    client.post(path_of(analyst, "trust/"), {"trusted": "no", "reason": "Three items made up."})
    analyst.refresh_from_db()
    assert analyst.trusted_at is None


def test_trust_that_stands_is_not_given_again_and_the_reason_is_kept(client: Client, moderator: User) -> None:
    analyst = a_person("analyst", trusted=True)
    answer = client.post(path_of(analyst, "trust/"), {"trusted": "yes", "reason": "Known to us."})
    assert answer.status_code == 409
    for words in ("They are trusted already.", "Known to us.", "Take trust away"):
        assert words in answer.text


def test_trust_needs_a_reason(client: Client, moderator: User) -> None:
    analyst = a_person("analyst")
    answer = client.post(path_of(analyst, "trust/"), {"trusted": "yes", "reason": ""})
    analyst.refresh_from_db()
    assert (answer.status_code, analyst.trusted_at) == (422, None)


def test_trust_is_offered_for_analysts_alone(client: Client, moderator: User) -> None:
    assert "This person is none." in client.get(path_of(a_person("editor"))).text


def test_nobody_sets_their_own_trust(client: Client) -> None:
    person = a_person("analyst", "moderator")
    client.force_login(person)
    assert 'name="trusted"' not in client.get(path_of(person)).text
    answer = client.post(path_of(person, "trust/"), {"trusted": "yes", "reason": "I am."})
    person.refresh_from_db()
    assert (answer.status_code, person.trusted_at) == (403, None)
    assert "Nobody decides on their own trust." in answer.text


# --- roles ---


def roles_of(person: User) -> list[str]:
    return sorted(UserRole.objects.filter(user=person).values_list("role", flat=True))


def test_an_admin_gives_roles(client: Client, admin: User) -> None:
    person = a_person("analyst")
    client.post(path_of(person, "roles/"), {"roles": ["editor", "moderator"], "seen": ["analyst"]})
    assert roles_of(person) == ["editor", "moderator"]
    assert Event.objects.filter(verb="roles-set", subject_id=person.id, actor=admin).exists()


def test_roles_given_meanwhile_are_shown_and_not_overwritten(client: Client, admin: User) -> None:
    person = a_person("analyst", "moderator")
    answer = client.post(path_of(person, "roles/"), {"roles": ["analyst", "editor"], "seen": ["analyst"]})
    assert (answer.status_code, roles_of(person)) == (409, ["analyst", "moderator"])
    for words in ("Somebody else changed the roles", "You had ticked: analyst, editor."):
        assert words in answer.text
    assert ticked(answer.text) == seen(answer.text) == ["analyst", "moderator"]


def test_the_page_sends_the_roles_that_it_shows(client: Client, admin: User) -> None:
    page = client.get(path_of(a_person("analyst", "editor"))).text
    assert ticked(page) == seen(page) == ["analyst", "editor"]


def ticked(page: str) -> list[str]:
    return re.findall(r'name="roles" value="([a-z]+)"[^>]* checked', page)


def seen(page: str) -> list[str]:
    return re.findall(r'name="seen" value="([a-z]+)"', page)


def test_an_admin_takes_all_roles_away(client: Client, admin: User) -> None:
    person = a_person("analyst")
    client.post(path_of(person, "roles/"), {"seen": ["analyst"]})
    assert roles_of(person) == []


def test_a_moderator_gives_no_roles(client: Client, moderator: User) -> None:
    person = a_person()
    assert 'name="roles"' not in client.get(path_of(person)).text
    assert client.post(path_of(person, "roles/"), {"roles": ["admin"]}).status_code == 403
    assert roles_of(person) == []


def test_a_role_that_does_not_exist_is_refused(client: Client, admin: User) -> None:
    person = a_person("analyst")
    assert client.post(path_of(person, "roles/"), {"roles": ["king"], "seen": ["analyst"]}).status_code == 422
    assert roles_of(person) == [Role.ANALYST]


def test_an_admin_keeps_the_admin_role_until_somebody_else_takes_it(client: Client, admin: User) -> None:
    answer = client.post(path_of(admin, "roles/"), {"roles": ["editor"], "seen": ["admin"]})
    assert answer.status_code == 403
    assert "Somebody else has to take your admin role away" in answer.text
    assert roles_of(admin) == [Role.ADMIN]


# --- suspension ---


def test_an_admin_suspends_a_person_and_it_is_on_record(client: Client, admin: User) -> None:
    person = a_person("analyst", name="T. Abebe")
    sent = {"suspended": "yes", "reason": "Three items made up."}
    page = client.post(path_of(person, "suspension/"), sent, follow=True).text
    person.refresh_from_db()
    assert person.suspended_at is not None
    for words in ("T. Abebe</bdi> is suspended", "Three items made up.", "Lift the suspension"):
        assert words in page


def test_an_admin_lifts_a_suspension(client: Client, admin: User) -> None:
    person = a_person("analyst", suspended=True)
    page = client.post(path_of(person, "suspension/"), {"suspended": "no", "reason": "Explained."}, follow=True).text
    person.refresh_from_db()
    assert person.suspended_at is None
    assert "suspension lifted" in page


@pytest.mark.parametrize("suspended", [True, False])
def test_suspending_and_lifting_need_a_reason(client: Client, admin: User, suspended: bool) -> None:
    person = a_person("analyst", suspended=not suspended)
    sent = {"suspended": "yes" if suspended else "no", "reason": " "}
    assert client.post(path_of(person, "suspension/"), sent).status_code == 422


def test_who_is_suspended_is_told_so_at_the_next_click_and_at_the_sign_in(client: Client, admin: User) -> None:
    person = a_person("analyst")
    person.set_password("seven-plain-words-for-tests")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    theirs = Client()
    theirs.force_login(person)
    client.post(path_of(person, "suspension/"), {"suspended": "yes", "reason": "Three items made up."})
    assert "This account was suspended" in theirs.get("/desk/", follow=True).text
    assert "This account was suspended" not in theirs.get("/desk/", follow=True).text
    sent = {"login": person.email, "password": "seven-plain-words-for-tests"}
    assert "closed or suspended" in theirs.post("/accounts/login/", sent, follow=True).text


def test_nobody_is_offered_to_suspend_themselves(client: Client, admin: User) -> None:
    assert "Suspend this person" not in client.get(path_of(admin)).text


def test_a_moderator_suspends_nobody(client: Client, moderator: User) -> None:
    person = a_person("analyst")
    assert "Suspend this person" not in client.get(path_of(person)).text
    assert client.post(path_of(person, "suspension/"), {"suspended": "yes", "reason": "So."}).status_code == 403
