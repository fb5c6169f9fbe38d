"""The world the targets run in: an empty home, slices compiled once, nobody to ask."""

import atexit
import functools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from awsshadow.model import Slice, find_store, load
from awsshadow.model.store import FolderStore, MemoryStore

#: What a case sees of the environment.
ENVIRON = {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_PAGER": "",
    "TZ": "UTC",
}


@functools.cache
def home() -> str:
    """An empty home folder; its cache holds the slices."""
    folder = tempfile.mkdtemp(prefix="fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def environ() -> dict[str, str]:
    """The environment of a case."""
    return {**ENVIRON, "HOME": home(), "PATH": "", "XDG_CACHE_HOME": os.path.join(home(), "cache")}


@contextmanager
def entered() -> Iterator[None]:
    """Make the environment of a case that of this process, as long as the block takes."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environ())
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@functools.cache
def store() -> FolderStore | MemoryStore:
    """The slices of the installed model."""
    return find_store(environ())


@functools.cache
def slice_of(name: str) -> Slice:
    """The slice of the operation ``name``."""
    return load(store(), "operations", name)


@functools.cache
def members(*names: str) -> list[str]:
    """All names of members in the shapes of these operations."""
    found: set[str] = set()
    for name in names:
        for shape in slice_of(name).all_shapes().values():
            found.update(shape.get("members", ()))
    return sorted(found)
