"""What is sent is read as UTF-8, whatever character set its Content-Type names."""

import re
from typing import Any

_MULTIPART = "multipart/form-data"
# RFC 2046, 5.1.1
_BOUNDARY = re.compile(r""";\s*boundary="?([0-9A-Za-z'()+_,./:=?-]{1,70})"?\s*(?:;|$)""", re.IGNORECASE)


def plain_content_type(header: str) -> str:
    """The kind of content alone, with the boundary where it has parts.

    Django reads every parameter while it makes the request, before any middleware, and takes the character set even
    for the query string: `hex` or `boundary*=hex''%41` fails every page, `utf-7` lets half of a character through.
    Browsers send nothing but UTF-8.
    """
    kind = header.partition(";")[0].strip()
    if kind.lower() != _MULTIPART:
        return kind
    boundary = _BOUNDARY.search(header)
    return f'{_MULTIPART}; boundary="{boundary[1]}"' if boundary else _MULTIPART


def read_as_utf8(application: Any) -> Any:
    """The WSGI application with plain Content-Types."""

    def plain(environ: dict[str, Any], *start: Any) -> Any:
        if sent := environ.get("CONTENT_TYPE"):
            environ["CONTENT_TYPE"] = plain_content_type(sent)
        return application(environ, *start)

    return plain
