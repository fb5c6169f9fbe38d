"""One endpoint for all scenarios of a client: its clients are made once for a process."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.service import Sandbox, reset, set_clock
from awsshadow.sandbox.services.dispatch import Services
from awsshadow.sandbox.serving.http_server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REGION = "eu-west-1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The state of an endpoint that every client of this process finds by its environment."""
    kept = str(tmp_path_factory.mktemp("peers") / "sandbox")
    sandbox = Sandbox(kept)
    with pytest.MonkeyPatch.context() as patch, serving(Server(sandbox, REGION, services=Services(sandbox))) as server:
        for name in [name for name in os.environ if name.startswith("AWS")]:
            patch.delenv(name)
        patch.setenv("AWS_ENDPOINT_URL", server.url)
        patch.setenv("AWS_ACCESS_KEY_ID", "sandbox")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "sandbox")
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        patch.setenv("AWS_REGION", REGION)
        patch.setenv("AWS_CONFIG_FILE", os.devnull)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield kept
    sandbox.close()


@pytest.fixture
def clock(folder: str) -> Callable[[str], None]:
    """Sets the clock of an empty sandbox."""

    def change(kind: str) -> None:
        set_clock(folder, kind)

    reset(folder)
    return change
