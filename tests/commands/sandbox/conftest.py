"""The commands of the sandbox, against one folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.sandbox.service import Sandbox

if TYPE_CHECKING:
    from tests.commands.conftest import Own


class Line:
    """Runs ``sandbox`` command lines that succeed against one folder."""

    def __init__(self, folder: Path, own: Own) -> None:
        self.folder = str(folder)
        self.own = own

    def __call__(self, *words: str, stdin: str = "") -> str:
        code, stdout, stderr = self.own("sandbox", *words, stdin=stdin, AWSSHADOW_SANDBOX=self.folder)
        assert (code, stderr) == (0, "")
        return stdout

    def ask(self, operation: str, region: str = "eu-west-1", **parameters: object) -> dict[str, Any]:
        sandbox = Sandbox(self.folder)
        try:
            answer = sandbox.answer(f"SageMaker.{operation}", json.dumps(parameters).encode(), region)
        finally:
            sandbox.close()
        document: dict[str, Any] = json.loads(answer.body)
        return document

    def make_model(self, name: str = "churn", region: str = "eu-west-1") -> None:
        image = {"Image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/any:1"}
        role = "arn:aws:iam::123456789012:role/Any"
        self.ask("CreateModel", region, ModelName=name, ExecutionRoleArn=role, PrimaryContainer=image)


@pytest.fixture
def line(tmp_path: Path, own: Own) -> Line:
    return Line(tmp_path / "box", own)
