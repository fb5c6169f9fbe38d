"""Binary values: a text is base64 unless ``cli_binary_format`` says otherwise (behaviour: input 2.3)."""

from __future__ import annotations

import base64
import binascii

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def decode(value: Any, name: str, shapes: Mapping[str, dict[str, Any]]) -> Any:
    """``value`` of the shape ``name`` with bytes in the place of base64; containers change in place.

    What the alphabet does not have is passed over, bytes stay, and what does not fit the shape is left for
    validation. Raises AwsShadowError for a text that is no base64 all the same.
    """
    shape = shapes[name]
    kind = shape["type"]
    if kind == "blob" and isinstance(value, str):
        try:
            return base64.b64decode(value)
        except ValueError as error:
            if isinstance(error, binascii.Error):
                raise AwsShadowError(f'Invalid base64: "{value}"') from None
            raise AwsShadowError(str(error)) from None
    if kind == "structure" and isinstance(value, dict):
        for member in [key for key in value if key in shape["members"]]:
            value[member] = decode(value[member], shape["members"][member]["shape"], shapes)
    elif kind == "map" and isinstance(value, dict):
        for key in value:
            value[key] = decode(value[key], shape["value"]["shape"], shapes)
    elif kind == "list" and isinstance(value, list):
        value[:] = [decode(item, shape["member"]["shape"], shapes) for item in value]
    return value
