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


def _asks_the_database(source: str) -> list[str]:
    names = (node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute))
    return [name for name in names if name in {"objects", "_default_manager", "_base_manager", "cursor"}]


@pytest.mark.parametrize("package", ["web", "api", "templatetags"])
def test_pages_ask_the_database_through_queries_alone(package: str) -> None:
    files = (ROOT / "claims" / package).rglob("*.py")
    assert {str(file.relative_to(ROOT)) for file in files if _asks_the_database(file.read_text())} == set()


def test_a_query_in_a_page_would_be_seen() -> None:
    assert _asks_the_database("lead = Lead.objects.get(id=identity)") == ["objects"]
