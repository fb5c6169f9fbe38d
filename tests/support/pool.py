"""Replaying cases on several processors: a program and an endpoint for each worker."""

from __future__ import annotations

import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.support.cases import Case, replay
from tests.support.endpoint import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.support.facts import Facts
    from tests.support.program import Program


class Worker(threading.local):
    """What one thread of a pool works with, started when it is first needed."""

    program: Program | None = None
    endpoint: Endpoint | None = None


class Pool:
    """Replays cases ahead of being asked. Threads only wait here; the work is in processes of their own."""

    def __init__(self, start: Callable[[], Program], cache: Path | None = None, workers: int | None = None) -> None:
        self._start = start
        self._cache = cache
        self._threads = ThreadPoolExecutor(workers or os.cpu_count() or 1)
        self._worker = Worker()
        self._started: list[Program | Endpoint] = []
        self._results: dict[str, Future[Facts]] = {}

    def submit(self, cases: Iterable[Case]) -> None:
        """Begin with cases that will be asked for."""
        for case in cases:
            if case["id"] not in self._results:
                self._results[case["id"]] = self._threads.submit(self._replay, case)

    def result(self, case: Case) -> Facts:
        """What the program did, waiting for it if need be. Raises what stopped the replay."""
        self.submit([case])
        return self._results[case["id"]].result()

    def close(self) -> None:
        """Drop what nobody asked for and end the processes."""
        self._threads.shutdown(cancel_futures=True)
        for started in self._started:
            started.close()

    def _replay(self, case: Case) -> Facts:
        worker = self._worker
        if worker.program is None or worker.endpoint is None:
            worker.program, worker.endpoint = self._start(), Endpoint()
            self._started += [worker.program, worker.endpoint]
        return replay(case, worker.program, worker.endpoint, self._cache)
