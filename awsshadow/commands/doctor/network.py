"""The way to the service: proxies and what goes round them, certificates, the clock."""

from __future__ import annotations

import os
import time
from ipaddress import ip_address, ip_network

from awsshadow.addresses import without_user
from awsshadow.call.redaction import SECRETS
from awsshadow.terminal.checks import GOOD, NOTICE, PROBLEM, Check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PROXIES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY")
_DIRECT = ("no_proxy", "NO_PROXY")
_BUNDLES = ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE")

#: A signature is refused when it is off by more seconds than this.
MOST_SKEW = 300
#: Seconds that the service may take to say what time it is.
_PATIENCE = 5


def proxies(environ: Mapping[str, str], host: str) -> Iterator[Check]:
    """The proxies, and entries of NO_PROXY that match nothing; ``host`` is where calls go."""
    for variable in _PROXIES:
        if environ.get(variable):
            yield Check(variable, without_user(environ[variable]))
    for variable in _DIRECT:
        if not environ.get(variable):
            continue
        entries = [entry.strip() for entry in environ[variable].split(",")]
        ranges = [entry for entry in entries if _is_range(entry)]
        if not ranges:
            yield Check(variable, environ[variable])
            continue
        sentence = f"{', '.join(ranges)}: a range of addresses matches no host; {environ[variable]}"
        meant = any(_holds(entry, host) for entry in ranges) and host not in entries
        yield Check(
            variable, sentence, PROBLEM if meant else NOTICE,
            f"Name {host}, to which calls go." if meant else "Name hosts, or domains with a dot in front: .internal",
        )  # fmt: skip


def _is_range(entry: str) -> bool:
    try:
        ip_network(entry, strict=False)
    except ValueError:
        return False
    return "/" in entry


def _holds(entry: str, host: str) -> bool:
    try:
        return ip_address(host) in ip_network(entry, strict=False)
    except ValueError:
        return False


def certificates(environ: Mapping[str, str], section: Mapping[str, object]) -> Iterator[Check]:
    """The bundle that replaces botocore's, if there is one, and whether it can be used."""
    named = [(environ[name], name) for name in _BUNDLES if environ.get(name)]
    configured = section.get("ca_bundle")
    if isinstance(configured, str):
        named.insert(1 if environ.get(_BUNDLES[0]) else 0, (configured, "ca_bundle of the profile"))
    if not named:
        return
    path, source = named[0]
    fault = _fault_of_bundle(os.path.expanduser(path))
    if fault:
        remedy = f"Name a file of PEM certificates in {source}, or take it away to use botocore's."
        yield Check("certificates", f"{path} ({source}): {fault}", PROBLEM, remedy)
    else:
        yield Check("certificates", f"{path} ({source})", GOOD)


def _fault_of_bundle(path: str) -> str:
    if not os.path.exists(path):
        return "there is no such file"
    import ssl  # most users have no bundle of their own

    try:
        if os.path.isdir(path):
            ssl.create_default_context(capath=path)
        else:
            ssl.create_default_context(cafile=path)
    except OSError as error:
        return f"cannot be used: {error.strerror or error}"
    return ""


def clock(url: str | None) -> Check:
    """How far this machine's clock is from that of the endpoint ``url``, which is asked without credentials.

    Passwords that ``SECRETS`` knows of addresses are struck out of the reason why it cannot be asked.
    """
    if url is None:
        return Check("clock", "nobody to ask: the sandbox, or no region")
    from http.client import HTTPException

    try:
        theirs = _time_of(url)
    except (OSError, ValueError, HTTPException) as error:
        reason = SECRETS.of_address(str(getattr(error, "reason", None) or error))
        remedy = "Look at the endpoint, the proxies and the certificates above."
        return Check("clock", f"{without_user(url)} cannot be asked: {reason}", PROBLEM, remedy)
    skew = round(time.time() - theirs)
    if abs(skew) <= MOST_SKEW:
        return Check("clock", f"{abs(skew)} s from that of the service", GOOD)
    way = "ahead of" if skew > 0 else "behind"
    remedy = "Set the clock, e.g. sudo timedatectl set-ntp true: signatures are refused."
    return Check("clock", f"{abs(skew)} s {way} that of the service", PROBLEM, remedy)


def _time_of(url: str) -> float:
    """What an HTTP server says the time is. Raises OSError, ValueError and HTTPException."""
    if not url.startswith(("http://", "https://")):
        raise ValueError("no address of HTTP")
    from email.utils import parsedate_to_datetime
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    try:
        with urlopen(Request(url, method="HEAD"), timeout=_PATIENCE) as answer:  # noqa: S310 - the scheme is checked
            text = answer.headers.get("Date")
    except HTTPError as error:  # the service refuses a request without a signature, and dates its refusal
        text = error.headers.get("Date")
    if not text:
        raise ValueError("its answer has no date")
    return parsedate_to_datetime(text).timestamp()
