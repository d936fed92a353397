"""Trying rows that nothing but the database checks."""

import pytest
from django.db import IntegrityError, transaction


def refuses(name):
    return pytest.raises(IntegrityError, match=f'"{name}"')


def again(row, **changes):
    """The same row once more, under a new id, with these changes."""
    fields = [field for field in row._meta.concrete_fields if not getattr(field, "generated", False)]
    values = {field.attname: getattr(row, field.attname) for field in fields if field.attname != "id"}
    with transaction.atomic():
        type(row)(**{**values, **changes}).save(force_insert=True)


def changed(row, **changes):
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**changes)
