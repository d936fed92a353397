"""What the tests of pages share: the day it is."""

from datetime import date

import pytest

from tests.factories import DAY

SHIPPED_DAY = date(2026, 11, 24)


@pytest.fixture
def fixed_day(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> date:
    """The day it is for the pages: the shipped data's where a test reads those, else the factories'.

    A file asks for it by `pytestmark = pytest.mark.usefixtures("fixed_day")`.
    """
    day = SHIPPED_DAY if "loaded_db" in request.fixturenames else DAY
    monkeypatch.setattr("claims.web.asked.today", lambda: day)
    return day
