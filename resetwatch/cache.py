"""A Redis cache whose loss slows the site down and breaks nothing."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# After a failed call a server is left alone this long, so that not every page waits for it anew.
PAUSE_SECONDS = 5.0

_silent_until: dict[str, float] = {}


class SoftRedisClient(RedisCacheClient):
    """Django's client, answering as an empty cache would while the server is away."""

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return bool(self._try(lambda: super(SoftRedisClient, self).add(key, value, timeout), True))

    def get(self, key: Any, default: Any) -> Any:
        return self._try(lambda: super(SoftRedisClient, self).get(key, default), default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._try(lambda: super(SoftRedisClient, self).set(key, value, timeout), None)

    def touch(self, key: Any, timeout: Any) -> bool:
        return bool(self._try(lambda: super(SoftRedisClient, self).touch(key, timeout), False))

    def delete(self, key: Any) -> bool:
        return bool(self._try(lambda: super(SoftRedisClient, self).delete(key), False))  # not a model

    def get_many(self, keys: Any) -> dict[Any, Any]:
        found: dict[Any, Any] = self._try(lambda: super(SoftRedisClient, self).get_many(keys), {})
        return found

    def has_key(self, key: Any) -> bool:
        return bool(self._try(lambda: super(SoftRedisClient, self).has_key(key), False))

    def incr(self, key: Any, delta: Any) -> int:
        return int(self._try(lambda: super(SoftRedisClient, self).incr(key, delta), delta))

    def set_many(self, data: Any, timeout: Any) -> None:
        self._try(lambda: super(SoftRedisClient, self).set_many(data, timeout), None)

    def delete_many(self, keys: Any) -> None:
        self._try(lambda: super(SoftRedisClient, self).delete_many(keys), None)

    def forget(self, pattern: str) -> None:
        """Delete every key of the glob pattern."""

        def unlink() -> None:
            client = self.get_client(None, write=True)
            for key in client.scan_iter(match=pattern, count=1000):
                client.unlink(key)

        self._try(unlink, None)

    def _try(self, call: Callable[[], Any], otherwise: Any) -> Any:
        server = str(self._servers[0])  # type: ignore[attr-defined]
        if time.monotonic() < _silent_until.get(server, 0.0):
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as error:
            _silent_until[server] = time.monotonic() + PAUSE_SECONDS
            log.warning("The cache is away and is done without: %s", type(error).__name__)
            return otherwise


class SoftRedisCache(RedisCache):
    """Django's Redis cache with a client that never raises because of its server.

    Reads give the default, writes are dropped, counters start at the amount added. What uses it
    must be right without it; sign-in rate limits do not hold while Redis is down.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SoftRedisClient

    def clear(self) -> None:
        """Forget this site's own keys; Django's own way would empty the whole Redis database."""
        prefix = "".join(f"[{c}]" if c in "*?[" else c for c in str(self.key_prefix))
        client = self._cache
        assert isinstance(client, SoftRedisClient)
        client.forget(f"{prefix}:*")
