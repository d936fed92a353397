"""One run from one folder, told by a lock that ends with its process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from resetwatch.services import run
from resetwatch.services.account import ServiceError


def _told(_: str) -> None: ...


def test_a_second_run_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with run._only_run(tmp_path):
        run._note(tmp_path, address="http://127.0.0.1:8000")
        expected = rf"already runs from this folder at http://127\.0\.0\.1:8000/ \(process {os.getpid()}\)"
        with pytest.raises(ServiceError, match=expected), run._only_run(tmp_path):
            pass


def test_a_second_run_is_refused_when_the_note_of_the_first_is_gone(tmp_path: Path) -> None:
    with run._only_run(tmp_path):
        (tmp_path / "run.json").unlink()
        with pytest.raises(ServiceError, match="already runs from this folder; "), run._only_run(tmp_path):
            pass


def test_a_note_with_the_number_of_another_process_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps({"pid": 1}))
    with run._only_run(tmp_path):
        assert run._read_note(tmp_path)["pid"] == os.getpid()


def test_after_a_run_another_may_start(tmp_path: Path) -> None:
    with run._only_run(tmp_path):
        pass
    with run._only_run(tmp_path):
        assert run._running(tmp_path) is not None
    assert run._running(tmp_path) is None


def test_stop_leaves_a_process_alone_whose_number_an_old_note_names(tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    (tmp_path / "run.json").write_text(json.dumps({"pid": stranger.pid}))
    (tmp_path / "run.lock").touch()
    assert run.stop_site(tmp_path, say=_told) == 0
    assert stranger.poll() is None
    stranger.communicate(b"\n")


def test_a_process_that_it_forks_does_not_hold_its_place(tmp_path: Path) -> None:
    (ready, say_ready), (wait, go_on) = os.pipe(), os.pipe()
    with run._only_run(tmp_path):
        child = os.fork()
        if child == 0:
            os.write(say_ready, b".")
            os.read(wait, 1)
            os._exit(0)
        os.read(ready, 1)
    try:
        with run._only_run(tmp_path):
            assert run._running(tmp_path) is not None
    finally:
        os.write(go_on, b".")
        os.waitpid(child, 0)
