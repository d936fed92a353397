"""What settings.py works out: defaults that depend on other settings or on what lies in var/."""

import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from claims.addresses import AddressError, clean_address
from claims.kept_file import kept_secret

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104
TRUE, FALSE = ("true", "yes", "on", "1", "y", "t"), ("false", "no", "off", "0", "n", "f", "")
# Least and most of the numbers that are not simply none or more.
RANGES = {"PORT": (1, 65_535), "WEB_WORKERS": (1, 256), "TASK_WORKERS": (1, 256), "BLOCKING_THREADS": (1, 1024)}

# A host that does not answer at all; left to itself a client waits for two minutes.
CONNECT_SECONDS = 10
IN_A_PASSWORD = "In a password write %2F for /, %3F for ?, %23 for #, %40 for @, %5B for [ and %25 for %."  # noqa: S105


class Environment(environ.Env):
    """Environment variables; raises ImproperlyConfigured, with a sentence, for what makes no sense."""

    def int(self, var: str, default: Any = environ.Env.NOTSET) -> int:
        """A whole number within its range."""
        least, most = RANGES.get(var, (0, 2**31 - 1))
        text = str(self.str(var, default=default)).strip()
        if not (text.isascii() and text.isdigit() and len(text) <= 10 and least <= int(text) <= most):
            raise ImproperlyConfigured(f"{var} is “{text[:60]}”: set it to a whole number from {least} to {most}.")
        return int(text)

    def bool(self, var: str, default: Any = environ.Env.NOTSET) -> bool:
        """True or false; a slip of the pen is not taken for false."""
        text = str(self.str(var, default=str(default))).strip().lower()
        if text not in TRUE + FALSE:
            raise ImproperlyConfigured(f"{var} is “{text[:60]}”: set it to true or false.")
        return text in TRUE


def shown_host(host: str) -> str:
    """The host to print in an address for a server that listens on `host`."""
    if host in EVERYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def site_url(text: str) -> str:
    """The public address without a slash at its end. Raises ImproperlyConfigured for what is none."""
    try:
        parts = urlsplit(text.strip())
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if text and not (whole and parts.path in ("", "/") and not parts.query and not parts.fragment):
        raise ImproperlyConfigured(f"SITE_URL is “{text[:60]}”: write it as https://claims.example.org.")
    return text.strip().rstrip("/")


def ledger_name(site_url: str) -> str:
    """How a new ledger is named in its checkpoints: after the site's host, and for good."""
    return f"{urlsplit(site_url).netloc or 'localhost'}/ledger"


def allowed_hosts(host: str, site_url: str) -> list[str]:
    """The loopback names, the address listened on and the host of the public address."""
    named = [shown_host(host), urlsplit(site_url).hostname or ""]
    return list(dict.fromkeys([*LOOPBACK, *(name for name in named if name)]))


def secret_key(var: Path) -> str:
    """The key kept in var/secret-key, made at the first need and readable by its owner alone."""
    return kept_secret(var / "secret-key", lambda: secrets.token_urlsafe(50))


