"""A peer's tests in this process, its decorator without effect: ``python -m tests.peers.moto_child CHECKOUT REPORT``.

Started by ``moto_suite`` inside ``awsshadow sandbox run``: boto3 finds the endpoint by its environment. The sandbox is
reset before each test. With ``--valid`` requests are made valid first. The report is a line of JSON for each test:
``test``, ``outcome`` (passed, failed, skipped), ``error`` (the last line of what went wrong) and ``refused``, the
requests that the installed model does not allow, in the sandbox's words.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from awsshadow.names import SANDBOX_VARIABLE
from awsshadow.sandbox import service
from tests.peers.valid_input import ValidInput
from tests.sandbox.conftest import _load_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: How the service begins to say that a request is not what its model asks for.
_OF_THE_MODEL = ("validation error detected", "validation errors detected")


class Neutral:
    """In the place of ``mock_aws``: a decorator and a context that change nothing."""

    def __call__(self, decorated: Any = None, **_: Any) -> Any:
        return self if decorated is None or isinstance(decorated, dict) else decorated

    def __enter__(self) -> Neutral:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def start(self, *_: Any, **__: Any) -> None:
        """As the peer's own does, without an effect."""

    stop = start


class Recorder:
    """A plugin of pytest: resets the sandbox before each test, and writes down what came of it."""

    def __init__(self, folder: str, report: str, valid: bool, clock: str) -> None:
        self._folder = folder
        self._clock = clock
        self._report = report
        self._model = _load_model() if valid else None
        self._input: ValidInput | None = None
        self._refused: list[str] = []
        self.expected = 0  # contexts that wait for an error

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        """Begin anew."""
        service.reset(self._folder)
        service.set_clock(self._folder, self._clock)
        self._input = ValidInput(self._model, self._folder) if self._model else None
        self._refused = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write a line for a test that was run, or that its set-up ended."""
        if report.when == "call" or (report.when == "setup" and not report.passed):
            shown = report.longrepr
            crash = getattr(shown, "reprcrash", None)
            reason = crash.message if crash else shown[2] if isinstance(shown, tuple) else ""
            line = {
                "test": report.nodeid.partition("test_sagemaker/")[2],
                "outcome": report.outcome,
                "error": reason[:500],
                "refused": self._refused,
            }
            with open(self._report, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    def call(self, send: Callable[..., Any], client: Any, operation: str, params: dict[str, Any]) -> Any:
        """A call of a client, in valid words when they are asked for."""
        service_name = client.meta.service_model.service_name
        made = self._input
        if made is None or service_name not in ("sagemaker", "cloudformation"):
            return self._sent(send, client, operation, params)
        if service_name == "sagemaker":
            params = made.request(operation, params, client.meta.region_name, bool(self.expected))
        elif "StackName" in params:
            params = {**params, "StackName": params["StackName"].replace("_", "-")}
        try:
            answer = self._sent(send, client, operation, params)
        except ClientError as error:
            response = {**error.response, "Error": made.answer(error.response["Error"])}
            raise type(error)(response, operation) from None
        if service_name == "cloudformation":
            made.learn(answer)
        return made.answer(answer)

    def _sent(self, send: Callable[..., Any], client: Any, operation: str, params: dict[str, Any]) -> Any:
        try:
            return send(client, operation, params)
        except ClientError as error:
            said = error.response["Error"]["Message"]
            if any(words in said for words in _OF_THE_MODEL):
                self._refused.append(f"{operation}: {said}")
            raise

    def raises(self, expects: Callable[..., Any]) -> Callable[..., Any]:
        """``pytest.raises`` that lets know when a refusal is what a test wants to see."""

        @contextlib.contextmanager
        def expecting(context: Any) -> Iterator[Any]:
            with context as info:
                self.expected += 1
                try:
                    yield info
                finally:
                    self.expected -= 1

        @functools.wraps(expects)
        def raises(*words: Any, **options: Any) -> Any:
            made = expects(*words, **options)
            return expecting(made) if hasattr(made, "__enter__") else made

        return raises


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("checkout")
    parser.add_argument("report")
    parser.add_argument("--valid", action="store_true")
    parser.add_argument("--clock", default="instant")
    parser.add_argument("tests", nargs="*")
    asked = parser.parse_args()
    os.environ["TEST_SERVER_MODE"] = "true"  # the peer's word for a service that is not in the process of the test
    recorder = Recorder(os.environ[SANDBOX_VARIABLE], os.path.abspath(asked.report), asked.valid, asked.clock)
    send = BaseClient._make_api_call

    @functools.wraps(send)
    def recorded(self: Any, operation_name: str, api_params: dict[str, Any]) -> Any:
        return recorder.call(send, self, operation_name, api_params)

    BaseClient._make_api_call = recorded
    pytest.raises = recorder.raises(pytest.raises)
    import moto

    moto.mock_aws = Neutral()
    # Both projects call their folder of tests the same; from here on it is the peer's.
    del sys.modules["tests"]
    os.chdir(asked.checkout)
    sys.path.insert(0, asked.checkout)
    words = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", asked.checkout]
    places = asked.tests or [""]
    return int(pytest.main([*words, *(f"tests/test_sagemaker/{place}" for place in places)], plugins=[recorder]))


if __name__ == "__main__":
    sys.exit(main())
