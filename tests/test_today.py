"""The clock is read where a request, a task or a command begins, and passed on: rules never read it."""

import ast
from pathlib import Path

import pytest

CLAIMS = Path(__file__).parents[1] / "claims"
# Where a day or an instant is taken for the rules below.
MAY_READ = ("web/", "tasks.py", "management/", "notify/", "migrations/", "templatetags/")
CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "localdate", "localtime", "monotonic"}
OWNERS = {"date", "datetime", "timezone", "time", "dt"}
# Where it is measured how long something takes, which tells no day.
STOPWATCHES = {"actions/wake.py", "capture/guard.py", "leads/reading.py"}
RULES = sorted(file for file in CLAIMS.rglob("*.py") if not str(file.relative_to(CLAIMS)).startswith(MAY_READ))


def readings(source):
    """The calls and SQL that read a clock, with the expression around each."""
    tree = ast.parse(source)
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    return [(node, parents[node]) for node in ast.walk(tree) if reads_a_clock(node)]


def reads_a_clock(node):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in CLOCKS and ast.unparse(node.func.value).split(".")[-1] in OWNERS
    said = node.value.upper() if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return any(word in said for word in ("CURRENT_DATE", "CURRENT_TIMESTAMP", "NOW()"))


def is_default_of_an_act(parent):
    """`now or timezone.now()`: the instant of an act, taken once and passed down."""
    return isinstance(parent, ast.BoolOp) and ast.unparse(parent) == "now or timezone.now()"


@pytest.mark.parametrize("file", RULES, ids=lambda file: str(file.relative_to(CLAIMS)))
def test_rules_do_not_read_the_clock(file):
    allowed_in_acts = file.is_relative_to(CLAIMS / "actions")
    found = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node, parent in readings(file.read_text())
        if not (allowed_in_acts and is_default_of_an_act(parent))
    ]
    if str(file.relative_to(CLAIMS)) in STOPWATCHES:
        found = [reading for reading in found if "monotonic" not in reading]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "date.today()",
        "datetime.date.today()",
        "timezone.now().date()",
        "django.utils.timezone.localdate()",
        "cursor.execute('SELECT CURRENT_DATE')",
        "x = 'SELECT now()'",
    ],
)
def test_a_reading_is_found(source):
    assert len(readings(source)) == 1


def test_there_are_rules_to_read():
    assert len(RULES) > 50
