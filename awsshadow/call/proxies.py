"""Addresses of proxies that cannot be used: what is said of them, whichever urllib3 is installed.

The reference bounds urllib3 at 2.6.3. Later ones read addresses more strictly and complain in other words. What the
reference says is decided here for those that the installed one refuses; all others are left to it.
"""

from __future__ import annotations

import re

from botocore.exceptions import ConnectionClosedError, HTTPClientError, ProxyConnectionError
from botocore.httpsession import ProxyConfiguration, mask_proxy_url
from botocore.utils import get_environ_proxies
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.hooks import BaseEventHooks

#: The host and port of an address, between its user information and its path.
_PLACE = re.compile(r"[^/?#]*?://(?:[^/?#]*@)?([^/?#]*)", re.DOTALL)
#: What earlier ones took for a host and a port.
_HOST_AND_PORT = re.compile(r"((?:[^\[\]%:/?#]|%[0-9a-fA-F]{2})*)(?::[0-9]{0,5})?", re.DOTALL)
#: What no connection can be opened to: nothing is heard of it.
_BLANK = re.compile(r"[\x00-\x20\x7f]")


def watch(events: BaseEventHooks) -> None:
    """Look at the proxy of each request of the clients that are made with ``events`` from now on."""
    events.register("before-send", _check)


def _check(request: AWSPreparedRequest, **_: Any) -> None:
    """Raise what the reference does for a proxy whose address cannot be read, as if the request had been sent."""
    proxy: str | None = None
    try:
        configured = ProxyConfiguration(get_environ_proxies(request.url))
        proxy = configured.proxy_url_for(request.url)
        if proxy:
            configured.proxy_headers_for(proxy)  # as botocore, which does so first
            parse_url(proxy)
    except LocationParseError:
        raise _refusal(str(proxy), request.url) from None
    except ValueError:
        return  # what Python itself refuses is refused once more when the request is sent


def _refusal(proxy: str, url: str) -> Exception:
    place = _PLACE.match(proxy)
    found = None if place is None else _HOST_AND_PORT.fullmatch(place[1])
    port = "" if found is None else found[0][len(found[1]) + 1 :]
    if found is None or not found[1].isascii() or int(port or 0) > 65535:
        refused: Exception = HTTPClientError(error=LocationParseError(mask_proxy_url(proxy)))
    elif _BLANK.search(found[1]):
        refused = ConnectionClosedError(endpoint_url=url)
    else:
        refused = ProxyConnectionError(proxy_url=mask_proxy_url(proxy))
    return refused
