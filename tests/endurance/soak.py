"""One ``sandbox serve`` process and very many requests: its memory and its open files stay as they are.

::

    python -m tests.endurance.soak [--requests N] [--clients N] [--seed N]

sends N requests (default: 100,000) from several clients at once and prints what the server held at twenty moments. Each
client creates, describes, lists, tags and deletes models of its own, so that the state stays small; one request in 25
is a bad one: no JSON, an unknown operation, a name that is not there, a connection that is dropped half-way. The exit
code is 1 when memory or open files have grown. It reads ``/proc``, which Linux has.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Moments at which is looked.
MOMENTS = 20
#: Requests of a client before it connects anew.
ON_ONE_CONNECTION = 500
#: Of so many requests one is a bad one.
BAD = 25
ROLE = "arn:aws:iam::123456789012:role/Any"
ARN = "arn:aws:sagemaker:us-east-1:123456789012:model/"

#: By how much the later half of the moments may be above the earlier one: share of memory, bytes, open files.
SHARE, BYTES, FILES = 0.05, 3_000_000, 4


@dataclass(frozen=True)
class Held:
    """What the server holds after ``requests``: bytes of resident memory, open files, threads, bytes of its state."""

    requests: int
    memory: int
    files: int
    threads: int
    state: int


@dataclass
class Served:
    """A ``sandbox serve`` process with its state in ``folder``."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[str] = field(init=False)

    def __enter__(self) -> Served:
        words = [
            sys.executable,
            "-m",
            "awsshadow",
            "sandbox",
            "serve",
            "--state",
            str(self.folder),
            "--clock",
            "instant",
        ]
        environ = {name: value for name, value in os.environ.items() if not name.startswith("AWS")}
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("#   endpoint_url"):
                self.port = int(line.rpartition(":")[2])
                return self
        raise RuntimeError("the sandbox did not start")

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)

    def held(self, requests: int) -> Held:
        own = Path("/proc", str(self.process.pid))
        memory = int((own / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        state = sum(path.stat().st_size for path in self.folder.iterdir())
        return Held(requests, memory, len(list((own / "fd").iterdir())), len(list((own / "task").iterdir())), state)


class Client:
    """Requests to the server at ``port``, some of them bad."""

    def __init__(self, port: int, number: int, seed: int) -> None:
        self._port = port
        self._number = number
        self._chance = random.Random(f"{seed} {number}")
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._sent = 0
        self._work = self._endless()

    def send(self, count: int) -> None:
        """Send so many requests. Raises AssertionError at an answer that is none of those to be expected."""
        for _ in range(count):
            self._sent += 1
            if self._sent % ON_ONE_CONNECTION == 0:
                self._connection.close()
            if self._chance.randrange(BAD) == 0:
                self._bad()
            else:
                operation, parameters = next(self._work)
                status = self._ask(operation, json.dumps(parameters).encode())
                assert status == 200, f"{operation} {parameters}: {status}"

    def close(self) -> None:
        self._connection.close()

    def _endless(self) -> Iterator[tuple[str, dict[str, object]]]:
        """The life of one model after the other."""
        while True:
            name = f"model-{self._number}-{self._chance.randrange(10**9)}"
            yield "CreateModel", {"ModelName": name, "ExecutionRoleArn": ROLE}
            yield "DescribeModel", {"ModelName": name}
            yield "ListModels", {"NameContains": f"model-{self._number}-", "MaxResults": 5}
            yield "AddTags", {"ResourceArn": ARN + name, "Tags": [{"Key": "number", "Value": str(self._number)}]}
            yield "ListTags", {"ResourceArn": ARN + name}
            yield "DeleteModel", {"ModelName": name}

    def _bad(self) -> None:
        kind = self._chance.randrange(4)
        if kind == 0:
            assert self._ask("ListModels", b'{"MaxResults": ') == 400
        elif kind == 1:
            assert self._ask("ListNothing", b"{}") == 400
        elif kind == 2:
            assert self._ask("DescribeModel", b'{"ModelName": "not-there"}') == 400
        else:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 60) as dropped:
                dropped.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{")

    def _ask(self, operation: str, body: bytes) -> int:
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"SageMaker.{operation}"}
        self._connection.request("POST", "/", body, headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status


def soak(requests: int, clients: int, seed: int) -> list[Held]:
    """What the server held at MOMENTS moments on the way. Raises what stopped a client."""
    failed: list[BaseException] = []

    def work(client: Client, count: int) -> None:
        try:
            client.send(count)
        except BaseException as error:  # raised again by the one who started the thread
            failed.append(error)

    with tempfile.TemporaryDirectory() as folder, Served(Path(folder, "state")) as served:
        working = [Client(served.port, number, seed) for number in range(clients)]
        found: list[Held] = []
        each = requests // MOMENTS // clients
        for moment in range(MOMENTS):
            threads = [threading.Thread(target=work, args=(client, each)) for client in working]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            if failed:
                raise failed[0]
            found.append(served.held((moment + 1) * each * clients))
        for client in working:
            client.close()
    return found


def grown(found: Sequence[Held]) -> list[str]:
    """What is higher in the later half of the moments than in the earlier one, the first fifth of all left out."""
    earlier, later = found[len(found) // 5 : len(found) * 3 // 5], found[len(found) * 3 // 5 :]
    before, after = (statistics.median(held.memory for held in half) for half in (earlier, later))
    told = []
    if after > before * (1 + SHARE) + BYTES:
        told.append(f"memory: {before / 1e6:.1f} MB, then {after / 1e6:.1f} MB")
    if max(held.files for held in later) > max(held.files for held in earlier) + FILES:
        told.append(f"open files: {[held.files for held in found]}")
    if max(held.threads for held in later) > max(held.threads for held in earlier) + FILES:
        told.append(f"threads: {[held.threads for held in found]}")
    return told


def main(words: list[str]) -> int:
    """Print the table, and return 1 when something has grown."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.soak")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(words)
    start = time.monotonic()
    found = soak(wanted.requests, wanted.clients, wanted.seed)
    print("| requests | memory, MB | open files | threads | state, kB |\n|---:|---:|---:|---:|---:|")
    for held in found:
        print(f"| {held.requests:,} | {held.memory / 1e6:.1f} | {held.files} | {held.threads} | {held.state // 1000} |")
    told = grown(found)
    print(f"{time.monotonic() - start:.0f} seconds, seed {wanted.seed}; grown: {'; '.join(told) or 'nothing'}")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
