"""A world to ask in: the session's slices and an empty home."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(empty_home: Path) -> Path:
    return empty_home


@pytest.fixture
def environ(home: Path, slices: Path) -> dict[str, str]:
    return {
        "HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin", "XDG_CACHE_HOME": str(slices), "LANG": "C.UTF-8",
        "TERM": "xterm", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_PAGER": "",
    }  # fmt: skip
