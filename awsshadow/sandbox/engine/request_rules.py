"""Rules about values that the documentation has in prose, and the shapes of the model do not."""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.engine.request import Request

#: Sizes of serverless endpoints, as the documentation of ``ProductionVariantServerlessConfig`` lists them.
MEMORY_SIZES = tuple(range(1024, 6145, 1024))


def check_rules(request: Request) -> None:
    """Raise Refusal when a request breaks a rule."""
    if request.operation == "CreateEndpointConfig":
        for member in ("ProductionVariants", "ShadowProductionVariants"):
            for number, variant in enumerate(request.params.get(member, ()), 1):
                _check_serverless(variant.get("ServerlessConfig"), f"{member[0].lower()}{member[1:]}.{number}.member")


def _check_serverless(config: dict[str, Any] | None, place: str) -> None:
    """The sentence about the memory is that of getmoto/moto with the place before it; the other one is invented."""
    if config is None:
        return
    size = config["MemorySizeInMB"]
    if size not in MEMORY_SIZES:
        raise invalid(
            f"1 validation error detected: Value '{size}' at '{place}.serverlessConfig.memorySizeInMB' "
            f"failed to satisfy constraint: Member must satisfy enum value set: {list(MEMORY_SIZES)}"
        )
    if config.get("ProvisionedConcurrency", 0) > config["MaxConcurrency"]:
        raise invalid("ProvisionedConcurrency must be less than or equal to MaxConcurrency.")
