"""Doing several things at the same moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*doings: Callable[[], object]) -> list[object]:
    """What each gave, or the exception that it raised, in the order given; all begin together."""
    together = threading.Barrier(len(doings))
    results: list[object] = [None] * len(doings)

    def do(place: int, doing: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            together.wait(timeout=20)
            results[place] = doing()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
