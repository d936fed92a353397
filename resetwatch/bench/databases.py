"""Databases of the bench's own on the server that the site uses, dropped when it ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg.sql import SQL, Composable, Identifier

ALIAS = "default"


class Database:
    """One database, with a connection of Django's that is kept open."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.connection = self._connection()

    def _connection(self) -> Any:
        settings = connections.settings[ALIAS]
        connections.settings[ALIAS] = {**settings, "NAME": self.name}
        try:
            return connections.create_connection(ALIAS)
        finally:
            connections.settings[ALIAS] = settings

    @contextmanager
    def used(self) -> Iterator[None]:
        """Let this thread and those begun meanwhile work on it."""
        settings, before = connections.settings[ALIAS], connections[ALIAS]
        connections.settings[ALIAS] = {**settings, "NAME": self.name}
        connections[ALIAS] = self.connection
        try:
            yield
        finally:
            connections[ALIAS] = before
            connections.settings[ALIAS] = settings

    def raw(self) -> "psycopg.Connection[Any]":
        """A connection of psycopg's own."""
        return psycopg.connect(**{**self.connection.get_connection_params(), "cursor_factory": psycopg.Cursor})


@contextmanager
def own_databases(*names: str) -> Iterator[list[Database]]:
    """New databases, migrated and empty, one for each name."""
    databases: list[Database] = []
    try:
        for name in names:
            database = Database(f"resetwatch_bench_{os.getpid()}_{name}")
            template = databases[0] if databases else None
            _create(database, template)
            databases.append(database)
            if template is None:
                with database.used():
                    call_command("migrate", interactive=False, verbosity=0)
                database.connection.close()
        yield databases
    finally:
        for database in databases:
            database.connection.close()
            _on_the_server(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(database.name)))


def _create(database: Database, template: Database | None) -> None:
    named = SQL("CREATE DATABASE {}").format(Identifier(database.name))
    _on_the_server(named if template is None else named + SQL(" TEMPLATE {}").format(Identifier(template.name)))


def _on_the_server(statement: Composable) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection))
