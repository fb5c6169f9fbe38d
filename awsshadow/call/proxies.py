"""Addresses of proxies that cannot be used: what is said of them, whichever urllib3 is installed.

The reference bounds urllib3 at 2.6.3. Later ones read addresses more strictly and complain in other words, so what the
reference says of an address that is none is decided here. All others are left to urllib3.
"""

from __future__ import annotations

import re
from importlib.util import find_spec

from botocore.exceptions import ConnectionClosedError, HTTPClientError, ProxyConnectionError
from botocore.httpsession import ProxyConfiguration, mask_proxy_url
from botocore.utils import get_environ_proxies

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.hooks import BaseEventHooks

#: The host and port of an address, between its user information and its path.
_PLACE = re.compile(r"[^/?#]*?://(?:[^/?#]*@)?([^/?#]*)", re.DOTALL)
#: What may be a host and a port.
_HOST_AND_PORT = re.compile(r"(\[.*|(?:[^\[\]%:/?#]|%[0-9a-fA-F]{2})*)(?::[0-9]{0,5})?", re.DOTALL)
#: To a host with one of these no connection is opened, and nothing is heard of it.
_BLANK = re.compile(r"[\x00-\x20\x7f]")
#: One with these is looked up, and not found.
_ENCODED_BLANK = re.compile(r"%(?:[01][0-9a-f]|7f)", re.IGNORECASE)


def watch(events: BaseEventHooks) -> None:
    """Look at the proxy of each request of the clients that are made with ``events`` from now on."""
    events.register("before-send", _check)


def _check(request: AWSPreparedRequest, **_: Any) -> None:
    """Raise what the reference does for a proxy whose address is none, as if the request had been sent."""
    try:
        configured = ProxyConfiguration(get_environ_proxies(request.url))
        proxy = configured.proxy_url_for(request.url)
        if proxy:
            configured.proxy_headers_for(proxy)
    except ValueError:
        return  # what Python itself refuses is refused once more when the request is sent
    place = _PLACE.match(proxy or "")
    if place is None:
        return
    found = _HOST_AND_PORT.fullmatch(place[1])
    blank = found is not None and _BLANK.search(found[1])
    is_literal = place[1].startswith("[")
    if found is None or not (found[1].isascii() or find_spec("idna")) or (blank and is_literal):
        raise HTTPClientError(error=f"Failed to parse: {mask_proxy_url(proxy)}")
    if blank:
        raise ConnectionClosedError(endpoint_url=request.url)
    if _ENCODED_BLANK.search(found[1]):
        raise ProxyConnectionError(proxy_url=mask_proxy_url(proxy))
