"""From a request to the service that answers it: one that is built in, or what the extra brings."""

from __future__ import annotations

from importlib import import_module

from awsshadow.sandbox.services.served import answered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.contract.protocol import Answer
    from awsshadow.sandbox.service import Sandbox
    from awsshadow.sandbox.services.http_call import HttpCall
    from awsshadow.sandbox.services.served import Service

#: Service -> its module here.
BUILT_IN = {
    "logs": "logs",
    "sagemaker-a2i-runtime": "sagemaker_a2i_runtime",
    "sagemaker-edge": "sagemaker_edge",
    "sagemaker-featurestore-runtime": "sagemaker_featurestore_runtime",
    "sagemaker-metrics": "sagemaker_metrics",
    "sagemaker-runtime": "sagemaker_runtime",
    "sts": "sts",
}

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
        return answered(self._sandbox, _module(call.service), call)


def _module(service: str) -> Service:
    module: Service = import_module(f"awsshadow.sandbox.services.{BUILT_IN[service]}")
    return module
