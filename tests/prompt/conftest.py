"""A world to ask in: the session's slices and an empty home."""

import os

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Nobody's settings or credentials."""
    for name in [n for n in os.environ if n.startswith("AWS")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def environ(home, slices):
    return {
        "HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin", "XDG_CACHE_HOME": str(slices), "LANG": "C.UTF-8",
        "TERM": "xterm", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_PAGER": "",
    }  # fmt: skip
