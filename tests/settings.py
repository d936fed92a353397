"""The site's settings for tests: servers of their own, nothing slow on purpose, nothing in var/.

Where no variable names servers, the embedded ones under var/test are used and left running, so that
a single test starts at once. `make test` starts and stops servers of its own instead.
"""

import os
import tempfile
from pathlib import Path

from resetwatch.services import embedded

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

# Several test runs may use one server at the same time.
os.environ.setdefault("TEST_RUN", str(os.getpid()))
# Workers of a run inherit what its first process found out.
os.environ.setdefault("TEST_SERVER", "foreign" if os.environ.get("DATABASE_URL") else "embedded")
os.environ.update(embedded.start(ROOT / "var" / "test", throwaway=True, keep=True).environment)
# A statement that hangs is an error with a name, in the processes that a test starts too.
os.environ["PGOPTIONS"] = "-c statement_timeout=120s -c lock_timeout=60s"
os.environ["REDIS_PREFIX"] = f"test-{os.environ['TEST_RUN']}-{WORKER}"
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix=f"resetwatch-test-{WORKER}-")
(Path(os.environ["VAR_DIR"]) / "static").mkdir()
os.environ["SECRET_KEY"] = "only-for-tests"
# One key for every process, since templates that one of them signed are read by all.
os.environ["LEDGER_KEY"] = "PRIVATE+KEY+test.example/ledger+8753107f+AQKlQ9U2tliBASin7adJFznRPXB0M8Z4veQ8VevMDKhi"
os.environ["STATIC_HASHED"] = "false"

from resetwatch.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["tests.fixtures.passwords.QuickHasher"]
