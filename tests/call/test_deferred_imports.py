"""Imports that wait: in the program's own process only, and the same modules in the end."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

from awsshadow.call.deferred_imports import DEFERRED, DeferredImports

PATH = f"import sys; sys.path[:0] = {sys.path!r}\n"
#: Rows that something a call needs takes names out of, in some versions of Python; there they save nothing.
USED_SOMEWHERE = {"ntpath", "fnmatch", "shutil", "csv", "zipfile", "token", "tokenize", "linecache", "traceback",
                  "importlib.metadata._adapters", "importlib.resources", "locale", "signal"}  # fmt: skip


def run(script: str) -> str:
    return subprocess.run(
        [sys.executable, "-I", "-c", PATH + script], capture_output=True, text=True, check=True
    ).stdout


def test_a_call_leaves_the_rows_alone() -> None:
    script = """
from awsshadow.call.deferred_imports import DEFERRED, DeferredImports
with DeferredImports():
    import awsshadow.call.client
print(*[name for name in DEFERRED if name in sys.modules and type(sys.modules[name]).__name__ != "_Deferred"])
"""
    executed = set(run(script).split())
    assert executed <= USED_SOMEWHERE
    if sys.version_info[:2] == (3, 11):
        # botocore asks certifi for its certificates where something else has brought it (the extra rehearsal does).
        assert executed <= ({"importlib.resources"} if find_spec("certifi") else set())


def test_each_module_is_what_it_would_have_been() -> None:
    script = """
import json
from awsshadow.call.deferred_imports import DEFERRED, DeferredImports
import contextlib, importlib
with DeferredImports() if WAIT else contextlib.nullcontext():
    import awsshadow.call.client
found = {}
for name in DEFERRED:
    try:
        found[name] = sorted(dir(importlib.import_module(name)))
    except ModuleNotFoundError:
        found[name] = None
assert all(type(m).__name__ == "module" for n, m in sys.modules.items() if n in DEFERRED)
print(json.dumps(found))
"""
    waited, plain = (json.loads(run(f"WAIT = {wait}\n" + script)) for wait in (True, False))
    assert waited == plain


def test_a_library_is_imported_as_ever() -> None:
    script = """
import awsshadow.call
from awsshadow.call import client
assert not [finder for finder in sys.meta_path if type(finder).__module__.startswith("awsshadow")]
print(*[n for n, m in sys.modules.items() if type(m).__name__ == "_Deferred"])
"""
    assert run(script) == "\n"


def test_the_finder_goes_even_if_an_import_fails() -> None:
    before = list(sys.meta_path)
    with suppress(ModuleNotFoundError), DeferredImports():
        assert len(sys.meta_path) == len(before) + 1
        import_module("awsshadow.nothing_of_this_name")
    assert sys.meta_path == before


def test_other_modules_are_not_its_business() -> None:
    assert DeferredImports().find_spec("json") is None
    assert DeferredImports().find_spec("botocore.docs", ["/nonexistent"]) is None


def test_the_rows_exist() -> None:
    missing = {name for name in DEFERRED if find_spec(name) is None}
    assert missing <= {"botocore.vendored.six", "botocore.monitoring", "importlib.metadata._adapters"}
