"""Counting rows, to see that a refused act stored nothing."""

from django.apps import apps
from django.db import connection


def row_counts() -> dict[str, int]:
    """How many rows each table of the site has."""
    tables = [model._meta.db_table for model in apps.get_app_config("claims").get_models()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))
        return dict(cursor.fetchall())


def grown(before: dict[str, int]) -> dict[str, int]:
    """By how many rows each table has grown since, those that have not left out."""
    return {table: count - before[table] for table, count in row_counts().items() if count != before[table]}
