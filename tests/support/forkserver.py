"""Run a Python program many times at the price of a fork each.

::

    python -m tests.support.forkserver MODULE:FUNCTION [MODULE ...]

imports the modules once, then reads orders from standard input, one JSON object a line::

    {"argv": [...], "environ": {...}, "folder": str, "stdin": str or null,
     "stdout": path, "stderr": path, "limit": seconds, "world": {...}}

where ``world`` may be left out, and says what is amiss: ``descriptors`` (number -> null: closed, ``"pipe"``: one that
nobody reads, or a path and how it is opened: ``["/dev/full", "w"]``), ``limits`` (``RLIMIT_...`` -> amount), ``held``
(true: permissions hold for root, too, which is Linux's to say), ``gone`` (true: the working folder is). Each order is
answered with ``{"code": N}`` on standard output, N negative when a signal ended the program.

Each order is carried out by a forked child. The child returns out of the loop to the bottom of its stack and calls
FUNCTION there, so that it ends as any interpreter does: buffers flushed last, exit code 120 when that fails. Only what
nobody can see is left out (``end``). Nothing here touches ``sys.stdin``, ``sys.stdout`` and ``sys.stderr`` before that;
laying other files under descriptors 0 to 2 makes them the child's own, made by the interpreter itself.

It needs nothing but the standard library, so that any interpreter can run it on any program.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, SupportsIndex, TextIO

    Order = dict[str, Any]


def main(entry: str, preload: list[str]) -> int:
    """Serve orders until standard input ends; in a child, run the program and return its exit code."""
    orders = os.fdopen(os.dup(0), encoding="utf-8", errors="surrogateescape")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    time.sleep = _at_once
    module, _, function = entry.partition(":")
    before = dict(os.environ)
    importlib.import_module(module)
    for name in preload:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    imported = {name: value for name, value in os.environ.items() if before.get(name) != value}
    order = serve(orders, answers)
    if order is None:
        return 0
    become(order, imported)
    code: int = getattr(importlib.import_module(module), function)()
    end(code)
    return code


def serve(orders: TextIO, answers: TextIO) -> Order | None:
    """Carry out one order after the other. Returns the order in the child that is to be the program."""
    for line in orders:
        order: Order = json.loads(line)
        reader, writer = os.pipe() if order["stdin"] is not None else (os.open(os.devnull, os.O_RDONLY), None)
        child = os.fork()
        if child == 0:
            if writer is not None:
                os.close(writer)
            lay(order, reader)
            spoil(order.get("world") or {})
            return order
        os.close(reader)
        if writer is not None:
            feed(writer, order["stdin"])
        _, status = os.waitpid(child, 0)
        answers.write(json.dumps({"code": os.waitstatus_to_exitcode(status)}) + "\n")
        answers.flush()
    return None


def lay(order: Order, stdin: int) -> None:
    """Put the program's own files under descriptors 0 to 2."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for target, source in enumerate((stdin, os.open(order["stdout"], flags), os.open(order["stderr"], flags))):
        os.dup2(source, target)
        os.close(source)


def spoil(world: dict[str, Any]) -> None:
    """Make of the order's world what it says."""
    for name, how in world.get("descriptors", {}).items():
        target = int(name)
        if how is None:
            os.close(target)
            setattr(sys, ("stdin", "stdout", "stderr")[target], None)  # as an interpreter finds it that is started so
        elif how == "pipe":
            reader, writer = os.pipe()
            os.close(reader)
            os.dup2(writer, target)
            os.close(writer)
        else:
            path, mode = how
            source = os.open(path, os.O_RDONLY if mode == "r" else os.O_WRONLY)
            os.dup2(source, target)
            os.close(source)
    if world.get("held"):
        hold()
    for name, amount in world.get("limits", {}).items():
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # as interpreters do
        resource.setrlimit(getattr(resource, name), (amount, amount))


def hold() -> None:
    """Give up root's right to read, write and enter what the mode of a file forbids (capabilities(7))."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; twice
    libc.capget(header, sets)
    for number in range(2):
        sets[number] &= ~0b110
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


def become(order: Order, imported: dict[str, str]) -> None:
    """Make this process look as if a shell had just started the program.

    ``imported`` are variables that importing the program has set.
    """
    os.environ.clear()
    os.environ.update(order["environ"] | imported)
    time.tzset()
    os.chdir(order["folder"])
    if (order.get("world") or {}).get("gone"):
        os.rmdir(order["folder"])
    sys.argv = order["argv"]
    signal.alarm(order["limit"])


def feed(pipe: int, text: str) -> None:
    """Write ``text`` into the program's standard input, which it may leave unread."""
    with contextlib.suppress(BrokenPipeError), open(pipe, "wb", buffering=0) as file:
        file.write(text.encode("utf-8", "surrogateescape"))


def end(code: object) -> None:
    """End this process if all that the interpreter still had to do is to take itself apart; else do nothing.

    Taking apart what a fork shares copies it page by page: 20 ms, a third of a command. Not done either is what was
    registered with ``atexit``, to which the programs leave nothing that shows.
    """
    threads = sys.modules.get("threading")
    if type(code) is not int or (threads is not None and threads.active_count() > 1):
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return  # the interpreter tries once more, and has words and an exit code for it
    os._exit(code & 0xFF)


def _at_once(seconds: float | SupportsIndex, /) -> None:
    """Take the place of ``time.sleep``: waiting is no part of what is compared."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
