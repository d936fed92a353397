"""The admin: everything can be looked up by admins, nothing can be changed, and no list counts or walks its table."""

import re
from html import unescape
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions.decide import return_to_author
from claims.actions.redact import redact_evidence
from claims.lookup import listing
from claims.lookup.fields import address_of, list_of
from claims.lookup.left_out import LEFT_OUT
from claims.lookup.things import THINGS
from claims.models import Bearing, Claim, Event, EventBody, Evidence, Mail, Source, User
from tests.factories import DAY, a_claim, a_person, an_article, an_item
from tests.web.every_page import World, a_world, routes

HIDDEN = "Unseenword draft"
LISTS = [pytest.param(thing, id=str(thing.model._meta.db_table)) for thing in THINGS]


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.fixture
def client(world: World) -> Client:
    return world.client("admin")


def addresses(world: World) -> list[str]:
    """Every address of the admin."""
    return [world.address(route) for route in routes() if route.name.startswith("admin:")]


def found(client: Client, model: Any, words: object, **chosen: str) -> set[str]:
    """The ids in a list, as its links have them."""
    page = client.get(list_of(model), {"q": str(words), **chosen}).text
    return set(re.findall(rf'<th[^>]*><a href="{list_of(model)}([^/"]+)/"', page))


# --- Nobody changes anything ---


def everything() -> dict[str, Any]:
    """Every row of every table but sessions, which looking about may make."""
    told = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table != "django_session":
                cursor.execute(f"SELECT md5(string_agg(one::text, E'\\n' ORDER BY one::text)) FROM \"{table}\" one")
                told[table] = cursor.fetchone()
    return told


