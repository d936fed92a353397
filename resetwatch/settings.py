"""Every setting of the site: an environment variable of the same name, with a default that runs.

The comment above a setting is its entry in docs/settings.md, which is made from this file.
"""

from pathlib import Path
from typing import Any

from resetwatch import defaults

env = defaults.Environment()

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Place ---

# Folder for everything the running site writes: data of the embedded servers, mail, static files.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
# Address that the web server listens on.
HOST = env.str("HOST", default="127.0.0.1")
# Port that the web server listens on.
PORT = env.int("PORT", default=8000)
# Where this machine reaches the site; links in mail begin with it where SITE_URL is unset.
LOCAL_URL = f"http://{defaults.shown_host(HOST)}:{PORT}"
# Public address of the site; links in mail begin with it. Unset, with the name that the site was asked by, and in mail
# that nobody asked for with this machine's own address.
SITE_URL = defaults.site_url(env.str("SITE_URL", default=""))
# Name of the site in page titles and mail.
SITE_NAME = env.str("SITE_NAME", default="ResetWatch")

# Web processes, each with BLOCKING_THREADS threads.
WEB_WORKERS = env.int("WEB_WORKERS", default=2)
# Tasks that the Celery worker does at a time.
TASK_WORKERS = env.int("TASK_WORKERS", default=1)
# Whether `make run` makes one account for each role to try the site with; off for a public site.
DEMO_PEOPLE = env.bool("DEMO_PEOPLE", default=True)

# --- Safety ---

# Shows tracebacks to everyone: for a developer's own machine only.
DEBUG = env.bool("DEBUG", default=False)
# Signs sessions and links; made once under VAR_DIR when unset. Several hosts need the same one.
SECRET_KEY = env.str("SECRET_KEY", default="") or defaults.secret_key(VAR_DIR)
# Older keys that still open what they signed, after SECRET_KEY has been changed.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Host names that the site answers to.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=defaults.allowed_hosts(HOST, SITE_URL))
# Origins, with scheme, from which forms may be sent, where a proxy changes the host name.
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Whether people reach the site by https alone: redirects to it and marks cookies as secure.
HTTPS = env.bool("HTTPS", default=False)
# Seconds for which browsers are told to use https alone; only sent with HTTPS.
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
# How many proxies of yours stand in front; their X-Forwarded-For and -Proto are then believed.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

CSRF_FAILURE_VIEW = "claims.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": defaults.content_security_policy(https=HTTPS)}
# A field of a million characters must reach its form, which says that it is too long; in a form
# sent as text a character can take twelve bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Application ---

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # its site is claims.lookup's own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "claims",
    "resetwatch",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "claims.web.private.KeepPrivate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "claims.web.errors.ErrorPages",
]
ROOT_URLCONF = "resetwatch.urls"
WSGI_APPLICATION = "resetwatch.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "claims.web.context.site",
            ],
        },
    }
]

# --- Database ---

# PostgreSQL 15 or later as postgresql://user:password@host:port/name; unset, the embedded server.
DATABASE_URL = env.str("DATABASE_URL", default=defaults.database_url(VAR_DIR))
# Threads of a web process, and so the most database connections that it opens.
BLOCKING_THREADS = env.int("BLOCKING_THREADS", default=16)
# Whether threads share a pool of connections; the web server turns it on for itself.
DATABASE_POOL = env.bool("DATABASE_POOL", default=False)
# Prepared statements on the server; turn off behind PgBouncer in transaction mode.
DATABASE_PREPARE = env.bool("DATABASE_PREPARE", default=True)

