"""The scripted endpoint as a test sees it; ``endpoint_server`` says what it can do."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.support.program import ROOT, pipes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.endpoint_server import Reply, Request


class Endpoint:
    """An HTTP endpoint on the loopback interface, in a process of its own until ``close``."""

    def __init__(self) -> None:
        words = [sys.executable, "-m", "tests.support.endpoint_server"]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, encoding="utf-8"
        )
        self._orders, self._answers = pipes(self._process)
        self.port = int(self._answers.readline())
        self.url = f"http://127.0.0.1:{self.port}"

    def script(self, replies: Sequence[Reply]) -> None:
        """Give these replies from now on and forget the requests seen so far."""
        self._ask(replies)

    def requests(self) -> list[Request]:
        """Requests seen since ``script``: ``method``, ``path``, ``headers`` (names in lower case), ``body``."""
        found: list[Request] = self._ask(None)
        return found

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _ask(self, order: Sequence[Reply] | None) -> Any:
        self._orders.write(json.dumps(order) + "\n")
        self._orders.flush()
        return json.loads(self._answers.readline())
