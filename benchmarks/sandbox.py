"""How fast the sandbox is: requests a second through its endpoint, and the time until it first answers.

``python benchmarks/sandbox.py [--calls N] [--threads N] [--starts N]`` needs nothing but awsshadow
in the same environment. Client and server share the machine's cores, and the client is Python too,
so the figures are what a test suite sees, not what the server could do.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

#: A command that says where its endpoint is and waits until its input ends.
ASK = ["sh", "-c", 'echo "$AWS_ENDPOINT_URL"; read -r _ || true']
ROLE = "arn:aws:iam::123456789012:role/Benchmark"


class Client:
    """One kept connection."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def call(self, operation: str, **parameters: object) -> dict[str, object]:
        """Send one call and return its document. Raises RuntimeError when it is refused."""
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"SageMaker.{operation}"}
        self._connection.request("POST", "/", json.dumps(parameters), headers)
        response = self._connection.getresponse()
        document: dict[str, object] = json.loads(response.read() or b"{}")
        if response.status != 200:
            raise RuntimeError(f"{operation}: {document}")
        return document


class Running:
    """``awsshadow sandbox run`` with a command that waits."""

    def __init__(self, folder: str) -> None:
        words = [sys.executable, "-m", "awsshadow", "sandbox", "run", "--state", folder, "--", *ASK]
        self.started = time.perf_counter()
        self._program = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._program.stdout is not None
        self.url = self._program.stdout.readline().strip()

    def end(self) -> float:
        """End the command; returns the seconds until the whole program had ended."""
        start = time.perf_counter()
        self._program.communicate("\n", timeout=60)
        return time.perf_counter() - start


def first_answer() -> tuple[float, float]:
    """Seconds from the start of the program to the first answer, and from the command's end to the program's."""
    with tempfile.TemporaryDirectory() as folder:
        running = Running(os.path.join(folder, "store"))
        Client(running.url).call("ListModels")
        return time.perf_counter() - running.started, running.end()


def create(client: Client, number: int) -> None:
    container = {"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/model:1"}
    client.call("CreateModel", ModelName=f"model-{number}", ExecutionRoleArn=ROLE, PrimaryContainer=container)


def describe(client: Client, number: int) -> None:
    client.call("DescribeModel", ModelName=f"model-{number}")


def listing(client: Client, _: int) -> None:
    client.call("ListModels", MaxResults=100)


def rate(clients: list[Client], calls: int, one: Callable[[Client, int], None]) -> float:
    """Calls a second when the clients share ``calls`` calls."""

    def share(index: int) -> None:
        for number in range(index, calls, len(clients)):
            one(clients[index], number)

    start = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(share, range(len(clients))))
    return calls / (time.perf_counter() - start)


def rates(calls: int, threads: int) -> dict[str, float]:
    """Calls a second by kind, from ``threads`` clients at once; lists are pages of 100 of ``calls`` models."""
    kinds = {"create": create, "describe": describe, "list": listing}
    with tempfile.TemporaryDirectory() as folder:
        running = Running(os.path.join(folder, "store"))
        clients = [Client(running.url) for _ in range(threads)]
        found = {name: rate(clients, calls, one) for name, one in kinds.items()}
        running.end()
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--starts", type=int, default=10)
    given = parser.parse_args()
    times = [first_answer() for _ in range(given.starts)]
    for name, column in (("start to first answer", 0), ("command's end to program's end", 1)):
        print(f"{name}: median {statistics.median(row[column] for row in times) * 1000:.0f} ms of {given.starts}")
    for threads in (1, given.threads):
        for name, rate in rates(given.calls, threads).items():
            print(f"{name}, {threads} client(s): {rate:.0f} calls/s")


if __name__ == "__main__":
    main()
