"""What the service said, and what stood between here and there."""

from __future__ import annotations

import re
from shlex import quote

from awsshadow.command_line.usage_errors import nearest
from awsshadow.errors import AwsShadowError
from awsshadow.model import find_store
from awsshadow.names import SANDBOX_VARIABLE, SERVICE, argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.errors import ConnectionFailedError, ServiceError, TimestampError
    from awsshadow.hints.scene import Scene
    from awsshadow.streams import ForeignAnswer

DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedException")
#: The service says of a name that there is none by any of these.
_ABSENT = ("ResourceNotFound", "ResourceNotFoundException", "ValidationException")
#: Verbs of operations that name something which should be there.
_ABOUT_ONE = ("Delete", "Describe", "Get", "Start", "Stop", "Update")
_ALIKE = 0.5

#: What IAM says: who, what, and on what; the last may be missing.
_WHO = re.compile(r"User: (\S+)")
_WHAT = re.compile(r"not authorized to perform: ([\w-]+:\w+)")
_ON = re.compile(r"on resource: (\S+)")
#: Beyond this many seconds since 1970 a timestamp counts milliseconds: the year 5138.
_MILLISECONDS = 1e11


def denied(error: ServiceError, scene: Scene) -> list[str]:
    """Which action on which resource is not allowed, and to whom."""
    if error.fields.get("Code") not in DENIED:
        return []
    said = str(error.fields.get("Message", ""))
    who, what, on = (pattern.search(said) for pattern in (_WHO, _WHAT, _ON))
    own = scene.command is not None and scene.command.slice.operation == error.operation
    # What else is called on the way is asked for credentials.
    action = what[1] if what else f"{SERVICE if own else 'sts'}:{error.operation}"
    resource = on[1].rstrip(".,;") if on else _arn_given(scene) or "*"
    lines = [f"Missing permission: {action} on {resource}"]
    if who:
        lines.append(f"Caller: {who[1].rstrip('.,;')} (profile {scene.profile})")
    else:
        option = "" if scene.profile == "default" else f" --profile {quote(scene.profile)}"
        lines.append(f"Who you are to the service: aws sts get-caller-identity{option}")
    if "explicit deny" in said:
        lines.append("A policy denies it expressly: allowing it elsewhere does not help")
    return lines


def _arn_given(scene: Scene) -> str:
    values = {} if scene.parameters is None else scene.parameters
    return next((value for value in values.values() if isinstance(value, str) and value.startswith("arn:")), "")


def absent(error: ServiceError, scene: Scene) -> list[str]:
    """Names that are like one that the service does not have; one listing is asked for them."""
    command = scene.command
    if command is None or error.fields.get("Code") not in _ABSENT or not error.operation.startswith(_ABOUT_ONE):
        return []
    for argument in command.slice.arguments:
        given = command.given.get(argument.name)
        if argument.name not in command.slice.resources or not isinstance(given, str) or given.startswith("arn:"):
            continue
        names = _names(command.slice.resources[argument.name], scene)
        if names and given not in names:
            found = nearest(given, names, _ALIKE)
            where = f" in {scene.settings.get('region')}" if scene.settings and scene.settings.get("region") else ""
            if found:
                return [f"--{argument.name}: nearest{where}: {', '.join(found)}"]
            return [f"--{argument.name}: no name{where} is like {given}; `{_listing(scene, argument.name)}` lists them"]
        return []
    return []


def _listing(scene: Scene, argument: str) -> str:
    source = scene.command.slice.resources[argument] if scene.command else {}
    return f"{scene.program} {SERVICE} {source.get('command', '')}"


