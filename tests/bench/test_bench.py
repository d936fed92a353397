"""The bench's own machinery: figures, rounds, databases."""

from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from claims.actions.kept import EVERYTHING, differences
from claims.ledger.hashing import leaf_hash
from claims.ledger.notes import Signer
from claims.ledger.proofs import check_consistency, check_inclusion
from claims.models import Claim, Event, LedgerEntry, Outbox
from claims.queries import ledger
from resetwatch.bench import ledger_appends, ledger_audit, ledger_proofs
from resetwatch.bench.claim_list import FIRST_PAGE, _get, _page_at
from resetwatch.bench.claim_page import _statements_of
from resetwatch.bench.databases import Database, own_databases
from resetwatch.bench.figures import Count, Figure, table
from resetwatch.bench.filling import DAY, Desk, many_claims
from resetwatch.bench.ledger_filling import event_at, fill_ledger
from resetwatch.bench.logging_items import Acting
from resetwatch.bench.rounds import at_once, medians, repeated
from tests.fixtures.waiting import wait_until


def a_figure(took, goal=2):
    return Figure(work="logging", took=took, anchor="raw", anchor_took=0.002, goal=goal)


@pytest.mark.parametrize(("took", "met"), [(0.004, True), (0.0041, False)])
def test_a_figure_is_met_up_to_its_goal(took, met):
    assert a_figure(took).met is met


def test_a_count_is_met_up_to_its_goal():
    assert [Count(work="statements", count=count, goal=10).met for count in (10, 11)] == [True, False]


def test_the_table_has_a_line_a_figure_with_its_ratio():
    assert "logging  5.00 ms  raw     2.00 ms  2.50   ≤ 2   NO" in table([a_figure(0.005)]).splitlines()


def test_the_order_of_works_is_rotated_and_the_first_round_does_not_count():
    done = []

    def work(name):
        return lambda: done.append(name) or len(done)

    medians({"a": work("a"), "b": work("b")}, rounds=2)
    assert "".join(done) == "abbaab"


def test_the_median_is_taken():
    times = iter([100.0, 1.0, 9.0, 2.0])
    assert medians({"a": lambda: next(times)}, rounds=3) == {"a": 2.0}


def test_a_work_is_repeated_and_its_time_is_that_of_one():
    done = []
    taken = repeated(lambda: done.append(1), times=5)()
    assert (len(done), 0 < taken < 1) == (5, True)


def test_threads_each_do_the_work_so_many_times_after_a_first():
    done = []
    at_once(done.append, threads=3, times=4)()
    assert sorted(done) == [number for number in range(3) for _ in range(5)]


def test_a_failure_in_a_thread_is_not_lost():
    def fail(number):
        raise ValueError(number)

    with pytest.raises(ValueError, match="0"):
        at_once(fail, threads=1, times=1)()


def test_its_databases_are_migrated_used_and_dropped(empty_cloned_db):
    before = connections["default"].settings_dict["NAME"]
    with own_databases("first", "second") as (first, second):
        for database in (first, second):
            with database.used():
                assert Claim.objects.count() == 0
        names = [first.name, second.name]
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname = ANY(%s)", [names])
        assert (cursor.fetchall(), connections["default"].settings_dict["NAME"]) == ([], before)


def test_a_claim_with_items_has_as_many(db):
    claim = Desk().claim_with_items(7)
    assert (claim.bearings.count(), claim.assessments.count()) == (7, 6)


def test_many_claims_agree_with_a_recount(db):
    many_claims(Desk(), 40)
    claims = list(Claim.objects.values_list("id", flat=True))
    assert (len(claims), [differences(kept, claims, today=DAY) for kept in EVERYTHING]) == (40, [[], [], []])


def test_a_deep_page_is_found_by_turning_pages(db):
    many_claims(Desk(), 220)
    path = _page_at(200)
    assert (path.startswith(FIRST_PAGE.split("&")[0]), "after=" in path, "Claim" in _get(path)) == (True, True, True)


def test_statements_are_noted_with_their_parameters(db):
    assert _statements_of(lambda: Claim.objects.filter(slug="none").exists())[0][1] == (1, "none")


