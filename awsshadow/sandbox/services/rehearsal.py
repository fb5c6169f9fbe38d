"""Every other service, by moto, in this process: what the extra ``rehearsal`` brings.

moto's WSGI application is called for each request, in the thread that serves it. What it keeps lies in memory, lasts
as long as the server, and is forgotten when the sandbox is reset or another dump is loaded: a note in the file is
the mark of what moto holds now. It never answers for SageMaker, nor for a service that is built in.
"""

from __future__ import annotations

import io
from importlib.util import find_spec
from threading import Lock
from urllib.parse import unquote_to_bytes, urlsplit

from awsshadow.names import SANDBOX_REGION
from awsshadow.sandbox.contract.protocol import Answer
from awsshadow.sandbox.engine.request import random_text
from awsshadow.sandbox.services.http_call import HttpCall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.fault_injection import Faults
    from awsshadow.sandbox.service import Sandbox
    from awsshadow.sandbox.state.resources import Resources

#: Where moto has pages of its own, which are for no AWS client.
_PRIVATE = ("/moto-api", "/latest/meta-data", "/latest/api", "/favicon.ico")
#: Header fields that are the endpoint's own, or that would let web pages in.
_NOT_PASSED = ("connection", "date", "server", "transfer-encoding")
_NOTE = "rehearsal"
#: Where the note lies, and what moto is asked about a name without a region.
_REGION = SANDBOX_REGION


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in ("moto", "flask", "flask_cors"))


class Rehearsal:
    """The services that moto has, for the account of a sandbox. Threads may ask at once."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._lock = Lock()
        self._application: Any = None
        self._models: list[type] = []
        self._played: dict[str, bool] = {}
        self._mark = random_text("%")
        #: Whether names of objects in requests of SageMaker's have to be there.
        self.strict = False

    def plays(self, service: str) -> bool:
        """Whether moto has a service of this name in signatures."""
        if service not in self._played:
            self._played[service] = self._has(service)
        return self._played[service]

    def _has(self, service: str) -> bool:
        from moto.moto_server.werkzeug_app import SIGNING_ALIASES

        name = SIGNING_ALIASES.get(service, service)
        hosts = (f"{name}.{_REGION}.amazonaws.com", f"{name}.amazonaws.com", f"{name}.{_REGION}.api.aws")
        application = self._started()
        return name.isprintable() and any(
            pattern.match(f"http://{host}") for host in hosts for _, pattern in application.backend_url_patterns
        )

    def answer(self, call: HttpCall) -> tuple[str, Answer]:
        """The name of the service and moto's answer. Raises AwsShadowError for the file."""
        if call.path.startswith(_PRIVATE):
            return call.service, Answer(404, {"Content-Type": "text/plain"}, b"There is nothing here.\n")
        self._follow_file()
        status, headers, body = self._ask(call)
        kept = {
            name: value
            for name, value in headers.items()
            if name.lower() not in _NOT_PASSED and not name.lower().startswith("access-control-")
        }
        return f"{call.service} {_operation(call)}".strip(), Answer(status, kept, body)

    def follow(self, resources: Resources) -> None:
        """The same as before a call of a client, for a request of SageMaker's that is being served."""
        place = resources.at(f"{resources.account}/{_REGION}")
        if place.note(_NOTE, "") != self._mark:
            place.put_note(_NOTE, "", self._mark)
            self._forget()

    def ask(self, method: str, target: str, body: bytes = b"") -> tuple[int, bytes]:
        """HTTP status and body of a call to S3 that the sandbox itself makes, see ``engine.objects.Objects``."""
        scope = f"AWS4-HMAC-SHA256 Credential=sandbox/20260101/{_REGION}/s3/aws4_request, Signature=0"
        headers = {"host": "127.0.0.1", "authorization": scope, "content-length": str(len(body))}
        call = HttpCall("s3", method, target, headers, body, _REGION, "http://127.0.0.1")
        status, _, said = self._ask(call)
        return status, said

    def _started(self) -> Any:
        """moto's application; the first time takes a moment."""
        with self._lock:
            if self._application is None:
                from moto.core.config import default_user_config
                from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

                # Scripts attach the policies that every account has; and nothing runs here, containers neither.
                default_user_config["iam"] = {"load_aws_managed_policies": True}
                default_user_config["lambda"] = default_user_config["batch"] = {"use_docker": False}
                self._application = DomainDispatcherApplication(create_backend_app)
            return self._application

    def _register_stacks(self) -> None:
        """Make SageMaker's resources of stacks in the sandbox: what that loads is a second's work."""
        with self._lock:
            if not self._models:
                from awsshadow.sandbox.services.rehearsal_stacks import register

                self._models = register(self._sandbox)

    def _follow_tags(self, region: str) -> None:
        """Show SageMaker's tags to the API of all services, which older ones of moto have no place for."""
        if find_spec("moto.core.resource_tagging") is not None:
            from awsshadow.sandbox.services import rehearsal_tags

            rehearsal_tags.follow(self._sandbox, region)

    def _follow_file(self) -> None:
        """Forget all that moto holds when the sandbox was emptied, or filled from a dump, since."""

        def mark(resources: Resources, _: Faults) -> bool:
            if resources.note(_NOTE, "") == self._mark:
                return False
            self._mark = random_text("%")
            resources.put_note(_NOTE, "", self._mark)
            return True

        def is_marked(resources: Resources, _: Faults) -> bool:
            return bool(resources.note(_NOTE, "") == self._mark)

        if not self._sandbox.share(_REGION, is_marked, reads=True, settles=False) and self._sandbox.share(
            _REGION, mark, settles=False
        ):
            self._forget()

    def _forget(self) -> None:
        self._started()
        from moto.moto_api._internal import moto_api_backend

        with self._lock:
            moto_api_backend.reset()

    def _ask(self, call: HttpCall) -> tuple[int, dict[str, str], bytes]:
        said: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            said["status"], said["headers"] = int(status.split(maxsplit=1)[0]), dict(headers)

        if call.service == "cloudformation":
            self._register_stacks()
        elif call.service == "tagging":
            self._follow_tags(call.region)
        pieces = self._started()(_environ(call, self._sandbox.account), start_response)
        try:
            body = b"".join(pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        return said["status"], said["headers"], body


def _environ(call: HttpCall, account: str) -> dict[str, Any]:
    """The request as WSGI hands it on (PEP 3333)."""
    place = urlsplit(call.base_url)
    target = f"{call.path}?{call.query}" if call.query else call.path
    fields = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in call.headers.items()}
    return {
        **fields,
        "HTTP_X_MOTO_ACCOUNT_ID": account,
        "REQUEST_METHOD": call.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(call.path).decode("latin-1"),
        "QUERY_STRING": call.query,
        "RAW_URI": target,
        "REQUEST_URI": target,
        "SERVER_NAME": place.hostname or "127.0.0.1",
        "SERVER_PORT": str(place.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": call.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(call.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(call.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _operation(call: HttpCall) -> str:
    """The name of the operation, where the head or a form says it."""
    target = call.headers.get("x-amz-target", "").partition(".")[2]
    form = b"&" + call.body[:4000] if call.headers.get("content-type", "").startswith("application/x-www-form") else b""
    return target or form.partition(b"&Action=")[2].partition(b"&")[0].decode("ascii", "replace") or call.method
