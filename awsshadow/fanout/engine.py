"""A few threads that work on many things, whose results come in the order of the things.

No more is begun than is soon asked for, so that a listing of any length is worked on a page at a time. Threads never
print, and nobody waits for them at the end: what they are at when a command is interrupted dies with the process.
"""

from __future__ import annotations

from collections import deque
from queue import SimpleQueue
from threading import Event, Thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType
    from typing import Any, Self, TypeVar

    from awsshadow.fanout.pace import Clock

    T = TypeVar("T")
    R = TypeVar("R")


#: How many threads there are when nothing is said, and at most.
USUAL_JOBS, MOST_JOBS = 8, 64
#: For how many threads' worth of things results may wait: what comes late holds up nobody until then.
_AHEAD = 4
#: Seconds after which a waiting main thread looks up: Windows tells it of Ctrl-C only then.
_LOOK_UP = 0.2


class _Task:
    """One thing to do; ``done`` is set when there is a ``result`` or an ``error``."""

    __slots__ = ("done", "error", "result", "work")

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work = work
        self.done = Event()
        self.result: Any = None
        self.error: BaseException | None = None


class Engine:
    """``jobs`` threads, begun when they are needed; used as a context manager, at whose end they are told to stop.

    ``clock`` is that by which the threads pause.
    """

    def __init__(self, jobs: int, clock: Clock) -> None:
        self.jobs = jobs
        self._clock = clock
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._threads: list[Thread] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clock.stop.set()
        for _ in self._threads:
            self._tasks.put(None)

    def map(self, function: Callable[[T], R], things: Iterable[T]) -> Iterator[R]:
        """``function`` of each of ``things``, in their order. Raises what it raises, at the place of the thing."""
        begun: deque[_Task] = deque()
        for thing in things:
            begun.append(self._begin(function, thing))
            if len(begun) >= self.jobs * _AHEAD:
                yield self._result(begun.popleft())
        while begun:
            yield self._result(begun.popleft())

    def _begin(self, function: Callable[[T], R], thing: T) -> _Task:
        task = _Task(lambda: function(thing))
        self._tasks.put(task)
        if len(self._threads) < self.jobs:
            thread = Thread(target=self._work, daemon=True)
            self._threads.append(thread)
            thread.start()
        return task

    def _result(self, task: _Task) -> Any:
        while not task.done.wait(_LOOK_UP):
            pass
        if task.error is not None:
            raise task.error
        return task.result

    def _work(self) -> None:
        while not self._clock.stop.is_set():
            task = self._tasks.get()
            if task is None:
                return
            try:
                task.result = task.work()
            except BaseException as error:
                task.error = error
            task.done.set()