def test_each_thread_logs_on_claims_of_its_own(db):
    desk = Desk()
    claims = [[desk.claim(number).id] for number in range(2)]
    acting = Acting(desk, claims)
    acting.log(1)
    assert [claim.items for claim in Claim.objects.order_by("id")] == [0, 1]


def used_database():
    return Database(connections["default"].settings_dict["NAME"])


def test_the_sequencer_has_placed_everything_when_it_is_stopped(empty_cloned_db):
    with ledger_appends.sequencing(used_database(), Signer.new("bench.example").text):
        Desk()
    assert (Outbox.objects.count(), LedgerEntry.objects.count() == Event.objects.count() > 0) == (0, True)


def test_a_sequencer_that_ended_is_not_waited_for(empty_cloned_db):
    Desk()
    with pytest.raises(RuntimeError, match="no places"):
        ledger_appends.sequencing(used_database(), "no key").__enter__()


def test_what_waits_for_its_place_is_seen_to(empty_cloned_db):
    Desk()
    with ledger_appends.watched(used_database()) as waits:
        wait_until(lambda: waits)
    assert 0 < waits[0] < 60_000


def test_logging_is_measured_with_and_without_the_ledger(empty_cloned_db, monkeypatch):
    monkeypatch.setattr(ledger_appends, "WRITERS", 2)
    monkeypatch.setattr(ledger_appends, "sequencing", lambda *_: nullcontext())
    rows = ledger_appends.measure(used_database(), Desk(), rounds=1, times=1)
    assert (len(rows), rows[0].ratio > 0, rows[1].count > 0) == (2, True, True)


@pytest.mark.parametrize("count", [1, 1_001])
def test_a_filled_ledger_proves_each_of_its_entries(empty_cloned_db, count):
    fill_ledger(used_database(), count)
    signed = ledger.newest_signed()
    assert signed.size == count
    for place in {0, count // 2, count - 1}:
        entry, _ = ledger.entry_of(event_at(place))
        path, root = ledger.inclusion_path(place, count)
        assert root == signed.root
        check_inclusion(leaf=leaf_hash(entry.commitment), index=place, size=count, path=path, root=root)


def test_a_ledger_is_filled_in_pieces(empty_cloned_db, monkeypatch):
    monkeypatch.setattr("resetwatch.bench.ledger_filling.AT_ONCE", 7)
    filled = fill_ledger(used_database(), 20)
    path, first_root, root = ledger.consistency_path(13, 20)
    check_consistency(first=13, second=20, first_root=first_root, second_root=root, path=path)
    assert (ledger.newest_signed().root, LedgerEntry.objects.count(), filled.size > 0) == (root, 20, True)


def test_what_is_asked_of_a_ledger_is_asked_at_other_places_each_time(empty_cloned_db):
    fill_ledger(used_database(), 500)
    asked = ledger_proofs.asked_of(500)
    assert len({tuple(asked[ledger_proofs.INCLUSION]()[0]) for _ in range(20)}) > 10
    assert len({len(asked[ledger_proofs.CONSISTENCY]()[0]) for _ in range(20)}) > 1
    assert asked[ledger_proofs.RANGE]() == ledger_proofs.PAGE


def test_the_export_that_is_verified_is_a_whole_one(tmp_path):
    ledger_audit.export(tmp_path / "ledger.jsonl", 5)
    assert "All 5 entries fit" in ledger_audit.verify(tmp_path / "ledger.jsonl")


def test_an_export_that_does_not_fit_is_not_measured(tmp_path):
    file = tmp_path / "ledger.jsonl"
    ledger_audit.export(file, 5)
    file.write_text(file.read_text().replace("Talks go on", "Talks broke down", 1))
    with pytest.raises(RuntimeError, match="altered"):
        ledger_audit.verify(file)


def test_verifying_is_measured_in_three_ways():
    assert [row.ratio > 0 for row in ledger_audit.measure(rounds=1, in_memory=10, in_file=10)] == [True, True, True]


def test_proofs_are_not_taken_from_a_ledger_as_short_as_what_they_are_compared_with():
    with pytest.raises(CommandError, match="more than 1,000"):
        call_command("bench", "proofs", entries=1_000)
