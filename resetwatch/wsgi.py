"""The WSGI entry point that Granian (or gunicorn) serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from resetwatch.utf8 import read_as_utf8

# Threads change places every half millisecond instead of every five, so that short answers keep
# moving while a slow view computes beside them.
sys.setswitchinterval(0.0005)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resetwatch.settings")
# Only a web process has threads to share connections among; commands and Celery have none.
os.environ.setdefault("DATABASE_POOL", "true")

application = read_as_utf8(get_wsgi_application())
