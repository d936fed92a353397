"""Ids of rows: UUIDs of version 7."""

import uuid

import uuid_utils.compat


def uuid7() -> uuid.UUID:
    """A new id that begins with the time in milliseconds (RFC 9562, 5.7).

    Made here and not in the database, since PostgreSQL makes them only from 18 on.
    Rows made one after another lie side by side in an index, and that is all the order
    is good for. An id is never a cursor for "newer than": it is made before its
    transaction commits, so a smaller id may become visible after a larger one was read,
    and whoever had moved past it would miss the row for ever. Followers keep a place in
    the ledger instead.
    """
    return uuid_utils.compat.uuid7()
