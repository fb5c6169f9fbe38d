"""Sample documents, with all else that a command may be told."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import FORMATS, NO_KEYS, case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reference.grids.scenes import Environ
    from tests.support.cases import Case


def skeletons() -> Iterator[Case]:
    """Each form of each sample; samples with options and variables that do not fit."""
    names = (
        "describe-endpoint",
        "list-endpoints",
        "add-tags",
        "create-model",
        "search",
        "stop-inference-experiment",
        "delete-model",
        "list-tags",
        "nope",
    )
    for name, form in itertools.product(names, ("input", "output", "yaml-input", "", "x", "OUTPUT", None)):
        yield case(["sagemaker", name, "--generate-cli-skeleton", *([] if form is None else [form])])
    extras = (
        "--query keys(@)", "--query @", "--query nope", "--query bad[", "--output bad", "--color on", "--no-paginate",
        "--max-items 1", "--page-size 0",
        "--region=", "--profile p", "--endpoint-url x", "--cli-input-json {}", "--cli-input-yaml [", "--nope", "x",
        "--no-sign-request", "--debugx", "--cli-error-format json",
    )  # fmt: skip
    for name, format, extra in itertools.product(
        ("describe-endpoint", "list-endpoints", "list-tags"), FORMATS, ("", *extras)
    ):
        given = {"describe-endpoint": ["--endpoint-name", "e"], "list-tags": ["--resource-arn", "a"]}.get(name, [])
        yield case(["sagemaker", name, *given, "--generate-cli-skeleton", "output", "--output", format, *extra.split()])
    worlds: tuple[Environ, ...] = (
        {"AWS_DEFAULT_REGION": None}, {"AWS_DEFAULT_REGION": ""}, {"AWS_DEFAULT_REGION": "bad region"}, NO_KEYS,
        {"AWS_PROFILE": "p"},
        {"AWS_RETRY_MODE": "x"}, {"AWS_MAX_ATTEMPTS": "x"}, {"AWS_CA_BUNDLE": "none"},
        {"AWS_ENDPOINT_URL_SAGEMAKER": "x"}, {"AWS_DEFAULT_OUTPUT": "x"},
    )  # fmt: skip
    for world, form in itertools.product(worlds, ("input", "output", "yaml-input")):
        yield case(
            ["sagemaker", "describe-endpoint", "--endpoint-name", "e", "--generate-cli-skeleton", form], env=world
        )
