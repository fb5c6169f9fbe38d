"""From a request to the service that answers it: one that is built in, or what the extra brings."""

from __future__ import annotations

from importlib import import_module

from awsshadow.errors import AwsShadowError
from awsshadow.sandbox.services.recognition import SAGEMAKER
from awsshadow.sandbox.services.rehearsal import Rehearsal, is_installed
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

#: What is said of a service that nobody here plays, without the extra and with it.
HINT = "With the extra awsshadow[rehearsal] the sandbox plays {service}, too: pip install 'awsshadow[rehearsal]'."
NOT_THERE = "The extra awsshadow[rehearsal] is installed, and moto, which plays the others, has no {service}."


class Services:
    """The services around SageMaker that answer from the same sandbox. Threads may ask at once.

    ``strict``: objects that requests of SageMaker's name have to be in S3. Raises AwsShadowError when nothing plays S3.
    """

    def __init__(self, sandbox: Sandbox, strict: bool = False) -> None:
        self._sandbox = sandbox
        #: What plays the services that are not built in; None without the extra.
        self.rehearsal = Rehearsal(sandbox) if is_installed() else None
        if self.rehearsal is not None:
            self.rehearsal.strict = strict
            sandbox.objects = self.rehearsal
        elif strict:
            raise AwsShadowError(
                "nothing plays S3 here, so that objects cannot be looked for: pip install 'awsshadow[rehearsal]'"
            )

    @property
    def hint(self) -> str:
        """What is said of a service that is not played, with a place for its name."""
        return NOT_THERE if self.rehearsal is not None else HINT

    def plays(self, service: str) -> bool:
        """Whether ``answer`` answers calls of a service."""
        if service.startswith(SAGEMAKER):
            return service in BUILT_IN
        return service in BUILT_IN or (self.rehearsal is not None and self.rehearsal.plays(service))

    def answer(self, call: HttpCall) -> tuple[str, Answer]:
        """The name of the operation and the answer, in the protocol of the service. Raises AwsShadowError for
        the file, and what moto raises."""
        if call.service in BUILT_IN:
            return answered(self._sandbox, _module(call.service), call)
        assert self.rehearsal is not None  # whoever asks has looked
        return self.rehearsal.answer(call)


def built_in_answer(sandbox: Sandbox, call: HttpCall) -> Answer | None:
    """The answer of a service that is built in; None for any other."""
    return answered(sandbox, _module(call.service), call)[1] if call.service in BUILT_IN else None


def _module(service: str) -> Service:
    module: Service = import_module(f"awsshadow.sandbox.services.{BUILT_IN[service]}")
    return module
