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
ARN = "arn:aws:sagemaker:us-east-1:123456789012:inference-experiment/benchmark"
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
    body: dict[str, object] = {"InferenceExperiments": items}
    if number + 1 < pages:
        body["NextToken"] = f"token-{number + 1}"
    return json.dumps(body).encode()


class Endpoint:
    """The listening socket and what it answers. Answers are made beforehand: the endpoint is not what is measured."""

    def __init__(self, pages: int, context: ssl.SSLContext | None) -> None:
        self._pages = {f'"token-{n}"'.encode(): whole(page(n, pages)) for n in range(pages)}
        self._created = whole(json.dumps({"InferenceExperimentArn": ARN}).encode())
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
            with connection:
                while request := self._request(connection):
                    connection.sendall(self._answer(*request))
        except OSError:
            pass

    @staticmethod
    def _request(connection: socket.socket) -> tuple[bytes, bytes] | None:
        """Head and body of the next request, None when the client has gone."""
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            more = connection.recv(65536)
            if not more:
                return None
            data += more
        head, body = data[:end].lower(), data[end + 4 :]
        size = int(head.partition(b"content-length:")[2].split(b"\r")[0])
        while len(body) < size:
            body += connection.recv(65536)
        return head, body

    def _answer(self, head: bytes, body: bytes) -> bytes:
        if b"sagemaker.listinferenceexperiments" not in head:
            return self._created
        token = body.partition(b'"NextToken": ')[2].rstrip(b"}") or b'"token-0"'
        return self._pages[token]


def whole(body: bytes) -> bytes:
    """``body`` as a whole HTTP response."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


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
