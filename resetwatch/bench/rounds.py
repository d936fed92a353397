"""Measuring several works in one run: in turns, the order rotated from round to round, the median of each."""

import gc
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from statistics import median

from django.db import connections

Work = Callable[[], object]


def medians(works: Mapping[str, Callable[[], float]], *, rounds: int) -> dict[str, float]:
    """The median of what each work gives, over so many rounds; a round before them is not counted."""
    names = list(works)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            gc.collect()
            seconds = works[name]()
            if number:
                taken[name].append(seconds)
    return {name: median(seconds) for name, seconds in taken.items()}


def repeated(work: Work, *, times: int) -> Callable[[], float]:
    """Does the work so many times; gives the seconds that one took."""

    def measure() -> float:
        began = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - began) / times

    return measure


def at_once(work: Callable[[int], object], *, threads: int, times: int) -> Callable[[], float]:
    """Does the work so many times in each of some threads; gives the seconds per work, waiting in parallel included.

    Each thread is told its number, and has a connection of Django's own.
    """

    def measure() -> float:
        ready, failures = threading.Barrier(threads + 1), []

        def labour(number: int) -> None:
            try:
                work(number)  # opens the connection, and has its statements prepared
                ready.wait()
                for _ in range(times):
                    work(number)
            except Exception as failure:
                failures.append(failure)
                ready.abort()
            finally:
                connections.close_all()

        labourers = [threading.Thread(target=labour, args=(number,)) for number in range(threads)]
        for labourer in labourers:
            labourer.start()
        with suppress(threading.BrokenBarrierError):
            ready.wait()
        began = time.perf_counter()
        for labourer in labourers:
            labourer.join()
        taken = time.perf_counter() - began
        if failures:
            raise failures[0]
        return taken / (threads * times)

    return measure
