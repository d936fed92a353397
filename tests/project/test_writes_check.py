"""The check that nothing outside claims/actions/ writes."""

from pathlib import Path

import pytest

from resetwatch.checks.writes import find_all, find_writes

WRITES = """
claim.save()
claim.save(update_fields=["status"])
form.save()
form.save(commit=False)
super().save(*args)
await claim.asave()
claim.delete()
Claim.objects.filter(slug="x").delete()
Claim.objects.create(slug="x")
claim.bearings.create(stance="mixed")
self.model._default_manager.create(slug="x")
Claim.objects.bulk_create(rows)
Claim.objects.bulk_update(rows, ["status"])
Claim.objects.get_or_create(slug="x")
Claim.objects.update_or_create(slug="x", defaults={})
await Claim.objects.acreate(slug="x")
Claim.objects.update(status="open")
Claim.objects.filter(slug="x").update(**values)
claim.bearing_set.update(weight=2)
rows.update(status="open")
queryset.filter(slug="x").update(status="open")
self.get_queryset().update(**values)
form.save_m2m()
claim.topic_set.add(topic)
claim.topic_set.clear()
cursor.execute("INSERT INTO claim VALUES (%s)", [1])
cursor.execute("update claim set slug = 'x'")
cursor.execute("DELETE FROM claim")
cursor.execute("TRUNCATE claim")
cursor.execute(f"UPDATE claim SET slug = {slug}")
STATEMENT = "\\n  MERGE INTO claim USING other"
""".strip().splitlines()

READS = """
found = {}; found.update(a=1)
found = dict(a=1); found.update(b=2)
found: dict[str, int] = make(); found.update(a=1)
def f(found: dict[str, int]): found.update(a=1)
seen = set(); seen.update(names)
seen.add(name)
seen.discard(name)
seen.clear()
hashlib.sha256().update(b"x")
digest = hashlib.sha256(); digest.update(data)
counter = Counter(); counter.update(words)
context.update({"claim": claim})
os.environ.update(values)
self.fields["name"].widget.attrs.update(autocomplete="name")
{"a": 1}.update(b=2)
cache.delete("key")
caches["default"].delete("key")
request.session.delete("key")
Claim.objects.filter(slug="x")
Claim(slug="x")
form.is_valid()
update(status="open")
save()
cursor.execute("SELECT slug FROM claim WHERE slug = 'delete from'")
TITLE = "Update claim"
picture.save(buffer)  # not a model
""".strip().splitlines()


@pytest.mark.parametrize("source", WRITES)
def test_it_finds(source: str) -> None:
    assert [write.line for write in find_writes(_in_function(source))] != []


@pytest.mark.parametrize("source", READS)
def test_it_leaves_alone(source: str) -> None:
    assert find_writes(source) == []


def test_it_says_where_and_what() -> None:
    assert str(find_writes("a = 1\nclaim.save()\n", "claims/web/desk.py")[0]) == (
        "claims/web/desk.py:2: writes outside claims/actions/: claim.save()"
    )


def test_it_reads_everything_but_actions_and_migrations(tmp_path: Path) -> None:
    for name in ("claims/actions/log.py", "claims/migrations/0001.py", "claims/web/desk.py", "resetwatch/health.py"):
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_text("claim.save()\n")
    assert [write.path for write in find_all(tmp_path)] == ["claims/web/desk.py", "resetwatch/health.py"]


def _in_function(source: str) -> str:
    return f"async def f():\n    {source}\n" if "await" in source else source
