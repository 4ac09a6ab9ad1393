"""Who may use the control doors: the holder of the admin key, and no web page.

A page that a browser has open can send requests to this machine, and read the answers when its own
name is made to point here (DNS rebinding). So a door wants a local name as Host, a local page as
Origin if there is one, and JSON as a body: a page needs to ask before it may send that.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from reconciler.emulator.exchange import Request
from reconciler.emulator.keys import check_key
from reconciler.emulator.refusals import Refusal

JSON = "application/json"


def check(request: Request, admin_key: str | None) -> None:
    """Raises Refusal."""
    host = request.headers.get("host", "")
    if not is_local(urlsplit(f"//{host}").hostname or ""):
        raise Refusal("door-host")
    origin = request.headers.get("origin")
    if origin is not None and not is_local(urlsplit(origin).hostname or ""):
        raise Refusal("door-host")
    if admin_key is not None:
        check_key(request, admin_key)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if (request.body or kind) and request.method in ("POST", "PUT") and kind != JSON:
        raise Refusal("door-content-type")


def is_local(host: str) -> bool:
    """A loopback address, or a name that no public DNS has: `localhost`, one without a dot."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        name = host.lower().rstrip(".")
        return bool(name) and ("." not in name or name.endswith(".localhost"))
