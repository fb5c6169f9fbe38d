"""SageMaker's resources in the tagging API of all services: moto asks, the sandbox says what is tagged and tags it."""

from __future__ import annotations

import json
from functools import partial

from moto.core.resource_tagging import TaggedResource
from moto.sagemaker.models import sagemaker_backends

from awsshadow.sandbox.contract.protocol import TARGET_PREFIX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from awsshadow.sandbox.service import Sandbox


def follow(sandbox: Sandbox, region: str) -> None:
    """Let moto's tagging API see the tags of ``sandbox`` in a region, until moto forgets."""
    if region not in sagemaker_backends[sandbox.account].regions:
        return  # which has no SageMaker, as far as moto knows
    backend = sagemaker_backends[sandbox.account][region]
    backend.iter_tagged_resources = partial(_tagged, sandbox, region)
    backend.tag_resource = partial(_tag, sandbox, region)
    backend.untag_resource = partial(_untag, sandbox, region)


def _tagged(sandbox: Sandbox, region: str) -> Iterator[TaggedResource]:
    found = sandbox.share(region, lambda resources, _: resources.tagged(), reads=True)
    for arn, tags in found.items():
        yield TaggedResource(arn, tags, f"sagemaker:{arn.split(':', 5)[5].partition('/')[0]}")


def _tag(sandbox: Sandbox, region: str, arn: str, tags: dict[str, str]) -> None:
    named = [{"Key": key, "Value": value} for key, value in tags.items()]
    _change(sandbox, region, "AddTags", ResourceArn=arn, Tags=named)


def _untag(sandbox: Sandbox, region: str, arn: str, tag_keys: Iterable[str]) -> None:
    _change(sandbox, region, "DeleteTags", ResourceArn=arn, TagKeys=list(tag_keys))


def _change(sandbox: Sandbox, region: str, operation: str, **params: Any) -> None:
    """Raises what moto takes for a resource that could not be tagged."""
    if sandbox.answer(TARGET_PREFIX + operation, json.dumps(params).encode(), region).status != 200:
        raise NotImplementedError
