"""The whole site as `make run` starts it: served, stopped without a trace, brought back after a kill."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from resetwatch.services import embedded, leftovers
from resetwatch.services.ports import free_port
from tests.fixtures.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = [sys.executable, "-m", "resetwatch.services", "run"]


@dataclass
class Site:
    """A folder from which the site is run, and the environment that says so."""

    var: Path
    environment: dict[str, str]
    runs: "list[subprocess.Popen[bytes]]"

    @property
    def log(self) -> str:
        return (self.var / "run.log").read_text(errors="replace")

    def start(self) -> float:
        """Run it until it says that it is there; gives the seconds that took."""
        started = time.monotonic()
        with (self.var / "run.log").open("wb") as output:
            run = subprocess.Popen(
                SITE,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.runs.append(run)
        wait_until(lambda: "Ctrl-C stops it" in self.log or self._ended(run), within=90)
        return time.monotonic() - started

    def _ended(self, run: "subprocess.Popen[bytes]") -> bool:
        assert run.poll() is None, self.log
        return False

    def end(self, number: int) -> int:
        """Send the last run a signal and give its exit code."""
        self.runs[-1].send_signal(number)
        return self.runs[-1].wait(timeout=60)

    def processes(self) -> list[str]:
        """Everything that lives in the site's folder or was started with it in its environment."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                ours = process.cwd().startswith(str(self.var)) or process.environ().get("VAR_DIR") == str(self.var)
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(" ".join(process.cmdline()))
        return found

    def answers(self) -> bool:
        address = json.loads((self.var / "run.json").read_text())["address"]
        with urlopen(f"{address}/readyz", timeout=10) as answer:
            return bool(json.load(answer)["ready"])


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    var = Path(tempfile.mkdtemp(prefix="resetwatch-run-"))
    var.chmod(0o755)
    named = {"VAR_DIR": str(var), "PORT": str(free_port()), "DJANGO_SETTINGS_MODULE": "resetwatch.settings"}
    spared = {"SECRET_KEY", "STATIC_HASHED", "REDIS_PREFIX", "CACHE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in spared}
    yield (site := Site(var, {**kept, **named}, []))
    for run in site.runs:
        if run.poll() is None:
            run.send_signal(signal.SIGTERM)
            run.wait(timeout=60)
    leftovers.end(var, ROOT)
    embedded.load(var).stop()
    subprocess.run(["/bin/rm", "-r", str(var)], check=True)


def test_it_serves_the_shipped_article_and_leaves_nothing_running(site: Site) -> None:
    site.start()
    assert site.answers()
    assert site.log.count("@example.org") == 6
    assert site.end(signal.SIGTERM) == 0
    assert site.processes() == []
    assert site.log.rstrip().endswith("Stopped")


def test_it_comes_back_after_its_own_process_was_killed(site: Site) -> None:
    site.start()
    site.end(signal.SIGKILL)
    assert site.start() < 15
    assert site.answers()
    assert "Ended what an earlier run had left behind" in site.log
    assert site.end(signal.SIGINT) == 0
    assert site.processes() == []


def test_it_stops_while_it_is_still_setting_up(site: Site) -> None:
    with (site.var / "run.log").open("wb") as output:
        run = subprocess.Popen(SITE, cwd=ROOT, env=site.environment, stdout=output, stderr=subprocess.STDOUT)
    site.runs.append(run)
    wait_until(lambda: "Bringing the database up to date" in site.log, within=60)
    assert site.end(signal.SIGTERM) == 128 + signal.SIGTERM
    assert site.processes() == []


def test_it_stops_at_once_while_its_processes_start(site: Site) -> None:
    with (site.var / "run.log").open("wb") as output:
        run = subprocess.Popen(SITE, cwd=ROOT, env=site.environment, stdout=output, stderr=subprocess.STDOUT)
    site.runs.append(run)
    wait_until(lambda: (site.var / "run" / "web.pid").exists(), within=90)
    asked = time.monotonic()
    assert site.end(signal.SIGINT) == 0
    assert time.monotonic() - asked < 15
    assert site.processes() == []
    assert "Traceback" not in site.log


def test_it_does_not_run_twice_from_one_folder(site: Site) -> None:
    site.start()
    second = subprocess.run(SITE, check=False, cwd=ROOT, env=site.environment, capture_output=True, text=True)
    assert second.returncode == 1
    assert "already runs from this folder" in second.stderr
    assert site.answers()
