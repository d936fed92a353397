"""What is typed at the desk and not sent: taken in, shown again in its form, and forgotten once it is sent."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from claims.actions.articles import ArticleWords, revise_article
from claims.actions.suggestions import suggest
from claims.actions.unsent import LARGEST, keep_unsent
from claims.models import Evidence, Unsent
from claims.web.desk.unsent import FORMS, form_words
from tests.factories import DAY, NOW, a_claim, a_person, a_source, an_article, an_assessment, an_item
from tests.web.desk import item_form, signed_in, text_of, told
from tests.web.every_page import routes

pytestmark = pytest.mark.django_db

LOG = "/desk/log/"


@pytest.fixture
def editor():
    return a_person("editor")


@pytest.fixture
def page(client, editor):
    return signed_in(client, editor)


def leave(by, place=LOG, **fields):
    said = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
    keep_unsent(by=by, place=place, fields=said, now=NOW)


def send(client, fields, *, place=LOG, age=""):
    return client.post(f"/desk/unsent/?place={place}&age={age}", fields)


# --- taking in ---


def test_what_is_sent_while_typing_is_kept(page, editor):
    assert send(page, {"title": "Begun", "csrfmiddlewaretoken": "x"}).status_code == 204
    assert Unsent.objects.get(person=editor, place=LOG).fields == {"title": ["Begun"]}


def test_it_is_as_old_as_the_browser_says(page):
    send(page, {"title": "Typed while offline"}, age="3600")
    row = Unsent.objects.get()
    send(page, {"title": "Earlier still"}, age="7200")
    row.refresh_from_db()
    assert row.fields == {"title": ["Typed while offline"]}


@pytest.mark.parametrize("age", ["x", "-5", "9" * 30])
def test_an_age_that_is_none_does_no_harm(page, age):
    assert send(page, {"title": "Begun"}, age=age).status_code == 204


def test_it_says_what_is_too_much(page):
    answer = send(page, {"title": "x" * LARGEST})
    assert (answer.status_code, "100,000 bytes" in answer.content.decode()) == (413, True)


def test_it_says_what_is_no_place(page):
    assert send(page, {"title": "x"}, place="elsewhere").status_code == 400


def test_who_is_signed_out_is_told_so_and_leaves_nothing(client):
    assert send(client, {"title": "x"}).status_code == 401
    assert "typed" not in client.session


def test_it_takes_no_form_of_another_site(editor):
    strict = signed_in(Client(enforce_csrf_checks=True), editor)
    assert send(strict, {"title": "x"}).status_code == 403


# --- showing again ---


def test_the_form_is_filled_with_what_was_left(page, editor):
    claim = a_claim()
    leave(
        editor,
        title="Begun",
        published="2026-0",
        bears_on=str(claim.id),
        **{f"{claim.id}-stance": "mixed", f"{claim.id}-weight": ""},
    )
    html = text_of(page.get(LOG))
    assert 'value="Begun"' in html
    assert 'value="2026-0"' in html
    assert f'name="{claim.id}-stance" value="mixed"' in html


def test_it_says_when_it_was_left(page, editor):
    leave(editor, title="Begun")
    assert "You left this unsent at" in text_of(page.get(LOG))


def test_nothing_is_called_wrong_before_it_is_sent(page, editor):
    leave(editor, title="Begun", published="2026-0")
    response = page.get(LOG)
    assert response.status_code == 200
    assert "to put right" not in text_of(response)


def test_a_form_without_anything_left_says_nothing(page):
    assert "You left this unsent" not in text_of(page.get(LOG))


def test_nobody_sees_what_another_left(page):
    leave(a_person("editor"), title="Unseen")
    assert "Unseen" not in text_of(page.get(LOG))


def test_the_key_goes_with_it_so_that_it_is_logged_once(page, editor):
    leave(editor, title="Begun", key="the-first-key")
    assert 'name="key" value="the-first-key"' in text_of(page.get(LOG))


def test_another_address_is_another_form(page, editor):
    leave(editor, title="Begun")
    html = text_of(page.get(f"{LOG}?address=https://news.example/x&title=Fresh"))
    assert 'value="Fresh"' in html
    assert "You left this unsent" not in html


def test_a_form_that_changes_a_thing_is_one_however_it_is_reached(page, editor):
    a_claim(slug="a-claim")
    place = page.get("/desk/claims/a-claim/assess/?cites=1&back=all").wsgi_request.unsent.name
    leave(editor, place, rationale="Typed on the way from a list")
    assert "Typed on the way from a list" in text_of(page.get("/desk/claims/a-claim/assess/"))


def test_an_address_that_is_too_long_to_name_has_a_form_too(page, editor):
    query = f"address=https://news.example/x&quotation={'q' * 400}"
    place = page.get(f"{LOG}?{query}").wsgi_request.unsent.name
    assert len(place) <= 300
    leave(editor, place, title="Begun")
    assert 'value="Begun"' in text_of(page.get(f"{LOG}?{query}"))
    assert 'value="Begun"' in text_of(page.get(f"{LOG}?unsent={Unsent.objects.get().id}"))


@pytest.mark.parametrize("asked", ["x", "00000000-0000-7000-8000-000000000000"])
def test_what_is_gone_is_an_empty_form(page, asked):
    assert page.get(f"{LOG}?unsent={asked}").status_code == 200


def test_what_another_left_is_not_to_be_asked_for(page):
    leave(a_person("editor"), title="Unseen")
    assert "Unseen" not in text_of(page.get(f"{LOG}?unsent={Unsent.objects.get().id}"))


def test_another_can_be_begun_beside_it(page, editor):
    leave(editor, title="Begun")
    beside = page.get(LOG).wsgi_request.unsent.left.beside
    html = text_of(page.get(beside))
    assert "Begun" not in html
    leave(editor, page.get(beside).wsgi_request.unsent.name, title="Second")
    assert 'value="Second"' in text_of(page.get(beside))
    assert 'value="Begun"' in text_of(page.get(LOG))


def _address(name):
    article = an_article(slug="an-article")
    claim = a_claim(article, slug="a-claim")
    if name == "desk_claim_reopen":
        an_assessment(claim, status="borne-out")
    a_source("news.example")
    item = an_item([claim])
    suggested = suggest(by=None, address="https://news.example/seen", today=DAY)
    return {
        "desk_article_new": ("/desk/articles/new/", "summary"),
        "desk_article_revise": ("/desk/articles/an-article/revise/", "summary"),
        "desk_bearing": (f"/desk/evidence/{item.id}/bearings/a-claim/", "note"),
        "desk_bearing_withdraw": (f"/desk/evidence/{item.id}/bearings/a-claim/withdraw/", "reason"),
        "desk_claim_assess": ("/desk/claims/a-claim/assess/", "rationale"),
        "desk_claim_new": ("/desk/claims/new/", "statement"),
        "desk_claim_reopen": ("/desk/claims/a-claim/reopen/", "rationale"),
        "desk_claim_resolve": ("/desk/claims/a-claim/resolve/", "rationale"),
        "desk_claim_revise": ("/desk/claims/a-claim/revise/", "statement"),
        "desk_evidence_link": (f"/desk/evidence/{item.id}/link/", "reason"),
        "desk_evidence_revise": (f"/desk/evidence/{item.id}/revise/", "summary"),
        "desk_feeds": ("/desk/leads/feeds/", "address"),
        "desk_log": (LOG, "summary"),
        "desk_source_grade": ("/desk/sources/news-example/grade/", "reason"),
        "desk_source_new": ("/desk/sources/new/", "name"),
        "desk_topic_new": ("/desk/topics/new/", "name"),
        "queue_suggestion": (f"/moderation/suggestions/{suggested.id}/", "answer"),
        "desk_claim_lock": ("/desk/claims/a-claim/lock/", "reason"),
        "desk_claim_relate": ("/desk/claims/a-claim/relate/", "address"),
    }[name]


@pytest.mark.parametrize("name", sorted(set(FORMS) - {"desk_draft", "desk_claim_unrelate"}))
def test_every_form_of_the_desk_is_filled_again(client, name):
    person = a_person("editor", "moderator")
    path, field = _address(name)
    leave(person, path, **{field: "Typed and left"})
    response = signed_in(client, person).get(path)
    assert response.status_code == 200
    assert "Typed and left" in text_of(response)
    assert "to put right" not in text_of(response)


def test_every_form_has_its_words():
    assert set(FORMS) <= {route.name for route in routes()}
    assert form_words("/desk/claims/a-claim/assess/") == "Assess: a claim"
    assert form_words("/nowhere/") == "A form"


def test_choices_and_ticks_come_back(page, editor):
    claim = a_claim(slug="a-claim")
    an_item([claim])
    leave(editor, "/desk/claims/a-claim/assess/", cites=["1"], confidence="high", numbers="")
    html = text_of(page.get("/desk/claims/a-claim/assess/"))
    assert re.search('<input[^>]*value="high"[^>]*checked', html)
    assert re.search('<input[^>]*name="cites"[^>]*value="1"[^>]*checked', html)


def test_rows_of_a_byline_come_back(page, editor):
    leave(editor, "/desk/articles/new/", **{"form-TOTAL_FORMS": "3", "form-2-name": "A third author"})
    assert 'value="A third author"' in text_of(page.get("/desk/articles/new/"))


# --- what was changed meanwhile ---


def outdated(editor, page):
    article = an_article(slug="an-article")
    leave(editor, "/desk/articles/an-article/revise/", title="Mine", version=str(article.version))
    words = ArticleWords(title="Theirs", summary="S", paragraphs=article.paragraphs)
    revise_article(by=a_person("editor"), article=article, seen_version=article.version, words=words, today=DAY)
    return page.get("/desk/articles/an-article/revise/"), article


def test_it_says_that_the_thing_was_changed_meanwhile(page, editor):
    response, _ = outdated(editor, page)
    assert "It was changed since." in text_of(response)


def test_the_version_that_was_seen_goes_with_it(page, editor):
    response, article = outdated(editor, page)
    assert f'name="version" value="{article.version}"' in text_of(response)


def test_sending_it_then_overwrites_nothing_and_shows_both(page, editor):
    response, article = outdated(editor, page)
    said = {name: response.context["form"][name].value() or "" for name in response.context["form"].fields}
    rows = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    mine = {**said, **rows, "summary": "Mine", "kind": "report", "language": "en", "paragraphs": "3"}
    refused = page.post("/desk/articles/an-article/revise/", mine)
    article.refresh_from_db()
    assert (refused.status_code, article.title) == (409, "Theirs")
    assert "Theirs" in text_of(refused)
    assert 'value="Mine"' in text_of(refused)
    assert Unsent.objects.exists()


def test_an_unchanged_thing_is_not_called_changed(page, editor):
    article = an_article(slug="an-article")
    leave(editor, "/desk/articles/an-article/revise/", title="Mine", version=str(article.version))
    assert "It was changed since." not in text_of(page.get("/desk/articles/an-article/revise/"))


# --- forgetting ---


def test_what_is_sent_is_forgotten(page, editor):
    a_source("news.example")
    leave(editor, title="Begun")
    page.post(LOG, item_form((a_claim(), "supports", "slight")))
    assert Evidence.objects.count() == 1
    assert not Unsent.objects.exists()


def test_what_is_refused_stays(page, editor):
    leave(editor, title="Begun")
    assert page.post(LOG, item_form(summary="")).status_code == 422
    assert Unsent.objects.exists()


def test_a_button_that_stores_nothing_forgets_nothing(page, editor):
    leave(editor, title="Begun")
    page.post(LOG, {"find": "claim", "find_claim": "x"})
    assert Unsent.objects.exists()


def test_other_forms_stay(page, editor):
    leave(editor, "/desk/topics/new/", name="Oil")
    page.post("/desk/sources/new/", {"domain": "new.example", "name": "New", "kind": "blog", "country": "PL"})
    assert Unsent.objects.exists()


def test_it_is_thrown_away(page, editor):
    leave(editor, title="Begun")
    response = page.post(f"/desk/unsent/{Unsent.objects.get().id}/discard/")
    assert (response.status_code, response["Location"]) == (302, LOG)
    assert not Unsent.objects.exists()


def test_it_is_thrown_away_from_the_list(page, editor):
    leave(editor, title="Begun")
    response = page.post(f"/desk/unsent/{Unsent.objects.get().id}/discard/", {"back": "list"})
    assert response["Location"] == "/desk/drafts/"


def test_nobody_throws_away_what_another_left(page):
    leave(a_person("editor"), title="Unseen")
    response = page.post(f"/desk/unsent/{Unsent.objects.get().id}/discard/")
    assert "sent or thrown away before" in told(page.get(response["Location"]))[0]
    assert Unsent.objects.exists()


# --- lists ---


@pytest.mark.parametrize("path", ["/desk/", "/desk/drafts/"])
def test_what_was_left_is_found_again(page, editor, path):
    leave(editor, "/desk/claims/a-claim/assess/", rationale="Because it moved")
    html = text_of(page.get(path))
    assert 'href="/desk/claims/a-claim/assess/">Assess: a claim</a>' in html
    assert "Because it moved" in html


def test_the_last_one_is_first(page, editor):
    leave(editor, "/desk/topics/new/", name="Oil")
    keep_unsent(by=editor, place=LOG, fields={"title": ["Later"]}, now=NOW + timedelta(hours=1))
    html = text_of(page.get("/desk/drafts/"))
    assert html.index("Later") < html.index("Oil")


@pytest.mark.parametrize("count", [2, 50])
def test_the_list_asks_the_same_number_of_queries(page, editor, count, django_assert_num_queries):
    for number in range(count):
        leave(editor, f"/desk/claims/c-{number}/assess/", rationale="x")
    with django_assert_num_queries(5):
        page.get("/desk/drafts/")


def test_a_form_asks_one_query_more(page, django_assert_num_queries):
    with django_assert_num_queries(4):
        page.get("/desk/sources/new/")
