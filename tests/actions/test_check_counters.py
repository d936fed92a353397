"""`check_counters`: what is kept on claims, proved against a recount, by the same comparison as the nightly one."""

import logging
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.actions import upkeep
from claims.actions.upkeep import recount
from claims.models import Claim
from tests.factories import a_claim, an_assessment, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    claim = a_claim()
    an_item([claim])
    an_assessment(claim)
    return claim


def spoil(*claims):
    Claim.objects.filter(id__in=[claim.id for claim in claims]).update(supports=7, title="Wrong", moved=1)


def test_it_says_how_many_claims_agree(claim, capsys):
    call_command("check_counters")
    assert capsys.readouterr().out == "1 claims agree with a recount.\n"


def test_it_names_each_column_that_differs(claim, capsys):
    spoil(claim)
    with pytest.raises(CommandError):
        call_command("check_counters")
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[1] for line in lines if line.startswith(str(claim.id))} == {"supports", "title", "moved"}


def test_a_claim_counts_once_however_much_of_it_differs(claim):
    spoil(claim)
    with pytest.raises(CommandError, match="^1 of 1 claims"):
        call_command("check_counters")


def test_it_changes_nothing(claim):
    spoil(claim)
    with pytest.raises(CommandError):
        call_command("check_counters")
    claim.refresh_from_db()
    assert claim.supports == 7


def test_the_recount_finds_the_claims_that_it_finds(claim, caplog):
    spoil(claim, a_claim())
    with pytest.raises(CommandError, match="^2 of 2 claims"):
        call_command("check_counters")
    with caplog.at_level(logging.CRITICAL):
        assert len(recount(today=timezone.now().date())) == 2


def test_it_agrees_once_the_recount_has_mended(claim):
    spoil(claim)
    recount(today=timezone.now().date())
    call_command("check_counters")


def test_a_claim_of_today_agrees_with_the_recount_of_tomorrow(claim):
    assert recount(today=timezone.now().date() + timedelta(days=1)) == []


def test_every_claim_is_compared_whatever_their_number(monkeypatch, capsys):
    monkeypatch.setattr(upkeep, "_AT_ONCE", 2)
    for _ in range(5):
        a_claim()
    call_command("check_counters")
    assert capsys.readouterr().out == "5 claims agree with a recount.\n"
