"""Commands drawn at random from the service model, in the form of recorded cases without expectation.

The same seed and index give the same command with the same botocore, whatever was drawn before.
"""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import botocore.loaders
import botocore.session
import yaml
from botocore import xform_name

from tests.reference.values import answered, given, shorthand, spelled, text

if TYPE_CHECKING:
    from pathlib import Path

    from botocore.model import OperationModel, ServiceModel, Shape

    from tests.support.cases import Case

FORMATS = ("json", "text", "table", "yaml", "yaml-stream", "off")
ERROR_FORMATS = ("legacy", "json", "yaml", "text", "table", "enhanced")
QUERIES = (
    "@",
    "keys(@)",
    "length(@)",
    "*",
    "[]",
    "*[0]",
    "nope",
    "{a: @}",
    "to_string(@)",
    "[",
    "a[?b",
    "values(@)[0]",
)
CODES = ("ValidationException", "ResourceNotFound", "ThrottlingException", "com.x#ResourceInUse", "A:http://x/", "")
STATUSES = (400, 400, 403, 404, 413, 429, 500, 502, 503, 301)
BROKEN = ("", "not JSON", "[]", "null", '"x"', "5", '{"a":', "<html></html>")

#: How a value is handed over, with its weight.
FORMS = {"shorthand": 5, "json": 3, "file": 1}


class Generator:
    """Draws commands from the model that botocore has here, or has in the folder ``data``.

    ``operations``: those that commands are drawn for; None: all.
    """

    def __init__(self, seed: int, data: Path | None = None, operations: frozenset[str] | None = None) -> None:
        self._seed = seed
        session = botocore.session.Session()
        if data is not None:
            loader = botocore.loaders.Loader(extra_search_paths=[str(data)], include_default_search_paths=False)
            session.register_component("data_loader", loader)
        self._service: ServiceModel = session.get_service_model("sagemaker")
        self._paginators: dict[str, Any] = session.get_paginator_model("sagemaker")._paginator_config
        self._waiters: dict[str, str] = {
            name: row["operation"] for name, row in session.get_waiter_model("sagemaker")._waiter_config.items()
        }
        self._names: list[str] = list(self._service.operation_names)
        if operations is not None:
            self._names = [name for name in self._names if name in operations]
            self._paginators = {name: row for name, row in self._paginators.items() if name in operations}
            self._waiters = {name: waited for name, waited in self._waiters.items() if waited in operations}

    def case(self, index: int) -> Case:
        """The command number ``index``."""
        rng = Random(f"{self._seed}/{index}")
        drawn = Drawing(rng, {})
        if rng.random() < 0.04 and self._waiters:
            waiter = rng.choice(sorted(self._waiters))
            operation = self._service.operation_model(self._waiters[waiter])
            drawn.argv = ["sagemaker", "wait", xform_name(waiter, "-")]
        else:
            names = sorted(self._paginators) if rng.random() < 0.35 and self._paginators else self._names
            operation = self._service.operation_model(rng.choice(names))
            drawn.argv = ["sagemaker", xform_name(operation.name, "-")]
        paginator = self._paginators.get(operation.name)
        drawn.arguments(operation)
        if paginator:
            drawn.paging()
        drawn.globals(operation)
        return {
            "id": f"drawn-{self._seed}-{index}",
            "kind": "drawn",
            "argv": drawn.argv,
            "env": drawn.environ,
            "files": drawn.files,
            "responses": responses(rng, operation, paginator),
        }


