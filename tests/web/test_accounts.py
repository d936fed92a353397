"""Accounts: making one, signing in and out, and what the header then offers."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from claims.models import Role, User, UserRole
from claims.web.accounts import AccountAdapter, SignupForm
from claims.web.context import site
from tests.factories import a_claim

PASSWORD = "a long enough secret"
pytestmark = pytest.mark.django_db


def _person(name: str = "M. Okafor", *roles: Role) -> User:
    person = User(email="okafor@example.org", name=name)
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    UserRole.objects.bulk_create(UserRole(user=person, role=role) for role in roles)
    return person


def _sign_up(client: Client, **changes: str):
    typed = {"name": "M. Okafor", "email": "okafor@example.org", "password1": PASSWORD, "password2": PASSWORD}
    return client.post("/accounts/signup/", typed | changes)


def _sign_in(client: Client, password: str = PASSWORD, address: str = "/accounts/login/"):
    return client.post(address, {"login": "okafor@example.org", "password": password})


def _link_in(message: mail.EmailMessage) -> str:
    return re.search(r"http://testserver(\S+)", str(message.body))[1]


def test_signing_up_stores_the_public_name_as_one_clean_line(client: Client) -> None:
    _sign_up(client, name="  M.\t Okafor ")
    assert User.objects.get(email="okafor@example.org").name == "M. Okafor"


def test_a_new_account_is_confirmed_by_the_link_in_its_mail(client: Client, mailoutbox: list) -> None:
    _sign_up(client)
    client.post(_link_in(mailoutbox[0]))
    assert EmailAddress.objects.get(email="okafor@example.org").verified


def test_the_mail_of_a_new_account_speaks_plainly(client: Client, mailoutbox: list) -> None:
    _sign_up(client)
    assert (mailoutbox[0].subject, "!" in mailoutbox[0].body) == ("Confirm your email", False)


def test_without_a_mail_server_it_says_where_the_message_lies(client: Client, settings) -> None:
    settings.MAIL_DELIVERY_BACKEND = "claims.notify.mail.FolderBackend"
    assert "no mail server yet" in client.get(_sign_up(client).headers["Location"]).content.decode()


def test_with_a_mail_server_it_says_nothing_of_folders(client: Client, settings) -> None:
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "no mail server yet" not in client.get(_sign_up(client).headers["Location"]).content.decode()


def test_an_address_that_has_an_account_is_not_given_away(client: Client) -> None:
    _person()
    assert _sign_up(client).url == reverse("account_email_verification_sent")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "required"),
        ("M", "at least 2 characters"),
        ("\u200b\u2060", "at least 2 characters"),
        ("M" * 81, "may have 80"),
        ("M\u202eO", "changes the order of reading"),
        ("M\x00O", "ull characters are not allowed"),
    ],
)
def test_it_refuses_a_name_that_cannot_be_shown(name: str, words: str) -> None:
    assert words in " ".join(SignupForm({"name": name}).errors["name"])


def test_signing_in_leads_back_to_where_one_was(client: Client) -> None:
    _person()
    assert _sign_in(client, address="/accounts/login/?next=/claims/%3Fstatus%3Dopen").url == "/claims/?status=open"


def test_signing_in_leads_home_rather_than_to_another_site(client: Client) -> None:
    _person()
    assert _sign_in(client, address="/accounts/login/?next=https://elsewhere.example/").url == "/"


def test_a_wrong_password_is_said_on_top_and_in_the_title(client: Client) -> None:
    _person()
    page = _sign_in(client, password="not this one").text
    assert "<title>Error: Sign in" in page
    assert "No account has this email and password together." in page


def test_a_suspended_person_cannot_sign_in(client: Client) -> None:
    person = _person()
    person.suspended_at = person.joined_at
    person.save()
    _sign_in(client)
    assert "_auth_user_id" not in client.session


def test_signing_out_ends_the_session(client: Client) -> None:
    client.force_login(_person())
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_the_account_page_shows_name_and_rights(client: Client) -> None:
    client.force_login(_person("عائشة", Role.EDITOR, Role.MODERATOR))
    page = client.get("/accounts/").text
    assert "عائشة" in page
    assert "editor, moderator" in page


def test_the_account_page_is_for_those_signed_in(client: Client) -> None:
    assert client.get("/accounts/").url == "/accounts/login/?next=/accounts/"


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_email_verification_sent",
        "account_inactive",
    ],
)
def test_pages_before_signing_in_wear_the_site_s_frame(client: Client, name: str) -> None:
    page = client.get(reverse(name)).text
    assert page.count("<h1>") == 1
    assert '<header class="site">' in page


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_email",
        "account_logout",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
    ],
)
def test_pages_of_an_account_wear_the_site_s_frame(client: Client, name: str) -> None:
    _person()
    _sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(reverse(name)).text
    assert page.count("<h1>") == 1
    assert 'href="/accounts/">Your account</a>' in page


@pytest.mark.parametrize(
    ("roles", "offered"),
    [
        ([], []),
        ([Role.ANALYST], ["Log", "Desk"]),
        ([Role.EDITOR], ["Log", "Desk"]),
        ([Role.MODERATOR], ["Log", "Desk", "Queue"]),
        ([Role.ADMIN], ["Log", "Desk", "Queue"]),
    ],
)
def test_the_header_offers_what_a_person_may_open(roles: list[Role], offered: list[str]) -> None:
    request = RequestFactory().get("/claims/")
    request.user = _person("M. Okafor", *roles)
    assert [entry.label for entry in site(request)["nav"].own] == offered


def test_the_header_asks_the_database_once_for_a_person(django_assert_num_queries) -> None:
    request = RequestFactory().get("/claims/")
    request.user = _person("M. Okafor", Role.MODERATOR)
    with django_assert_num_queries(1):
        site(request)


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/claims/", {"Claims": "page"}),
        ("/claims/trump-turns-on-the-reset/", {"Claims": "true"}),
        ("/evidence/x/", {"Claims": "true"}),
        ("/about/methodology/", {"Method": "page"}),
        ("/", {}),
    ],
)
def test_the_header_marks_the_section_one_is_in(address: str, current: dict[str, str]) -> None:
    nav = site(RequestFactory().get(address))["nav"]
    assert {entry.label: entry.current for entry in nav.sections if entry.current} == current


def test_the_account_page_shows_since_when(client: Client) -> None:
    person = _person()
    client.force_login(person)
    assert f'<time datetime="{person.joined_at.date().isoformat()}">' in client.get("/accounts/").text


def test_every_link_of_the_frame_leads_to_a_page(client: Client) -> None:
    client.force_login(_person("M. Okafor", Role.ADMIN))
    page = client.get(reverse("account_change_password")).text
    frame = page[: page.index("<main")] + page[page.index("</main>") :]
    for address in re.findall('<a[^>]* href="(/[^"]*)"', frame) + re.findall('action="(/[^"]*)"', frame):
        resolve(address)


def test_an_empty_field_is_named_as_it_stands_and_says_what_to_do(client: Client) -> None:
    html = client.post("/accounts/signup/", {}).content.decode()
    assert "This field is required" not in html
    assert '<a href="#id_password2">The same password again: Fill this in.</a>' in html


def test_a_label_that_asks_is_followed_by_no_colon(client: Client) -> None:
    claim = a_claim()
    html = client.post(f"/flag/claim/{claim.id}/", {}).content.decode()
    assert "What is wrong? Choose what is wrong." in html


def test_one_confirmed_address_offers_nothing_that_cannot_be_done(client: Client) -> None:
    person = _person()
    client.force_login(person)
    html = client.get("/accounts/email/").content.decode()
    assert person.email in html
    assert "Make it the main one" not in html


def test_links_in_mail_begin_with_the_public_address_by_whatever_name_the_site_was_asked(
    client: Client, mailoutbox: list, settings
) -> None:
    settings.SITE_URL = "https://claims.example"
    _person()
    client.post("/accounts/password/reset/", {"email": "okafor@example.org"}, headers={"host": "localhost"})
    body = str(mailoutbox[0].body)
    assert "https://claims.example/accounts/password/reset/key/" in body
    assert body.rstrip().endswith("claims.example")
    assert "localhost" not in body


@pytest.mark.parametrize(
    ("count", "header", "counted"),
    [
        (0, "198.51.100.1", "127.0.0.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "198.51.100.1, 192.0.2.1", "198.51.100.1"),
        (2, "198.51.100.1", "127.0.0.1"),
        (1, "unknown", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_limits_count_the_address_that_the_trusted_proxies_saw(settings, count: int, header: str, counted: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
    request = RequestFactory().get("/", headers={"x-forwarded-for": header} if header else {})
    assert AccountAdapter(request).get_client_ip(request) == counted