def _names(source: dict[str, Any], scene: Scene) -> list[str]:
    """The names that there are: kept ones of a sandbox in this process, else those of one quick listing.

    In a sandbox nothing is called, as that would count for its faults and its clock. The listing runs without a
    terminal, once, for two seconds at most (``complete.resources``).
    """
    folder = scene.environ.get(SANDBOX_VARIABLE)
    if folder:
        return _kept(folder, source["command"])
    if scene.settings is None:
        return []
    from awsshadow.complete.resources import resource_names

    chosen = scene.settings.globals
    texts = {
        "--profile": chosen.profile, "--region": chosen.region, "--endpoint-url": chosen.endpoint_url,
        "--ca-bundle": chosen.ca_bundle,
    }  # fmt: skip
    given = {name: text for name, text in texts.items() if text}
    given |= {} if chosen.verify_ssl else {"--no-verify-ssl": ""}
    given |= {} if chosen.sign_request else {"--no-sign-request": ""}
    if scene.command is not None:
        given |= {f"--{name}": value for name, value in scene.command.given.items() if isinstance(value, str)}
    options = {f"--{row[0]}" for row in find_store(scene.environ).options("operations", source["command"])}
    return resource_names(source, options, given, scene.environ)


def _kept(folder: str, listing: str) -> list[str]:
    from awsshadow.sandbox import admin

    try:
        rows = admin.listing(folder)
    except (AwsShadowError, OSError):
        return []
    return [row["name"] for row in rows if _lists(listing, argument_name(row["family"]))]


def _lists(listing: str, noun: str) -> bool:
    """Whether the command ``listing`` lists things called ``noun``."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "es" if noun.endswith("s") else noun + "s"
    return listing == f"list-{plural}"


def unreachable(error: ConnectionFailedError, scene: Scene) -> list[str]:
    """What of the environment stands between here and the service."""
    lines = _networks(scene)
    proxy = _proxy(scene, "" if error.kind == "proxy" else error.url)
    if error.kind == "tls":
        lines.append(
            "A proxy with a certificate authority of its own? Name its file by --ca-bundle or AWS_CA_BUNDLE. "
            "A clock that is wrong looks the same"
        )
    elif proxy:
        lines.append(f"Requests go by the proxy that {proxy} names; NO_PROXY takes hosts out of that")
    named = next((name for name in ("AWS_ENDPOINT_URL_SAGEMAKER", "AWS_ENDPOINT_URL") if scene.environ.get(name)), None)
    given = scene.settings.globals.endpoint_url if scene.settings is not None else None
    if given or named:
        lines.append(f"The address comes from {'--endpoint-url' if given else named}: is the program there running?")
    elif error.kind == "connect" and not proxy:
        region = scene.settings.get("region") if scene.settings is not None else None
        lines.append(f"Is there a network, and a region called {region}?" if region else "Is there a network?")
    return lines


def _proxy(scene: Scene, url: str) -> str:
    plain, secure = ("HTTP_PROXY", "http_proxy"), ("HTTPS_PROXY", "https_proxy")
    names = plain if url.startswith("http:") else secure if url else (*secure, *plain)
    return next((name for name in names if scene.environ.get(name)), "")


def _networks(scene: Scene) -> list[str]:
    """Entries of NO_PROXY that are networks: nobody reads them as such here, so they take nothing out."""
    for name in ("no_proxy", "NO_PROXY"):
        found = [entry.strip() for entry in scene.environ.get(name, "").split(",") if "/" in entry]
        if found:
            return [f"{name} has {', '.join(found)}: networks never match. List hosts, or domains as .example.com"]
    return []


def odd_timestamp(error: TimestampError, scene: Scene) -> list[str]:  # noqa: ARG001
    """An answer that counts milliseconds where seconds are wanted."""
    value = error.value
    if isinstance(value, int | float) and abs(value) > _MILLISECONDS:
        return [
            (
                f"The answer has the timestamp {value}, which counts milliseconds; the service sends seconds, so "
                "something in its place has answered. `aws configure set cli_timestamp_format wire` shows it as it is"
            )
        ]
    return [
        f"The answer has a timestamp that no calendar has: {value!r}. Something in the place of the service answered"
    ]


def foreign(error: ServiceError, scene: Scene) -> list[str]:  # noqa: ARG001
    """An error that somebody else than the service has answered with."""
    return [line for remark in scene.streams.remarks[-1:] for line in web_page(remark, scene)]


def web_page(remark: ForeignAnswer, scene: Scene) -> list[str]:
    """A page that was taken for an answer."""
    kind = remark.content_type or "of no type"
    said = f"What {remark.url} answered ({kind}) is none of the service's answers, so what is shown is not a result."
    reason = "A network that wants a login answers with a web page, and so does a proxy"
    return [f"{said} {reason}", *_networks(scene)]
