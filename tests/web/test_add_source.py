"""Adding a source, and grading it."""

import pytest

from claims.actions.sources import grade_source
from claims.models import Source, SourceDomain
from tests.factories import DAY, a_person, a_source, the_house
from tests.web.desk import signed_in, text_of, told

pytestmark = pytest.mark.django_db

NEW = "/desk/sources/new/"


def form(**said):
    return {"domain": "news.example", "name": "The News", "kind": "newspaper", "country": "pl"} | said


def test_an_analyst_adds_a_source_without_a_grade(client):
    response = signed_in(client, a_person("analyst")).post(NEW, form(reliability="A"))
    source = Source.objects.get()
    assert (source.name, source.country, source.reliability) == ("The News", "PL", None)
    assert response.url == "/sources/news-example/"


def test_an_editor_adds_a_source_with_its_grade(client):
    signed_in(client, a_person("editor")).post(NEW, form(reliability="B"))
    assert Source.objects.get().reliability == "B"


def test_it_takes_several_domains(client):
    signed_in(client, a_person("analyst")).post(NEW, form(domain="news.example\r\nwww.paper.example, old.example"))
    assert set(SourceDomain.objects.values_list("domain", flat=True)) == {
        "news.example",
        "paper.example",
        "old.example",
    }


def test_it_begins_with_the_domain_of_the_address(client):
    page = text_of(signed_in(client, a_person("analyst")).get(NEW, {"domain": "news.example"}))
    assert "news.example</textarea>" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"domain": ""}, "Give the domain by which the source is known."),
        ({"domain": "not a domain"}, "“not” is not a domain"),
        ({"name": ""}, "Give the source a name."),
        ({"name": "x" * 1_000_000}, "may have 120"),
        ({"kind": "rumour"}, "“rumour” is no kind of source"),
        ({"country": "Poland"}, "Give the country as two letters"),
        ({"name": "A\0B"}, "control character"),
    ],
)
def test_it_says_beside_the_field_what_is_wrong(client, said, words):
    response = signed_in(client, a_person("analyst")).post(NEW, form(**said))
    assert response.status_code == 422
    assert text_of(response).count(words) >= 2
    assert not Source.objects.exists()


def test_it_refuses_a_domain_that_is_taken(client):
    a_source("news.example")
    response = signed_in(client, a_person("analyst")).post(NEW, form())
    assert response.status_code == 422
    assert "There is a source with this domain already." in text_of(response)


def grade_form(source, **said):
    return {
        "version": source.version,
        "name": source.name,
        "kind": source.kind,
        "reliability": "C",
        "reason": "Ads.",
    } | said


def grade_page(source):
    return f"/desk/sources/{source.slug}/grade/"


def test_an_editor_grades_a_source(client):
    source = a_source(reliability=None, name="The News")
    response = signed_in(client, a_person("editor")).post(grade_page(source), grade_form(source), follow=True)
    source.refresh_from_db()
    assert source.reliability == "C"
    assert told(response) == ["“The News” is changed; its grade is C."]


def test_an_editor_takes_a_grade_away(client):
    source = a_source(reliability="B")
    signed_in(client, a_person("editor")).post(grade_page(source), grade_form(source, reliability=""))
    source.refresh_from_db()
    assert source.reliability is None


def test_a_grade_needs_a_reason(client):
    source = a_source()
    response = signed_in(client, a_person("editor")).post(grade_page(source), grade_form(source, reason=""))
    assert response.status_code == 422
    assert "Say why the grade changes." in text_of(response)


def test_it_keeps_what_was_typed_when_stale(client):
    source = a_source(reliability="B")
    grade_source(by=the_house(), source=source, reliability="D", reason="Wrong twice.", today=DAY)
    response = signed_in(client, a_person("editor")).post(grade_page(source), grade_form(source))
    source.refresh_from_db()
    page = text_of(response)
    assert (response.status_code, source.reliability) == (409, "D")
    assert 'name="version" value="2"' in page
    assert "Ads." in page


def test_an_analyst_does_not_grade(client):
    response = signed_in(client, a_person("analyst", trusted=True)).get(grade_page(a_source()))
    assert response.status_code == 403
    assert "You may not grade sources." in text_of(response)


def test_there_is_no_grade_for_a_source_that_does_not_exist(client):
    assert signed_in(client, a_person("editor")).get("/desk/sources/none/grade/").status_code == 404