def test_no_method_at_any_address_changes_a_row(world: World, client: Client) -> None:
    before = everything()
    sent = {"action": "delete_selected", "_selected_action": str(world.claim.id), "title": "Changed", "_save": "1"}
    for path, method in product(addresses(world), ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")):
        answer = client.generic(method, path, "&".join(f"{name}={value}" for name, value in sent.items()),
                                content_type="application/x-www-form-urlencoded")  # fmt: skip
        assert answer.status_code == 405, (method, path)
    for path in addresses(world):
        client.get(path, sent)
    assert everything() == before


def test_pages_have_no_form_that_is_sent(world: World, client: Client) -> None:
    for path in addresses(world):
        answer = client.get(path)
        assert answer.status_code == 404 or 'method="post"' not in answer.text.lower(), path


@pytest.mark.parametrize("end", ["add/", "{}/change/", "{}/delete/", "{}/history/", "{}/password/"])
def test_the_addresses_by_which_django_changes_things_are_not_there(client: Client, world: World, end: str) -> None:
    assert client.get(list_of(Claim) + end.format(world.claim.id)).status_code == 404


@pytest.mark.parametrize("path", ["login/", "logout/", "password_change/", "autocomplete/", "jsi18n/", "r/1/1/"])
def test_nor_are_its_own_ways_in_and_out(client: Client, path: str) -> None:
    assert client.get(f"/admin/{path}").status_code == 404


def test_looking_about_leaves_no_log(world: World, client: Client) -> None:
    for path in addresses(world):
        client.get(path)
    assert not LogEntry.objects.exists()


def test_a_stranger_signs_in_as_everywhere_and_comes_back(world: World) -> None:
    answer = world.client("anonymous").get(list_of(Claim) + "?q=x")
    assert answer["Location"] == "/accounts/login/?next=/admin/claims/claim/%3Fq%3Dx"


def test_an_admin_who_is_suspended_is_out_at_once(world: World, client: Client) -> None:
    User.objects.filter(pk=world.people["admin"].pk).update(suspended_at=timezone.now())
    assert client.get("/admin/").status_code in (302, 403)


# --- What is shown, and what is not ---


def test_each_kind_is_looked_up_or_left_out_with_a_reason() -> None:
    assert {thing.model for thing in THINGS} | set(LEFT_OUT) == set(apps.get_app_config("claims").get_models())


def test_no_secret_is_on_any_page(world: World, client: Client) -> None:
    person = world.people["admin"]
    person.set_password("a-long-enough-one")
    person.save()
    client = world.client("admin")
    mail = Mail.objects.earliest("id")
    salts = [bytes(body.salt).hex() for body in EventBody.objects.all()]
    event = Event.objects.filter(body__isnull=False).earliest("id")
    pages = [*addresses(world), address_of(User, person.pk), address_of(Mail, mail.pk), address_of(Event, event.pk)]
    for path in pages:
        text = client.get(path).text
        assert person.password not in text, path
        assert unescape(text).find(mail.body) == -1, path
        assert mail.subject not in unescape(text), path
        assert not [salt for salt in salts if salt in text], path


@pytest.mark.parametrize("model", [Evidence, Bearing, Event])
def test_a_draft_stays_its_authors(world: World, client: Client, model: Any) -> None:
    for word in ("", world.hidden["draft"].id, world.hidden["returned"].id, world.people["new analyst"].id):
        for row in (None, *model.objects.all()):
            path = address_of(model, row.pk) if row else f"{list_of(model)}?q={word}"
            text = client.get(path).text
            assert HIDDEN not in text, path
            assert "Unseenword returned" not in text, path


def test_what_was_redacted_stays_blank(world: World, client: Client) -> None:
    item = an_item([world.claim], title="Zyxw title", summary="Zyxw summary", by=world.people["editor"])
    told = Event.objects.filter(subject_id=item.id).earliest("id")
    redact_evidence(
        by=world.people["admin"], evidence=item, reason="The court says so.", legal_basis="court-order", today=DAY
    )
    assert "Zyxw" not in client.get(address_of(Evidence, item.id)).text
    assert "destroyed by a redaction" in client.get(address_of(Event, told.id)).text


def test_what_there_is_not_is_said(client: Client) -> None:
    answer = client.get(list_of(Claim) + "01a20c81-0000-7000-8000-000000000000/")
    assert (answer.status_code, "There is no claim with this id" in answer.text) == (404, True)


# --- Finding ---


def test_things_are_found_by_what_the_page_says(world: World, client: Client) -> None:
    claim, item, source = world.claim, world.item, world.item.source
    assert source
    bearing = Bearing.objects.get(claim=claim, evidence=item)
    person = world.people["moderator"]
    for model, key, words in (
        (Claim, claim.id, claim.id),
        (Claim, claim.id, claim.slug),
        (Claim, claim.id, claim.article_id),
        (Claim, claim.id, claim.title),
        (Evidence, item.id, item.address),
        (Evidence, item.id, item.summary),
        (Bearing, bearing.id, claim.id),
        (Bearing, bearing.id, item.id),
        (Source, source.id, "PAPER.example"),
        (Source, source.id, source.name),
        (User, person.id, person.email.upper()),
        (User, person.id, person.name.upper()[:5]),
        (Event, Event.objects.filter(subject_id=item.id).latest("id").id, item.id),
        (Event, Event.objects.filter(actor=person).latest("id").id, person.id),
        (Event, Event.objects.filter(event_claims__claim=claim).latest("id").id, claim.id),
    ):
        assert str(key) in found(client, model, words), (model, words)


@pytest.mark.parametrize("query", ["status=none-such", "after=made-up", "q=%00", "_to_field=slug"])
def test_what_makes_no_sense_is_refused_in_words(client: Client, query: str) -> None:
    answer = client.get(f"{list_of(Claim)}?{query}")
    assert (answer.status_code, f"{query.split('=')[0]}: " in answer.text) == (400, True)


def test_words_that_are_asked_of_a_column_are_not_asked(world: World, client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{list_of(Claim)}?statement__icontains=x&article__slug=y")
    assert not [query for query in asked.captured_queries if "LIKE" in query["sql"].upper()]


# --- Bounded, whatever the amount ---


@pytest.mark.parametrize("thing", LISTS)
def test_no_list_counts_skips_rows_or_joins(world: World, client: Client, thing: Any) -> None:
    chosen = {"q": "claim"}, *({name: "yes"} for name in thing.filters.split()), {}
    for query in chosen:
        with CaptureQueriesContext(connection) as asked:
            client.get(list_of(thing.model), query)
        assert len(asked) < 10, query
        # The site's own search, which is bounded, begins with WITH; whether a row is a draft's is asked by its key.
        own = [query["sql"] for query in asked.captured_queries if not query["sql"].lstrip().startswith("WITH")]
        text = " ".join(own).upper()
        assert "COUNT(" not in text
        assert " JOIN " not in re.sub(r"EXISTS\(.*?LIMIT 1\)", "", text)
        assert "DISTINCT" not in text
        assert all(re.search("LIMIT|django_session|person|numnode", sql) for sql in own), own


def test_a_list_asks_as_often_for_few_as_for_many(db: None) -> None:
    admin, article = a_person("admin"), an_article()
    client = Client()
    client.force_login(admin)
    asked = []
    for _ in range(2):
        for _ in range(30):
            a_claim(article)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{list_of(Claim)}?kind=prediction")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 6


def test_pages_go_on_from_one_another_and_miss_nothing(db: None) -> None:
    article = an_article()
    made = {str(a_claim(article).id) for _ in range(120)}
    client = Client()
    client.force_login(a_person("admin"))
    seen: list[str] = []
    query, pages = "", 0
    while pages < 4 and query is not None:
        page = client.get(f"{list_of(Claim)}{query}").text
        seen += re.findall(rf'<th[^>]*><a href="{list_of(Claim)}([^/"]+)/"', page)
        following = re.search(r'href="(\?[^"]*)" rel="next"', page)
        query, pages = unescape(following[1]) if following else None, pages + 1  # type: ignore[assignment]
    assert (pages, len(seen), set(seen)) == (3, 120, made)


def test_a_filter_looks_at_so_many_rows_and_says_how_far_it_came(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "WINDOW", 10)
    article = an_article()
    oldest = a_claim(article, kind="judgement")
    for _ in range(15):
        a_claim(article)
    client = Client()
    client.force_login(a_person("admin"))
    first = client.get(f"{list_of(Claim)}?kind=judgement").text
    assert "None of the 10 rows that were looked at fits." in first
    further = re.search(r'href="(\?[^"]*)" rel="next"', first)
    assert further
    assert str(oldest.id) in client.get(list_of(Claim) + unescape(further[1])).text


def test_a_returned_item_leaves_the_lists(world: World, client: Client) -> None:
    item = world.hidden["pending"]
    assert str(item.id) in found(client, Evidence, item.id)
    return_to_author(by=world.people["moderator"], evidence=item, reason="Add a date.", today=DAY)
    assert found(client, Evidence, item.id) == set()


def test_djangos_own_checks_find_nothing() -> None:
    call_command("check", "--tag", "admin", "--fail-level", "WARNING")