DATABASES = {
    "default": defaults.database(
        defaults.database_at(DATABASE_URL),
        pool_size=BLOCKING_THREADS if DATABASE_POOL else 0,
        prepare=DATABASE_PREPARE,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Queue and cache ---

# Redis (or Valkey) for the task queue as redis://:password@host:port/0; unset, the embedded server.
REDIS_URL = env.str("REDIS_URL", default=defaults.redis_url(VAR_DIR))
# Redis for the cache; unset, the next database number of REDIS_URL.
CACHE_URL = env.str("CACHE_URL", default=defaults.next_redis_database(REDIS_URL))
# Begins every key in Redis, where several sites share a server.
REDIS_PREFIX = env.str("REDIS_PREFIX", default="resetwatch")

CACHES = {
    "default": {
        "BACKEND": "resetwatch.cache.SoftRedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": REDIS_PREFIX,
        "OPTIONS": defaults.redis_connection(),
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# For as long as it takes: after Celery's own hundred tries the worker ends, and the site with it.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest task; a task of a worker that vanished comes again after this.
    "visibility_timeout": 1800,
    "health_check_interval": 25,
    "socket_connect_timeout": 1,
    # A Redis that hangs is as good as away; longer than the second for which a worker's BRPOP waits on the server.
    "socket_timeout": 3,
    # Kombu's own defaults would hold a web request for six seconds while Redis is down.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
    "global_keyprefix": f"{REDIS_PREFIX}:queue:",
}
# A web request that cannot reach the queue goes on at once: the sweep finds the work later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_BACKEND = None
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- Ledger ---

# Private key that checkpoints are signed with; unset, it is made at the first start and kept in VAR_DIR/ledger.key.
LEDGER_KEY = env.str("LEDGER_KEY", default="")
# The key before it, for as long as it takes to hand over from one to the other.
LEDGER_KEY_BEFORE = env.str("LEDGER_KEY_BEFORE", default="")
# How the ledger is named in its checkpoints; unset, the host of SITE_URL. Fixed with its first key.
LEDGER_NAME = env.str("LEDGER_NAME", default=defaults.ledger_name(SITE_URL))
LEDGER_KEY_FILE = VAR_DIR / "ledger.key"

# --- Accounts ---

AUTH_USER_MODEL = "claims.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = defaults.password_validators(min_length=10)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "claims.web.accounts.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "claims.web.accounts.SignupForm"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Flags that one address may send without an account: five a minute, thirty an hour.
FLAG_RATE = env.str("FLAG_RATE", default="5/m/ip,30/h/ip")
ACCOUNT_RATE_LIMITS = {"flag": FLAG_RATE, "suggestion": FLAG_RATE}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- Desk ---

# Days without an act of its owner after which a claim is released, so that somebody else may take it.
CLAIM_OWNER_IDLE_DAYS = env.int("CLAIM_OWNER_IDLE_DAYS", default=30)
# Days before that on which the owner is reminded by mail.
CLAIM_OWNER_NUDGE_DAYS = env.int("CLAIM_OWNER_NUDGE_DAYS", default=7)

# --- Mail ---

# Mail server as smtp://user:password@host:port (smtp+tls, smtp+ssl); unset, mail goes to a folder.
EMAIL_URL = env.str("EMAIL_URL", default="")
# Sender of the site's mail.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="ResetWatch <resetwatch@localhost>")

EMAIL_BACKEND = "claims.notify.mail.QueuedBackend"
MAIL_DELIVERY_BACKEND = "claims.notify.mail.FolderBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 20
if EMAIL_URL:
    _mail: dict[str, Any] = env.email_url_config(EMAIL_URL)
    MAIL_DELIVERY_BACKEND = _mail.pop("EMAIL_BACKEND")
    del _mail["EMAIL_FILE_PATH"]
    globals().update(_mail)

# --- Fetching ---

# Hosts that may be fetched from although their address is private, as host (any port) or host:port: your own ones.
FETCH_ALLOWED_HOSTS = defaults.fetch_hosts(env.list("FETCH_ALLOWED_HOSTS", default=[]))
# Page or mail address by which those who run a fetched site reach you; sent to them. Unset, SITE_URL.
FETCH_CONTACT = defaults.fetch_contact(env.str("FETCH_CONTACT", default=SITE_URL if SITE_URL.isascii() else ""))

# --- Static files ---

# Whether pages link to the hashed names that collectstatic made; unset, when it has made them.
STATIC_HASHED = env.bool("STATIC_HASHED", default=(VAR_DIR / "static" / "staticfiles.json").exists())
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = not STATIC_HASHED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": defaults.static_storage(hashed=STATIC_HASHED)},
}

# --- Language, time, log ---

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
# Least level of what is logged: DEBUG, INFO, WARNING, ERROR.
LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING")
LOGGING = defaults.logging(LOG_LEVEL)
