"""What there is once, the database holds once; a citation is of a bearing on the claim assessed."""

import pytest
from django.db import connection, transaction

from claims.models import (
    ActKey,
    ArticleAuthor,
    BearingRevision,
    Citation,
    Evidence,
    SourceDomain,
    SourceRevision,
    UserRole,
)
from tests.factories import NOW, a_claim, a_person, a_source, a_topic, an_article, an_assessment, an_item
from tests.models.refusals import again, changed, refuses

pytestmark = pytest.mark.django_db


def cite(assessment, claim, item):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO citation (assessment_id, claim_id, evidence_id) VALUES (%s, %s, %s)",
            [assessment.id, claim.id, item.id],
        )


def test_a_citation_is_of_an_item_that_bears_on_the_claim():
    claim = a_claim()
    assessment, item = an_assessment(claim), an_item([a_claim()])
    with refuses("citation_of_a_bearing"):
        cite(assessment, claim, item)


def test_a_citation_is_of_the_claim_that_is_assessed():
    claim, other = a_claim(), a_claim()
    assessment, item = an_assessment(claim), an_item([other])
    with refuses("citation_of_its_assessment"):
        cite(assessment, other, item)


def test_a_citation_of_a_bearing_is_taken():
    claim = a_claim()
    assessment, item = an_assessment(claim), an_item([claim])
    cite(assessment, claim, item)
    assert Citation.objects.count() == 1


def test_an_item_is_cited_once():
    claim = a_claim()
    item = an_item([claim])
    assessment = an_assessment(claim, cites=[item])
    with refuses("citation_pkey"):
        cite(assessment, claim, item)


def test_an_item_bears_on_a_claim_once():
    bearing = an_item([a_claim()]).bearings.get()
    with refuses("bearing_once"):
        again(bearing, number=2)


def test_a_number_is_given_once():
    claim = a_claim()
    an_item([claim])
    second = an_item([claim]).bearings.get()
    with refuses("bearing_number_once"):
        changed(second, number=1)


def test_a_revision_of_a_bearing_is_numbered_once():
    an_item([a_claim()])
    with refuses("bearing_revision_once"):
        again(BearingRevision.objects.get())


def test_a_published_address_is_published_once():
    item = an_item()
    with refuses("evidence_address_once"):
        again(item, address="https://other.example/")


def test_an_address_may_wait_twice():
    item = an_item(by=a_person("analyst"))
    again(item)
    assert Evidence.objects.filter(address_norm=item.address_norm).count() == 2


def test_a_key_of_the_loader_is_given_once():
    item = an_item()
    changed(item, import_key="k")
    with refuses("evidence_import_key_key"):
        again(item, import_key="k", address_norm="https://other.example/")


@pytest.mark.parametrize(
    ("name", "make", "change"),
    [
        ("person_email_key", a_person, {}),
        ("person_email_once", a_person, {"email": "PERSON@example.org"}),
        ("source_slug_key", a_source, {}),
        ("source_revision_once", lambda: a_source() and SourceRevision.objects.latest("id"), {}),
        ("article_slug_key", an_article, {}),
        ("topic_slug_key", a_topic, {"name": "Another"}),
        ("topic_name_key", a_topic, {"slug": "another"}),
        ("claim_slug_key", a_claim, {}),
    ],
)
def test_what_names_a_thing_is_given_once(name, make, change):
    row = make()
    if "email" in change:
        changed(row, email="person@example.org")
    with refuses(name):
        again(row, **change)


def test_a_domain_belongs_to_one_source():
    domain = a_source().domains.get().domain
    with refuses("source_domain_pkey"), transaction.atomic():
        SourceDomain(domain=domain, source=a_source()).save(force_insert=True)


def test_a_person_holds_a_role_once():
    person = a_person("editor")
    with refuses("person_role_pkey"), transaction.atomic():
        UserRole(user=person, role="editor").save(force_insert=True)


def test_a_place_in_the_byline_is_taken_once():
    author = an_article().authors.get()
    with refuses("article_author_pkey"), transaction.atomic():
        ArticleAuthor(article_id=author.article_id, place=author.place, name="Else").save(force_insert=True)


def test_a_key_of_an_act_is_given_once():
    row = {"actor": a_person(), "key": "k", "fingerprint": b"", "subject_id": a_claim().id, "made_at": NOW}
    ActKey(**row).save(force_insert=True)
    with refuses("act_key_pkey"), transaction.atomic():
        ActKey(**row).save(force_insert=True)
