"""Where HTTP ends: nouns, verbs and reads know no requests, forms or pages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
HTTP = ("django.forms", "django.http", "django.shortcuts", "django.template", "django.urls", "django.views")


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", ["models", "actions", "queries"])
def test_it_knows_no_http(package: str) -> None:
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in (ROOT / "claims" / package).rglob("*.py")
        for name in _imported(file.read_text())
        if name.startswith(HTTP)
    }
    assert found == set()


def test_an_import_of_http_would_be_seen() -> None:
    assert "django.http" in set(_imported("from django import http"))
