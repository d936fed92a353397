"""Triggers that keep a table's rows as they were stored, whoever writes to it."""

import pgtrigger


def append_only() -> pgtrigger.Trigger:
    """A statement trigger that refuses UPDATE, DELETE and TRUNCATE, also of no rows."""
    return pgtrigger.Trigger(
        name="append_only",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        func="RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; RETURN NULL;",
    )


def never_changed() -> pgtrigger.Trigger:
    """A statement trigger that refuses UPDATE and TRUNCATE, for tables whose rows are set and taken back as wholes."""
    return pgtrigger.Trigger(
        name="never_changed",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Truncate,
        func="RAISE EXCEPTION '% is never changed or emptied', TG_TABLE_NAME; RETURN NULL;",
    )


def no_truncate() -> pgtrigger.Trigger:
    """A statement trigger that refuses TRUNCATE, for tables whose rows may change one by one."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME; RETURN NULL;",
    )
