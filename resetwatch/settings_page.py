"""docs/settings.md, made from settings.py: each variable, its kind, its default, its comment."""

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resetwatch" / "settings.py"
PAGE = ROOT / "docs" / "settings.md"
KINDS = {"str": "text", "int": "number", "bool": "true or false", "list": "list, by commas"}
HEAD = """# Settings

Every setting is an environment variable. None has to be set: the defaults run the site on this
machine, with servers of its own. This page is made from `resetwatch/settings.py` by
`python -m resetwatch.settings_page`.
"""


@dataclass(frozen=True)
class Setting:
    """One variable as settings.py reads it."""

    section: str
    name: str
    kind: str
    default: str
    about: str


class Undocumented(Exception):
    """A variable is read without a comment above it, or under another name than it is kept."""


def settings_of(source: str) -> list[Setting]:
    """The variables that the source reads, in its order. Raises Undocumented."""
    lines = source.splitlines()
    found = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        read = next((part for part in ast.walk(node.value) if _reads(part)), None)
        if read is None:
            continue
        assert isinstance(read, ast.Call)
        assert isinstance(read.func, ast.Attribute)
        name = node.targets[0].id
        asked = ast.literal_eval(read.args[0])
        about = _comment_above(lines, node.lineno)
        if asked != name or not about:
            raise Undocumented(f"settings.py, line {node.lineno}: {name} reads {asked}; its comment: {about!r}")
        found.append(Setting(_section(lines, node.lineno), name, KINDS[read.func.attr], _default(read), about))
    return found


def page_of(settings: list[Setting]) -> str:
    """The whole page."""
    parts = [HEAD]
    for section in dict.fromkeys(setting.section for setting in settings):
        parts.append(f"\n## {section}\n\n| variable | kind | default | what it is |\n|---|---|---|---|\n")
        parts += [
            f"| `{setting.name}` | {setting.kind} | {setting.default} | {setting.about} |\n"
            for setting in settings
            if setting.section == section
        ]
    return "".join(parts)


def _reads(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.func.attr in KINDS
    )


def _default(read: ast.Call) -> str:
    value = next(word.value for word in read.keywords if word.arg == "default")
    if isinstance(value, ast.Constant):
        return f"`{value.value!s}`" if value.value != "" else "none"
    if isinstance(value, ast.List):
        return "none" if not value.elts else f"`{ast.unparse(value)}`"
    return "worked out"


def _comment_above(lines: list[str], number: int) -> str:
    words: list[str] = []
    for line in reversed(lines[: number - 1]):
        if not line.startswith("# ") or line.startswith("# ---"):
            break
        words.insert(0, line[2:].strip())
    return " ".join(words).replace("|", "\\|")


def _section(lines: list[str], number: int) -> str:
    heads = [line for line in lines[:number] if line.startswith("# --- ")]
    return heads[-1].strip("# -") if heads else "Site"


def main() -> int:
    page = page_of(settings_of(SOURCE.read_text()))
    if "--check" in sys.argv:
        current = PAGE.exists() and PAGE.read_text() == page
        if not current:
            print("docs/settings.md is not what settings.py says: run python -m resetwatch.settings_page")
        return 0 if current else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