class Drawing:
    """One command while it is being drawn."""

    def __init__(self, rng: Random, files: dict[str, str]) -> None:
        self.rng = rng
        self.argv: list[str] = []
        self.files = files
        self.environ: dict[str, str] = {}

    def arguments(self, operation: OperationModel) -> None:
        """The operation's own options, as options or as one document, some of them not as they should be."""
        shape = operation.input_shape
        if shape is None:
            return
        wrong = 0.08 if self.rng.random() < 0.25 else 0.0
        value = given(self.rng, shape, 0, wrong)
        if not isinstance(value, dict):
            value = {}
        if self.rng.random() < 0.15:
            self.document({name: value.pop(name) for name in list(value) if self.rng.random() < 0.7})
        for name, part in value.items():
            if name in shape.members:
                self.option(xform_name(name, "-"), part, shape.members[name])
            elif self.rng.random() < 0.3:
                self.argv += ["--" + xform_name(name, "-"), "x"]
        if self.rng.random() < 0.05:
            self.argv += ["--generate-cli-skeleton", self.rng.choice(("input", "output"))]

    def document(self, value: dict[str, Any]) -> None:
        """``--cli-input-json`` or ``--cli-input-yaml``, written out or in a file."""
        form = self.rng.choice(("json", "json", "yaml"))
        written = json.dumps(value) if form == "json" else yaml.safe_dump(value, allow_unicode=True)
        self.argv += [f"--cli-input-{form}", self.filed(written) if self.rng.random() < 0.5 else written]

    def option(self, name: str, value: object, shape: Shape) -> None:
        """One option in one of the forms it may take."""
        if isinstance(value, bool) and shape.type_name == "boolean":
            self.argv.append(f"--{name}" if value else f"--no-{name}")
            return
        words = self.words(value)
        if len(words) == 1 and self.rng.random() < 0.3:
            self.argv.append(f"--{name}={words[0]}")
        else:
            self.argv += [f"--{name}", *words]

    def words(self, value: object) -> list[str]:
        """The words after an option."""
        if not isinstance(value, (dict, list)):
            word = spelled(value)
            return [self.filed(word)] if self.rng.random() < 0.05 else [word]
        form = self.rng.choices(list(FORMS), list(FORMS.values()))[0]
        if form == "shorthand":
            parts = value if isinstance(value, list) else [value]
            return [shorthand(self.rng, part) if isinstance(part, (dict, list)) else spelled(part) for part in parts]
        written = json.dumps(value, ensure_ascii=self.rng.random() < 0.5)
        return [written if form == "json" else self.filed(written)]

    def filed(self, content: str) -> str:
        """A file with ``content``, as a value that names it."""
        name = f"value-{len(self.files)}.txt"
        self.files[name] = content
        return f"file://{name}"

    def paging(self) -> None:
        """Options of paginated operations."""
        rng = self.rng
        if rng.random() < 0.4:
            self.argv += ["--max-items", str(rng.choice((1, 2, 3, 5, 100, 0, -1)))]
        if rng.random() < 0.15:
            self.argv += ["--page-size", str(rng.choice((1, 2, 50, 0)))]
        if rng.random() < 0.1:
            self.argv += ["--starting-token", rng.choice(("token", "None___1", "eyJOZXh0VG9rZW4iOiAiVDEifQ==", ""))]
        if rng.random() < 0.1:
            self.argv.append("--no-paginate")

    def globals(self, operation: OperationModel) -> None:
        """Global options, and settings that act like them."""
        rng = self.rng
        if rng.random() < 0.7:
            self.argv += ["--output", rng.choice(FORMATS)]
        if rng.random() < 0.25:
            self.argv += ["--query", query(rng, operation.output_shape)]
        if rng.random() < 0.2:
            self.argv += ["--cli-error-format", rng.choice(ERROR_FORMATS)]
        if rng.random() < 0.05:
            self.argv += ["--color", rng.choice(("on", "off"))]
        if rng.random() < 0.05:
            self.argv.append("--no-sign-request")
        if rng.random() < 0.1:
            self.argv += ["--region", rng.choice(("eu-west-1", "us-gov-west-1", "cn-north-1", "bad region", ""))]
        if rng.random() < 0.1:
            self.environ["AWS_MAX_ATTEMPTS"] = rng.choice(("1", "2", "5"))
        if rng.random() < 0.1:
            self.environ["AWS_DEFAULT_OUTPUT"] = rng.choice((*FORMATS, "bad"))
        if rng.random() < 0.02:
            self.argv.append(rng.choice(("--bogus", "extra", "--version", "--max", "--c")))


def query(rng: Random, shape: Shape | None) -> str:
    """A query that may find something in ``shape``."""
    if shape is None or not getattr(shape, "members", None) or rng.random() < 0.3:
        return rng.choice(QUERIES)
    name, member = rng.choice(list(shape.members.items()))
    if member.type_name == "list" and getattr(member.member, "members", None):
        inner = rng.choice(list(member.member.members))
        forms = (f"{name}[].{inner}", f"{name}[0]", f"{name}[*].[{inner}]", f"{name}[?{inner}].{{a: {inner}}}")
        return rng.choice((*forms, f"length({name})", f"sort_by({name}, &{inner})[-1]"))
    return rng.choice((name, f"[{name}]", f"{{x: {name}}}", f"{name}.nope", f"{name} | [0]"))


def responses(rng: Random, operation: OperationModel, paginator: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What the service answers: pages, a document, an error, or something no service should say."""
    draw = rng.random()
    if draw < 0.12:
        return [failure(rng) for _ in range(rng.choice((1, 1, 2)))]
    if draw < 0.16:
        return [{"status": 200, "body": rng.choice(BROKEN)}]
    shape = operation.output_shape
    if shape is None:
        return [{"status": 200, "body": "{}"}]
    odd = 0.03 if rng.random() < 0.2 else 0.0
    pages = [answered(rng, shape, 0, odd) for _ in range(rng.choice((1, 2, 3)) if paginator else 1)]
    for number, page in enumerate(pages, 1):
        page.pop("NextToken", None)
        if number < len(pages):
            page["NextToken"] = f"token-{number}"
    return [{"status": 200, "body": json.dumps(page, ensure_ascii=rng.random() < 0.5)} for page in pages]


def failure(rng: Random) -> dict[str, Any]:
    """An error response."""
    body: dict[str, Any] = {"__type": rng.choice(CODES), rng.choice(("message", "Message")): text(rng)}
    if rng.random() < 0.2:
        del body["__type"]
    written = json.dumps(body) if rng.random() < 0.85 else rng.choice(BROKEN)
    return {"status": rng.choice(STATUSES), "body": written}
