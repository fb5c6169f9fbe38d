"""The JSON object in the body of a request."""

from __future__ import annotations

import json

from awsshadow.sandbox.contract.service_errors import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def parsed(body: bytes) -> dict[str, Any]:
    """The object, an empty one of an empty body. Raises Refusal for anything that no service would take as one."""
    try:
        params = json.loads(body or b"{}", parse_constant=_no_number)
        if b"\\u" in body:
            # Half a surrogate pair is JSON, but no text.
            json.dumps(params, ensure_ascii=False).encode()
    except ValueError as error:
        raise Refusal("SerializationException", f"the body is not JSON: {error}") from error
    except RecursionError as error:
        raise Refusal("SerializationException", "the body is nested too deeply") from error
    if not isinstance(params, dict):
        raise Refusal("SerializationException", "the body is not a JSON object")
    return params


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")
