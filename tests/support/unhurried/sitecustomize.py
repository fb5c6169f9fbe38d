"""On PYTHONPATH of a program under test: waiting is no part of what is compared, so nobody waits."""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import SupportsIndex


def _at_once(seconds: float | SupportsIndex, /) -> None:
    """Take the place of ``time.sleep``."""


time.sleep = _at_once