def embedded(var: Path) -> dict[str, Any]:
    """What the embedded servers wrote down of themselves, empty before their first start."""
    try:
        state: dict[str, Any] = json.loads((var / "servers.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return state


def database_url(var: Path) -> str:
    """The embedded PostgreSQL's address, or a plain local one before its first start."""
    return str(embedded(var).get("database_url", "postgresql://127.0.0.1:5432/resetwatch"))


def redis_url(var: Path) -> str:
    """The embedded Valkey's address, or a plain local one before its first start."""
    return str(embedded(var).get("redis_url", "redis://127.0.0.1:6379/0"))


def next_redis_database(url: str) -> str:
    """The same server's next database number: redis://host/0 gives redis://host/1.

    Raises ImproperlyConfigured for what is no address of a Redis, without the address, which may hold a password.
    """
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("redis", "rediss", "unix") and bool(parts.netloc or parts.path)
        known = named and parts.port != 0 and _is_whole(parts)
    except ValueError:
        known = False
    if not known:
        raise ImproperlyConfigured(
            f"REDIS_URL is not the address of a Redis: write it as redis://:password@host:port/0. {IN_A_PASSWORD}"
        )
    number = parts.path.strip("/")
    return parts._replace(path=f"/{int(number) + 1 if number.isdigit() else 1}").geturl()


def _is_whole(parts: SplitResult) -> bool:
    """Whether no sign in the password ended it early, which would show its rest as host or name."""
    return not parts.fragment and "@" not in parts.path + parts.query


def redis_connection() -> dict[str, Any]:
    """Connection options of the cache: give up early, since pages wait for it."""
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return {
        "socket_connect_timeout": 0.5,
        "socket_timeout": 1,
        "retry": Retry(NoBackoff(), 1),
    }


def database_at(url: str) -> dict[str, Any]:
    """What a database's address says. Raises ImproperlyConfigured, without the address, which holds a password."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("postgresql", "postgres") and parts.port != 0 and len(parts.path) > 1
        config: dict[str, Any] = environ.Env.db_url_config(url) if named and _is_whole(parts) else {}
    except ValueError:
        config = {}
    if not config.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL is not the address of a PostgreSQL database:"
            " write it as postgresql://user:password@host:port/name."
            f" {IN_A_PASSWORD}"
        )
    config["OPTIONS"] = {"connect_timeout": CONNECT_SECONDS, **config.get("OPTIONS", {})}
    return config


def database(config: dict[str, Any], *, pool_size: int, prepare: bool) -> dict[str, Any]:
    """Django's entry for the database at the address parsed into `config`.

    Threads share a pool of `pool_size` connections; a size of 0 means one connection a thread,
    kept open. Without `prepare`, nothing is prepared on the server.
    """
    options: dict[str, Any] = dict(config.get("OPTIONS", {}))
    options["server_side_binding"] = prepare
    options["prepare_threshold"] = 5 if prepare else None
    kept: dict[str, Any] = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    if pool_size:
        options["pool"] = {"min_size": 2, "max_size": pool_size, "timeout": 10}
        kept = {"CONN_HEALTH_CHECKS": True}
    return {
        **config,
        **kept,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": options,
        "DISABLE_SERVER_SIDE_CURSORS": not prepare,
    }


def content_security_policy(*, https: bool) -> dict[str, Any]:
    """A policy under which only the site's own files load and nothing inline runs."""
    own, none = ["'self'"], ["'none'"]
    directives: dict[str, Any] = {
        "default-src": none,
        "script-src": own,
        "style-src": own,
        "font-src": own,
        "img-src": ["'self'", "data:"],
        "connect-src": own,
        "manifest-src": own,
        "form-action": own,
        "base-uri": none,
        "frame-ancestors": none,
    }
    if https:
        directives["upgrade-insecure-requests"] = True
    return directives


def fetch_hosts(entries: list[str]) -> list[str]:
    """The hosts in the form in which fetched addresses name them. Raises ImproperlyConfigured for what is none."""
    return [_fetch_host(entry.strip()) for entry in entries if entry.strip()]


def _fetch_host(entry: str) -> str:
    try:
        host = clean_address(f"https://{entry}").removeprefix("https://")
    except AddressError as error:
        raise ImproperlyConfigured(f"FETCH_ALLOWED_HOSTS names “{entry[:60]}”. {error}") from error
    if "/" in host or "?" in host or "#" in host:
        raise ImproperlyConfigured(f"FETCH_ALLOWED_HOSTS names “{entry[:60]}”: write it as host or host:port.")
    return host


def fetch_contact(text: str) -> str:
    """A word for the User-Agent. Raises ImproperlyConfigured for what cannot stand there."""
    contact = text.strip()
    if not (contact.isascii() and all(c.isprintable() and c not in " ()" for c in contact)):
        raise ImproperlyConfigured(
            f"FETCH_CONTACT is “{contact[:60]}”: set it to a page or mail address without spaces and brackets."
        )
    return contact


def password_validators(*, min_length: int) -> list[dict[str, Any]]:
    """Django's four checks of a new password."""
    base = "django.contrib.auth.password_validation"
    return [
        {"NAME": f"{base}.UserAttributeSimilarityValidator"},
        {"NAME": f"{base}.MinimumLengthValidator", "OPTIONS": {"min_length": min_length}},
        {"NAME": f"{base}.CommonPasswordValidator"},
        {"NAME": f"{base}.NumericPasswordValidator"},
    ]


def static_storage(*, hashed: bool) -> str:
    """The storage with hashed and compressed files, or the plain one where none were made."""
    if hashed:
        return "whitenoise.storage.CompressedManifestStaticFilesStorage"
    return "django.contrib.staticfiles.storage.StaticFilesStorage"


def logging(level: str) -> dict[str, Any]:
    """Plain lines on standard error; requests that end in a 4xx are the web server's business."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
