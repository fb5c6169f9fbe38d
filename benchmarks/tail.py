"""How fast a log is read: ``awsshadow tail`` of many lines, in pages as the service sends them.

``python benchmarks/tail.py [--lines 100000] [--hosts 3] [--runs 5]`` needs nothing but awsshadow in the same
environment. A server on the loopback interface has every page ready, so the figures are those of the reader.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MESSAGE = "epoch 12 step {n}: loss=0.{n} accuracy=0.9812 samples/sec=1532.25 lr=0.0003 - train"


class Log:
    """A log of ``lines`` lines of ``hosts`` hosts, as the documents by which it is read. Pages are kept once made."""

    def __init__(self, lines: int, hosts: int) -> None:
        self._each = lines // hosts
        self._hosts = hosts
        self._pages: dict[tuple[str, int, int], bytes] = {}
        self.requests = 0

    def answer(self, operation: str, asked: dict[str, object]) -> bytes:
        """The body of an answer."""
        self.requests += 1
        if operation == "GetLogEvents":
            return self._page(
                str(asked["logStreamName"]), int(str(asked.get("nextToken", 0))), int(str(asked["limit"]))
            )
        if operation == "DescribeLogStreams":
            names = [f"job/algo-{host}-1700000000" for host in range(1, self._hosts + 1)]
            return json.dumps({"logStreams": [{"logStreamName": name} for name in names]}).encode()
        return json.dumps({"TrainingJobName": "job", "TrainingJobStatus": "Completed"}).encode()

    def _page(self, stream: str, begin: int, limit: int) -> bytes:
        key = stream, begin, limit
        if key not in self._pages:
            end = min(self._each, begin + limit)
            events = [
                {"timestamp": 1700000000000 + n, "message": MESSAGE.format(n=n), "ingestionTime": 1700000000500 + n}
                for n in range(begin, end)
            ]
            self._pages[key] = json.dumps({"events": events, "nextForwardToken": str(end)}).encode()
        return self._pages[key]


def server(log: Log) -> ThreadingHTTPServer:
    """A server that answers from ``log``."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = log.answer(self.headers["X-Amz-Target"].rpartition(".")[2], asked)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def run(url: str, form: str, home: str, lines: int) -> tuple[float, float, int]:
    """Seconds, seconds of CPU, and KiB at the most. Raises RuntimeError when not every line came."""
    environ = {
        "PATH": os.environ["PATH"], "HOME": home, "AWS_ENDPOINT_URL": url, "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    words = [os.path.join(os.path.dirname(sys.executable), "awsshadow"), "tail", "training-job", "job"]
    begin = time.perf_counter()
    program = subprocess.Popen([*words, "--format", form], env=environ, stdout=subprocess.PIPE)
    assert program.stdout is not None
    found = 0
    while part := program.stdout.read(1 << 16):
        found += part.count(b"\n")
    _, status, used = os.wait4(program.pid, 0)
    if status or found != lines:
        raise RuntimeError(f"{found} lines, status {status}")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--hosts", type=int, default=3)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    print("| lines | form | s | s CPU | lines a second | MB at the most |\n|--:|---|--:|--:|--:|--:|")
    for size in (given.hosts, given.lines // 10, given.lines):
        lines = size // given.hosts * given.hosts
        made = server(Log(lines, given.hosts))
        threading.Thread(target=made.serve_forever, daemon=True).start()
        with tempfile.TemporaryDirectory() as home:
            for form in ("detailed", "short", "json"):
                url = f"http://127.0.0.1:{made.server_port}"
                runs = [run(url, form, home, lines) for _ in range(given.runs + 1)][1:]
                wall, cpu, most = (statistics.median(column) for column in zip(*runs, strict=True))
                print(
                    f"| {lines} | {form} | {wall:.2f} | {cpu:.2f} | {lines / wall:.0f} | {most / 1024:.0f} |",
                    flush=True,
                )
        made.shutdown()


if __name__ == "__main__":
    main()
