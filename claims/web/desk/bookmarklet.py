"""The bookmarklet: from any page to the form that logs it, with its address, title and what is selected there."""

import json
import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.actions.permissions import Right
from claims.web.desk.access import needs
from claims.web.paths import site_of

# Longer addresses are cut off by proxies here and there.
LONGEST = 4_000

# Runs on pages of others: it changes nothing there and leaves no name behind. The address that a page gives itself is
# better than the one that it was reached by, but only if it is of the same host; a link takes one that is none without
# a word. What is too long loses its end, the selection first.
SOURCE = """(() => {
  const own = document.querySelector('link[rel~="canonical" i]');
  const link = Object.assign(document.createElement('a'), { href: own ? own.href : '' });
  const same = own && link.host && link.host === location.host;
  let address = same ? own.href : location.href.split('#')[0];
  if (encodeURIComponent(address).length > 2000) address = location.origin + location.pathname;
  const tidy = (text, most) => [...String(text).replace(/\\s+/g, ' ').trim()].slice(0, most);
  const title = tidy(document.title, 200).join('');
  let marked = tidy(getSelection(), 499);
  const cut = marked.length < tidy(getSelection(), 500).length;
  const go = (end) => FORM + '?' + new URLSearchParams({ address, title, quotation: marked.join('') + end });
  let target = go(cut ? '…' : '');
  while (target.length > LONGEST && marked.length) {
    marked = marked.slice(0, -10);
    target = go('…');
  }
  open(target, '_blank', 'noopener');
})()"""


@needs(Right.LOG_EVIDENCE)
@require_safe
def bookmarklet(request: HttpRequest) -> HttpResponse:
    """What the bookmarklet does, to drag to the bookmarks or to copy. No query."""
    return render(request, "desk/bookmarklet.html", {"href": bookmarklet_href(site_of(request))})


def bookmarklet_href(site: str) -> str:
    """The bookmarklet as the address of a bookmark, for the site at this address."""
    form = site + reverse("desk_log")
    code = re.sub(r"\n\s*", " ", SOURCE).replace("FORM", json.dumps(form)).replace("LONGEST", str(LONGEST))
    return f"javascript:{quote(code, safe=_PLAIN)}"


# What browsers leave as it is in a bookmark's address.
_PLAIN = "!$&'()*+,-./:;=?@_~"
