"""What makes a function an act: one transaction around it, and refusals of the database put into words."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, transaction

from claims.actions.constraints import lost_a_race, refusal

P = ParamSpec("P")
R = TypeVar("R")


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Runs `function` in one transaction (a savepoint where acts nest); database errors become an ActionError.

    Where somebody else was first by a moment it is run once more, on what stands then.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return once(*args, **kwargs)
        except DatabaseError as error:
            if not lost_a_race(error):
                raise refusal(error) from error
        try:
            return once(*args, **kwargs)
        except DatabaseError as error:
            raise refusal(error) from error

    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return function(*args, **kwargs)

    return run
