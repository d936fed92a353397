"""Only `claims/actions/` writes: find calls elsewhere that would change the database.

Read from the source alone. A name that only models have (`bulk_create`) is enough; `save`, `delete`
and `create` are taken for a model's, unless the line ends in the comment `# not a model`. Dicts,
sets and hashes have an `update` too: that of a queryset takes keywords only.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKED = ("claims", "resetwatch")
MAY_WRITE = ("claims/actions/", "claims/migrations/")
SPARED = "# not a model"

ALWAYS = {
    *("bulk_create", "bulk_update", "get_or_create", "update_or_create", "save_base", "save_m2m", "_raw_delete"),
    *("abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create", "acreate", "asave", "adelete", "aupdate"),
}
USUALLY = {"save", "delete", "create"}
# What may stand before `.delete(` or `.create(` and is no model.
HARMLESS = re.compile(r"(^|[._])(cache|caches|session|store|redis|client)s?(\[.*\])?$")
# Dicts by the names that they usually have.
DICT = re.compile(r"(^|[._])(attrs|context|data|environ|extra|headers|kwargs|options|params|payload)$")
# What makes rows of whatever stands before `.update(`.
QUERYSET = re.compile(
    r"\b(objects|_default_manager|_base_manager|get_queryset|select_for_update|\w+_set)\b|queryset|\bqs\b"
)
FILTERED = re.compile(r"\.(all|annotate|exclude|filter|none|order_by|using)\(")
SQL = re.compile(
    r"\s*(INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+[\w\".]+\s+(\w+\s+)?SET|TRUNCATE\s|MERGE\s+INTO|COPY\s+[\w\".]+.*\bFROM)\b",
    re.IGNORECASE | re.DOTALL,
)
PLAIN = {"dict", "set", "Counter", "defaultdict", "OrderedDict", "sha1", "sha256", "sha512", "blake2b", "md5", "new"}


@dataclass(frozen=True)
class Write:
    """A call that writes, and where."""

    path: str
    line: int
    code: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: writes outside claims/actions/: {self.code}"


def find_writes(source: str, path: str = "<source>") -> list[Write]:
    """The writing calls and SQL statements of one module, in order. Raises SyntaxError."""
    tree = ast.parse(source)
    lines = source.splitlines()
    plain = _plain_names(tree)
    found = {
        Write(path, getattr(node, "lineno", 0), ast.unparse(node).splitlines()[0][:100])
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and _writes(node, plain)) or _is_sql(node)
        if not _spared(node, lines)
    }
    return sorted(found, key=lambda write: write.line)


def find_all(root: Path = ROOT) -> Iterator[Write]:
    """The writes of every module that may not write."""
    for package in CHECKED:
        for file in sorted((root / package).rglob("*.py")):
            name = file.relative_to(root).as_posix()
            if not name.startswith(MAY_WRITE):
                yield from find_writes(file.read_text(), name)


def _writes(call: ast.Call, plain: set[str]) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name, receiver = call.func.attr, ast.unparse(call.func.value)
    if name in ALWAYS:
        return True
    if name in USUALLY:
        return not (name != "save" and HARMLESS.search(receiver))
    if name == "update":
        return _updates_rows(call, receiver, plain)
    return name in {"add", "remove", "set", "clear"} and receiver.endswith("_set")


def _updates_rows(call: ast.Call, receiver: str, plain: set[str]) -> bool:
    if QUERYSET.search(receiver) or FILTERED.search(receiver):
        return True
    by_keyword = bool(call.keywords) and not call.args
    made_plain = isinstance(call.func, ast.Attribute) and _is_plain(call.func.value)
    return by_keyword and not (receiver in plain or made_plain or DICT.search(receiver))


def _plain_names(tree: ast.AST) -> set[str]:
    """Names that the module sets to a dict, set or hash, or declares as one."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _is_plain(node.value):
            names.update(ast.unparse(target) for target in node.targets)
        elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            kind = ast.unparse(node.annotation)
            if re.match(r"(dict|set|MutableMapping|Counter|defaultdict)\b", kind):
                names.add(node.arg if isinstance(node, ast.arg) else ast.unparse(node.target))
    return names


def _is_plain(value: ast.expr) -> bool:
    if isinstance(value, ast.Dict | ast.DictComp | ast.Set | ast.SetComp):
        return True
    return isinstance(value, ast.Call) and ast.unparse(value.func).split(".")[-1] in PLAIN


def _is_sql(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value) is not None


def _spared(node: ast.AST, lines: list[str]) -> bool:
    last = int(getattr(node, "end_lineno", 1))
    return lines[last - 1].rstrip().endswith(SPARED)


def main() -> int:
    found = list(find_all())
    for write in found:
        sys.stdout.write(f"{write}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
