"""Slices, and a short way to hand options to ``resolve``."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.arguments import resolve
from awsshadow.invocation import Call, Globals
from awsshadow.model import find_store, load
from awsshadow.streams import Streams

if TYPE_CHECKING:
    from awsshadow.invocation import Given
    from awsshadow.model.store import Store

#: What ``resolve`` returned and what went to standard error.
Resolved = tuple[dict[str, Any], bool, str]
Resolve = Callable[..., Resolved]


@pytest.fixture(scope="session")
def store(slices: Path) -> Store:
    return find_store({"XDG_CACHE_HOME": str(slices)})


@pytest.fixture
def resolved(store: Store) -> Resolve:
    """Resolve the options of one command: ``resolved("list-models", {"max-items": 3})``."""

    def run(
        command: str, given: dict[str, Given], environ: dict[str, str] | None = None, paginate: bool = True
    ) -> Resolved:
        globals = Globals()
        globals.paginate = paginate
        stderr = io.StringIO()
        invocation = Call(globals, ("sagemaker", command), load(store, "operations", command), given)
        parameters, pages = resolve(invocation, environ or {}, Streams(None, None, stderr))
        return parameters, pages, stderr.getvalue()

    return run
