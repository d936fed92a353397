"""Adding and grading sources."""

import pytest

from claims.actions.errors import Invalid, NotAllowed, Stale
from claims.actions.sources import add_source, grade_source
from claims.models import Event, Source, SourceDomain, SourceRevision
from tests.factories import DAY, a_person, a_source

pytestmark = pytest.mark.django_db


def add(*domains, by=None, **words):
    said = {"name": "The Paper", "kind": "newspaper", **words}
    return add_source(by=by or a_person("editor"), domains=domains or ["paper.example"], today=DAY, **said)


def grade(source, reliability, **words):
    said = {"reason": "Corrected itself twice.", **words}
    return grade_source(by=a_person("editor"), source=source, reliability=reliability, today=DAY, **said)


def errors_of(act, *args, **words):
    with pytest.raises(Invalid) as refused:
        act(*args, **words)
    return list(refused.value.errors)


def test_its_short_name_is_its_first_domain_with_hyphens():
    assert add("news.paper.example", "paper.example").slug == "news-paper-example"


def test_it_is_known_by_each_of_its_domains():
    source = add("paper.example", "paper.test")
    assert set(SourceDomain.objects.filter(source=source).values_list("domain", flat=True)) == {
        "paper.example",
        "paper.test",
    }


def test_domains_are_cleaned():
    source = add(" WWW.Paper.Example ", "paper.example")
    assert list(source.domains.values_list("domain", flat=True)) == ["paper.example"]


def test_a_domain_belongs_to_one_source():
    add("paper.example")
    assert errors_of(add, "other.example", "paper.example") == ["domain"]


def test_an_analyst_adds_a_source_without_a_grade():
    assert add(by=a_person("analyst")).reliability is None


def test_an_analyst_does_not_grade_what_they_add():
    with pytest.raises(NotAllowed):
        add(by=a_person("analyst", trusted=True), reliability="A")


def test_its_first_revision_is_kept():
    source = add(reliability="B")
    assert list(SourceRevision.objects.filter(source=source).values_list("number", "reliability")) == [(1, "B")]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "a" * 121}),
        ("kind", {"kind": "pub"}),
        ("country", {"country": "Poland"}),
        ("country", {"country": "pl"}),
        ("reliability", {"reliability": "G"}),
    ],
)
def test_it_names_the_field_that_is_wrong(field, words):
    assert errors_of(add, **words) == [field]


@pytest.mark.parametrize("domain", ["", "localhost", "a b.example", "https://paper.example", "-a.example", "a" * 254])
def test_it_refuses_what_is_no_domain(domain):
    assert errors_of(add, domain) == ["domain"]


def test_it_needs_a_domain():
    with pytest.raises(Invalid) as refused:
        add_source(by=a_person("editor"), domains=[], name="The Paper", kind="newspaper", today=DAY)
    assert list(refused.value.errors) == ["domain"]


def test_a_grade_is_kept_with_its_revision():
    source = grade(a_source(reliability=None), "C")
    assert list(source.revisions.order_by("number").values_list("number", "reliability")) == [(1, None), (2, "C")]


def test_a_grade_tells_what_it_was():
    grade(a_source(reliability="B"), "C")
    told = Event.objects.get(verb="source-graded").body.payload
    assert (told["was"], told["reliability"], told["reason"]) == ("B", "C", "Corrected itself twice.")


def test_a_grade_can_be_taken_back():
    assert grade(a_source(reliability="B"), None).reliability is None


def test_another_name_alone_is_a_revision_and_no_grade():
    grade(a_source(reliability="B"), "B", name="The Other Paper")
    assert Event.objects.filter(verb="source-revised").exists()


def test_a_stale_grade_is_refused():
    source = a_source()
    grade(source, "C")
    with pytest.raises(Stale):
        grade(source, "D", seen_version=source.version)


@pytest.mark.parametrize(("field", "wrong"), [("reason", {"reason": ""}), ("kind", {"kind": "pub"})])
def test_a_grade_names_the_field_that_is_wrong(field, wrong):
    assert errors_of(grade, a_source(), "C", **wrong) == [field]


def test_there_is_no_grade_beyond_f():
    assert errors_of(grade, a_source(), "G") == ["reliability"]


def test_a_refused_grade_leaves_the_source_as_it_was():
    source = a_source(reliability="B")
    errors_of(grade, source, "C", reason="")
    assert Source.objects.get(id=source.id).reliability == "B"
