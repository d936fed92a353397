"""Triggers that keep a table's rows as they were stored, whoever writes to it."""

import pgtrigger


def append_only() -> pgtrigger.Trigger:
    """A statement trigger that refuses UPDATE, DELETE and TRUNCATE, also of no rows."""
    return _append_only_for(pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate)


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


def deleted_by_redaction() -> list[pgtrigger.Trigger]:
    """Refuses UPDATE and TRUNCATE, and DELETE of a row unless a Redaction names its event."""
    return [
        _append_only_for(pgtrigger.Update | pgtrigger.Truncate),
        pgtrigger.Trigger(
            name="deleted_by_redaction",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func="""
            IF EXISTS (SELECT FROM redaction WHERE event_id = OLD.event_id) THEN RETURN OLD; END IF;
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
            """,
        ),
    ]


def blanked_by_redaction(column: str) -> list[pgtrigger.Trigger]:
    """Refuses DELETE and TRUNCATE, and UPDATE unless it only empties `column` and a Redaction names the row's event."""
    return [
        _append_only_for(pgtrigger.Delete | pgtrigger.Truncate),
        pgtrigger.Trigger(
            name="blanked_by_redaction",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
            IF NEW.{column} = '' AND to_jsonb(NEW) - '{column}' = to_jsonb(OLD) - '{column}'
               AND EXISTS (SELECT FROM redaction WHERE event_id = OLD.event_id) THEN RETURN NEW; END IF;
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
            """,
        ),
    ]


def _append_only_for(operations: pgtrigger.core.Operations) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="append_only",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=operations,
        func="RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; RETURN NULL;",
    )
