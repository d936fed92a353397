"""Flagging: what can be, by whom, and how often."""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.utils import timezone

from claims.actions.decide import withdraw
from claims.ids import uuid7
from claims.models import Flag
from claims.web import strangers
from claims.web.paths import flag_path
from tests.factories import DAY, a_claim, a_person, a_source, an_assessment, an_item

pytestmark = pytest.mark.django_db
WRONG = {"reason": "other", "note": "It says something else.", "website": ""}


def the_things() -> dict[str, object]:
    claim = a_claim()
    return {"evidence": an_item(), "claim": claim, "assessment": an_assessment(claim), "source": a_source()}


@pytest.mark.parametrize("kind", ["evidence", "claim", "assessment", "source"])
def test_a_stranger_flags(client: Client, kind: str) -> None:
    thing = the_things()[kind]
    client.post(flag_path(kind, thing.pk), WRONG)
    told = Flag.objects.get()
    assert (told.subject_type, told.subject_id, told.by, told.note) == (kind, thing.pk, None, WRONG["note"])


def test_a_person_flags_under_their_name(client: Client) -> None:
    person = a_person()
    client.force_login(person)
    client.post(flag_path("claim", a_claim().id), WRONG)
    assert Flag.objects.get().by == person


def test_a_thanks_page_follows_and_leads_back(client: Client) -> None:
    claim = a_claim(slug="flagged")
    answer = client.post(flag_path("claim", claim.id), WRONG, follow=True)
    assert answer.redirect_chain == [(f"/flag/claim/{claim.id}/thanks/", 302)]
    assert 'href="/claims/flagged/"' in answer.text


@pytest.mark.parametrize("page", ["", "thanks/"])
def test_nobody_keeps_the_page(client: Client, page: str) -> None:
    kept = client.get(flag_path("claim", a_claim().id) + page)["Cache-Control"]
    assert "private" in kept
    assert "no-store" in kept


def test_the_form_carries_a_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(flag_path("claim", a_claim().id), WRONG).status_code == 403
    assert not Flag.objects.exists()


