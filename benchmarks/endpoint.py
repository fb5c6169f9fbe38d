"""A loopback endpoint for benchmarks: answers at once, keeps connections open, speaks TLS if asked.

``python endpoint.py [--cert FILE --key FILE] [--pages N]`` prints its port and serves until killed.
A target ending in ``CreateInferenceExperiment`` gets an ARN; ``ListInferenceExperiments`` gets ``pages``
pages of 100 items with five timestamps each.
"""

import argparse
import json
import socket
import ssl
import threading

ITEMS = 100
EXPERIMENT = {
    "Name": "experiment-{page:04}-{item:03}",
    "Type": "ShadowMode",
    "Status": "Completed",
    "StatusReason": "The experiment came to its end as it was planned",
    "Description": "Half of the requests go to the second version as well",
    "RoleArn": "arn:aws:iam::123456789012:role/service-role/benchmark-{item:03}",
}
TIMES = ("CreationTime", "CompletionTime", "LastModifiedTime")


def page(number: int, pages: int) -> bytes:
    """Page ``number`` of the listing as the service would send it."""
    items = []
    for item in range(ITEMS):
        text = json.dumps(EXPERIMENT).replace("{page:04}", f"{number:04}").replace("{item:03}", f"{item:03}")
        experiment = json.loads(text)
        begin = 1700000000 + number * 1000 + item
        experiment["Schedule"] = {"StartTime": begin + 0.125, "EndTime": begin + 7 * 86400.0}
        for place, name in enumerate(TIMES):
            experiment[name] = begin + place / 8
        items.append(experiment)
    body = {"InferenceExperiments": items}
    if number + 1 < pages:
        body["NextToken"] = f"token-{number + 1}"
    return json.dumps(body).encode()


class Endpoint:
    """The listening socket and what it answers."""

    def __init__(self, pages: int, context: ssl.SSLContext | None) -> None:
        self._pages = [page(n, pages) for n in range(pages)]
        self._context = context
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._socket.getsockname()[1]

    def serve(self) -> None:
        """Accept connections for ever, a thread each."""
        while True:
            connection, _ = self._socket.accept()
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rb") as stream:
                while stream.readline():
                    headers = self._headers(stream)
                    body = stream.read(int(headers.get("content-length", 0)))
                    connection.sendall(self._answer(headers, body))
        except OSError:
            pass

    @staticmethod
    def _headers(stream) -> dict[str, str]:
        headers = {}
        while line := stream.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return headers

    def _answer(self, headers: dict[str, str], body: bytes) -> bytes:
        target = headers.get("x-amz-target", "")
        if target.endswith("ListInferenceExperiments"):
            token = json.loads(body).get("NextToken", "token-0")
            answer = self._pages[int(token.partition("-")[2])]
        elif target.endswith("CreateInferenceExperiment"):
            answer = b'{"InferenceExperimentArn": "arn:aws:sagemaker:us-east-1:123456789012:inference-experiment/x"}'
        else:
            answer = b"{}"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {len(answer)}\r\n\r\n"
        return head.encode() + answer


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--pages", type=int, default=10)
    options = parser.parse_args()
    context = None
    if options.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)
    endpoint = Endpoint(options.pages, context)
    print(endpoint.port, flush=True)
    endpoint.serve()


if __name__ == "__main__":
    main()
