"""How fast the sandbox is: first answers, requests a second through its endpoint, and how long long lists take.

``python benchmarks/sandbox.py [--calls N] [--clients N] [--starts N] [--listed N ...]`` needs nothing but awsshadow in
the same environment. Where ``moto[server]`` is installed, too, moto's server answers the same calls, and ratios are
printed. Client and server share the machine's cores, and the client is Python too, so the figures are what a test suite
sees, not what the server could do.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: A command that says where its endpoint is and waits until its input ends.
ASK = ["sh", "-c", 'echo "$AWS_ENDPOINT_URL"; read -r _ || true']
ROLE = "arn:aws:iam::123456789012:role/Benchmark"
#: What a signature says of the service; neither server checks more of it.
SCOPE = "AWS4-HMAC-SHA256 Credential=sandbox/20260101/us-east-1/sagemaker/aws4_request, SignedHeaders=host, Signature=0"
PAGE = 100


class Client:
    """One kept connection."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def call(self, operation: str, **parameters: object) -> dict[str, object]:
        """Send one call and return its document. Raises RuntimeError when it is refused."""
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"SageMaker.{operation}"}
        document: dict[str, object] = json.loads(self._post("/", json.dumps(parameters), headers) or b"{}")
        return document

    def invoke(self, endpoint: str, body: str) -> None:
        """Send one body to an endpoint. Raises RuntimeError when it is refused."""
        self._post(f"/endpoints/{endpoint}/invocations", body, {"Content-Type": "text/csv"})

    def _post(self, path: str, body: str, headers: dict[str, str]) -> bytes:
        self._connection.request("POST", path, body, {**headers, "Authorization": SCOPE})
        response = self._connection.getresponse()
        said = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} {headers}: {response.status} {said[:300]!r}")
        return said


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


class Moto:
    """moto's server."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        self.started = time.perf_counter()
        self._program = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.url = f"http://127.0.0.1:{port}"
        while self._program.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                return
            time.sleep(0.01)
        raise RuntimeError("moto's server ended")

    def end(self) -> float:
        """End the server; returns the seconds until it had ended."""
        start = time.perf_counter()
        self._program.kill()
        self._program.wait()
        return time.perf_counter() - start


@contextlib.contextmanager
def sandbox() -> Iterator[Running]:
    """A sandbox with a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        running = Running(os.path.join(folder, "store"))
        try:
            yield running
        finally:
            running.end()


@contextlib.contextmanager
def moto() -> Iterator[Moto]:
    """moto's server, empty."""
    running = Moto()
    try:
        yield running
    finally:
        running.end()


def first_answer() -> tuple[float, float]:
    """Seconds from the start of the program to the first answer, and from the command's end to the program's."""
    with tempfile.TemporaryDirectory() as folder:
        running = Running(os.path.join(folder, "store"))
        Client(running.url).call("ListModels")
        return time.perf_counter() - running.started, running.end()


def first_answer_of_moto() -> float:
    """Seconds from the start of moto's server to its first answer."""
    with moto() as running:
        Client(running.url).call("ListModels")
        return time.perf_counter() - running.started


def create(client: Client, number: int) -> None:
    container = {"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/model:1"}
    client.call("CreateModel", ModelName=f"model-{number}", ExecutionRoleArn=ROLE, PrimaryContainer=container)


def describe(client: Client, number: int) -> None:
    client.call("DescribeModel", ModelName=f"model-{number}")


def listing(client: Client, _: int) -> None:
    client.call("ListModels", MaxResults=PAGE)


def invoke(client: Client, number: int) -> None:
    client.invoke("live", f"{number},1,2,3")


KINDS = {"create": create, "describe": describe, "list": listing, "invoke": invoke}


def deploy(client: Client) -> None:
    """An endpoint that can be invoked."""
    create(client, -1)
    variant = {"VariantName": "v", "ModelName": "model--1", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
    client.call("CreateEndpointConfig", EndpointConfigName="live", ProductionVariants=[variant])
    client.call("CreateEndpoint", EndpointName="live", EndpointConfigName="live")


def rate(clients: list[Client], calls: int, one: Callable[[Client, int], None]) -> float:
    """Calls a second when the clients share ``calls`` calls."""

    def share(index: int) -> None:
        for number in range(index, calls, len(clients)):
            one(clients[index], number)

    start = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(share, range(len(clients))))
    return calls / (time.perf_counter() - start)


