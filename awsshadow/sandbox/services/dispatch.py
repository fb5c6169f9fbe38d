"""From a request to the service that answers it: one that is built in, or what the extra brings."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.contract.protocol import Answer
    from awsshadow.sandbox.service import Sandbox
    from awsshadow.sandbox.services.http_call import HttpCall

#: Service -> its module here. Services that are signed for under another name are told apart by ``recognition``.
BUILT_IN: dict[str, str] = {}

#: What is said of a service that nobody here plays.
HINT = "With the extra awsshadow[rehearsal] the sandbox plays {service}, too: pip install 'awsshadow[rehearsal]'."


class Services:
    """The services around SageMaker that answer from the same sandbox. Threads may ask at once."""

    #: What would let a service be played that is not, with a place for its name.
    hint = HINT

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def plays(self, service: str) -> bool:
        """Whether ``answer`` answers calls of a service."""
        return service in BUILT_IN

    def answer(self, call: HttpCall) -> tuple[str, Answer]:
        """The name of the operation and the answer, in the protocol of the service. Never raises for what a
        request or the file holds."""
        raise NotImplementedError(call.service)