@pytest.mark.parametrize(
    ("kind", "there", "not_there"),
    [("evidence", "dead-address", "objection"), ("claim", "objection", "grade"), ("source", "grade", "summary")],
)
def test_the_reasons_fit_the_thing(client: Client, kind: str, there: str, not_there: str) -> None:
    page = client.get(flag_path(kind, the_things()[kind].pk)).text
    assert f'value="{there}"' in page
    assert f'value="{not_there}"' not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reason": "", "note": "Typed."}, "Choose what is wrong."),
        ({"reason": "made-up", "note": "Typed."}, "Select a valid choice"),
        ({"reason": "other", "note": ""}, "Say what is wrong."),
        ({"reason": "other", "note": "x" * 1001}, "may have 1,000"),
        ({"reason": "other", "note": "a \x00 nul"}, "control character"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_kept(client: Client, typed: dict[str, str], words: str) -> None:
    answer = client.post(flag_path("claim", a_claim().id), typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert typed["note"].split("\x00")[0] in answer.text
    assert not Flag.objects.exists()


@pytest.mark.parametrize("identity", [str(uuid.UUID(int=1)), "no-id", "x" * 3000, "\u0661"])
@pytest.mark.parametrize("kind", ["evidence", "claim", "assessment", "source"])
def test_what_does_not_exist_is_said_so(client: Client, kind: str, identity: str) -> None:
    answer = client.get(flag_path(kind, identity))
    assert answer.status_code == 404
    assert "to flag" in answer.text


@pytest.mark.parametrize("kind", ["person", "flag", "EVIDENCE", "%00"])
def test_other_things_cannot_be_flagged(client: Client, kind: str) -> None:
    answer = client.get(flag_path(kind, a_claim().id))
    assert answer.status_code == 404
    assert "cannot be flagged" in answer.text


def test_a_waiting_item_is_not_given_away(client: Client) -> None:
    item = an_item(by=a_person("analyst"), title="Not public yet")
    answer = client.get(flag_path("evidence", item.id))
    assert answer.status_code == 404
    assert "Not public yet" not in answer.text


def test_a_withdrawn_item_cannot_be_flagged(client: Client) -> None:
    item = an_item()
    withdraw(by=a_person("moderator"), evidence=item, reason="Made up.", today=DAY)
    assert client.post(flag_path("evidence", item.id), WRONG).status_code == 404


def test_what_a_machine_fills_in_is_thanked_for_and_dropped(client: Client) -> None:
    claim = a_claim()
    answer = client.post(flag_path("claim", claim.id), WRONG | {"website": "https://spam.example/"})
    assert answer.url == f"/flag/claim/{claim.id}/thanks/"
    assert not Flag.objects.exists()


def test_an_address_has_a_limit_and_what_was_typed_is_kept(client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"flag": "2/h/ip"}
    path = flag_path("claim", a_claim().id)
    codes = [client.post(path, WRONG).status_code for _ in range(3)]
    assert codes == [302, 302, 429]
    assert WRONG["note"] in client.post(path, WRONG).text
    assert client.post(path, WRONG, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_mistake_does_not_count_against_the_limit(client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"flag": "1/h/ip"}
    path = flag_path("claim", a_claim().id)
    codes = [client.post(path, typed).status_code for typed in (WRONG | {"reason": ""}, WRONG)]
    assert codes == [422, 302]


def test_who_is_signed_in_has_no_such_limit(client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"flag": "1/h/ip"}
    client.force_login(a_person())
    path = flag_path("claim", a_claim().id)
    assert [client.post(path, WRONG).status_code for _ in range(3)] == [302] * 3


def test_the_site_s_own_settings_limit_each_address() -> None:
    assert site_settings.ACCOUNT_RATE_LIMITS["flag"].endswith("/ip")


def flags_of_strangers(n: int, *, ago: timedelta, claim_id: uuid.UUID) -> None:
    at = timezone.now() - ago
    first = (int(at.timestamp() * 1000) << 80) | (uuid7().int & ((1 << 80) - 1) & ~0xFFFF)
    Flag.objects.bulk_create(
        Flag(
            id=uuid.UUID(int=first + place),
            subject_type="claim",
            subject_id=claim_id,
            reason="other",
            note="x",
            made_at=at,
        )
        for place in range(n)
    )


def test_all_strangers_together_have_a_limit_even_without_redis(client: Client, redis_down: str) -> None:
    claim = a_claim()
    flags_of_strangers(strangers.MOST_OF_STRANGERS, ago=timedelta(minutes=50), claim_id=claim.id)
    answer = client.post(flag_path("claim", claim.id), WRONG)
    assert answer.status_code == 429
    assert "More flags came in within the last hour than we can read." in answer.text


def test_what_came_more_than_an_hour_ago_does_not_count(client: Client) -> None:
    claim = a_claim()
    flags_of_strangers(strangers.MOST_OF_STRANGERS, ago=timedelta(minutes=70), claim_id=claim.id)
    assert client.post(flag_path("claim", claim.id), WRONG).status_code == 302


def test_a_person_flags_also_when_strangers_cannot(client: Client) -> None:
    claim = a_claim()
    flags_of_strangers(strangers.MOST_OF_STRANGERS, ago=timedelta(minutes=5), claim_id=claim.id)
    client.force_login(a_person())
    assert client.post(flag_path("claim", claim.id), WRONG).status_code == 302


def test_without_redis_a_stranger_still_flags(client: Client, redis_down: str) -> None:
    assert client.post(flag_path("claim", a_claim().id), WRONG).status_code == 302
    assert Flag.objects.count() == 1


def test_the_number_of_queries_is_fixed(client: Client, django_assert_num_queries) -> None:
    path = flag_path("claim", a_claim().id)
    with django_assert_num_queries(1):
        client.get(path)