def rates(url: str, calls: int, clients: int) -> dict[str, float]:
    """Calls a second by kind, from so many clients at once; lists are pages of 100 of ``calls`` models."""
    connected = [Client(url) for _ in range(clients)]
    deploy(connected[0])
    return {name: rate(connected, calls, one) for name, one in KINDS.items()}


def fill(folder: str, models: int) -> None:
    """Put so many models into a sandbox, by the dump of one that has the first."""
    with_folder = [sys.executable, "-m", "awsshadow", "sandbox"]
    running = Running(folder)
    create(Client(running.url), 0)
    running.end()
    dump = subprocess.run([*with_folder, "dump", "--state", folder], capture_output=True, text=True, check=True).stdout
    head, first, *rest = dump.splitlines()
    table, row = json.loads(first)

    def times_of(number: int) -> dict[str, float]:
        return {"id": number + 1, **dict.fromkeys(("created", "modified"), row["created"] + number / 1000)}

    rows = (
        json.dumps([table, {**json.loads(json.dumps(row).replace("model-0", f"model-{number}")), **times_of(number)}])
        for number in range(models)
    )
    text = "\n".join([head, *rows, *rest]) + "\n"
    subprocess.run([*with_folder, "load", "--state", folder], input=text, text=True, check=True)


def paging(models: int) -> tuple[float, float, float]:
    """Seconds to list so many models by pages of 100, and milliseconds a page in the first and the last tenth."""
    with tempfile.TemporaryDirectory() as parent:
        folder = os.path.join(parent, "store")
        fill(folder, models)
        running = Running(folder)
        client, times, seen = Client(running.url), [], 0
        token: dict[str, object] = {}
        while True:
            start = time.perf_counter()
            page = client.call("ListModels", MaxResults=PAGE, SortBy="Name", SortOrder="Ascending", **token)
            times.append(time.perf_counter() - start)
            rows = page["Models"]
            assert isinstance(rows, list)
            seen += len(rows)
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
        running.end()
    assert seen == models, f"{seen} of {models} models were listed"
    tenth = max(1, len(times) // 10)
    return sum(times), statistics.mean(times[:tenth]) * 1000, statistics.mean(times[-tenth:]) * 1000


def report(calls: int, clients: int, starts: int, listed: list[int]) -> None:
    """Print all of it, as a table in Markdown where there is something to compare."""
    has_moto = find_spec("moto") is not None and find_spec("flask") is not None
    times = [first_answer() for _ in range(starts)]
    ours = statistics.median(row[0] for row in times) * 1000
    print(f"command's end to program's end: median {statistics.median(row[1] for row in times) * 1000:.0f} ms\n")
    print("| | sandbox | moto's server | ratio |\n|---|--:|--:|--:|")
    theirs = statistics.median(first_answer_of_moto() for _ in range(starts)) * 1000 if has_moto else None
    print(row_of("first answer after the start, ms", ours, theirs))
    for number in (1, clients):
        with sandbox() as running:
            found = rates(running.url, calls, number)
        compared: dict[str, float] = {}
        if has_moto:
            with moto() as other:
                compared = rates(other.url, calls, number)
        for name, value in found.items():
            print(row_of(f"{name}, {number} client{'s' * (number > 1)}, calls a second", value, compared.get(name)))
    print("\n| models | seconds to list by pages of 100 | ms a page, first tenth | last tenth |\n|--:|--:|--:|--:|")
    for models in listed:
        seconds, first, last = paging(models)
        print(f"| {models:,} | {seconds:.2f} | {first:.1f} | {last:.1f} |", flush=True)


def row_of(name: str, ours: float, theirs: float | None) -> str:
    """A row of the table; the ratio is the sandbox's figure by that of moto's server."""
    rest = "- | -" if theirs is None else f"{theirs:,.0f} | {ours / theirs:.2f}"
    return f"| {name} | {ours:,.0f} | {rest} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--listed", type=int, nargs="*", default=[1000, 10_000, 100_000])
    given = parser.parse_args()
    report(given.calls, given.clients, given.starts, given.listed)


if __name__ == "__main__":
    main()
