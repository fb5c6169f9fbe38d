"""Templates of worker interfaces, rendered as far as substitution goes: ``{{ task.input.path | filter }}``.

The service renders Liquid. What has more to it than values of the task, a tag or a filter that is not listed here,
stays as it is and is named under ``Errors``.
"""

from __future__ import annotations

import html
import json
import re

from awsshadow.sandbox.contract.service_errors import invalid
from awsshadow.sandbox.state.records import follow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.sandbox.engine.request import Request, View

_EXPRESSION = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_PATH = re.compile(r"task\.input(?:\.[A-Za-z0-9_-]+)*")

#: Filters of Liquid, and those the service adds. There are no objects to grant access to: the place stays as it is.
FILTERS: dict[str, Callable[[Any], Any]] = {
    "escape": lambda value: html.escape(_text(value)),
    "skip_autoescape": lambda value: value,
    "grant_read_access": lambda value: value,
    "to_json": json.dumps,
    "upcase": lambda value: _text(value).upper(),
    "downcase": lambda value: _text(value).lower(),
    "strip": lambda value: _text(value).strip(),
    "size": lambda value: len(value) if isinstance(value, (str, list, dict)) else 0,
}


def render(request: Request) -> View:
    """Answer ``RenderUiTemplate``."""
    content = _content(request)
    try:
        task = json.loads(request.params["Task"]["Input"])
    except (ValueError, RecursionError) as error:
        raise invalid("The input of a task is a JSON object.") from error
    errors: list[dict[str, str]] = []

    def value(found: re.Match[str]) -> str:
        path, *filters = (part.strip() for part in found[1].split("|"))
        wrong = next((f for f in filters if f not in FILTERS), None)
        if not _PATH.fullmatch(path) or wrong is not None:
            what = f"filter {wrong}" if wrong is not None else path
            errors.append({"Code": "NotRendered", "Message": f"The sandbox does not render {what}."})
            return found[0]
        known = follow({"task": {"input": task}}, path)
        for name in filters:
            known = FILTERS[name](known)
        # What is put in is escaped by default.
        return _text(known) if {"escape", "skip_autoescape"} & set(filters) else html.escape(_text(known))

    rendered = _EXPRESSION.sub(value, _COMMENT.sub("", content))
    tags = dict.fromkeys(_TAG.findall(rendered))
    errors += [{"Code": "NotRendered", "Message": f"The sandbox does not render {tag}."} for tag in tags]
    return {"RenderedContent": rendered, "Errors": errors}


def _content(request: Request) -> str:
    """The template of the request, or of the interface that it names. Raises Refusal."""
    params = request.params
    if ("UiTemplate" in params) == ("HumanTaskUiArn" in params):
        raise invalid("Specify either UiTemplate or HumanTaskUiArn.")
    if "UiTemplate" in params:
        return str(params["UiTemplate"]["Content"])
    return str(request.named("HumanTaskUi", "HumanTaskUiArn").doc["UiTemplate"]["Content"])


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)
