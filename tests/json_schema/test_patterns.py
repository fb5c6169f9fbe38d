"""Patterns of the model as ECMA-262 and Python both read them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from awsshadow.json_schema.patterns import ecma_pattern
from awsshadow.model import load
from awsshadow.model.java_patterns import TRANSLATED

if TYPE_CHECKING:
    from awsshadow.model.store import FolderStore

#: Rewritten from Java, and still read alike everywhere.
ASCII = {r"arn:[\p{Alnum}\-]+:lambda:[\p{Alnum}\-]+:[0-9]{12}:function:.*"}


@pytest.fixture(scope="module")
def patterns(store: FolderStore) -> list[str]:
    """Every pattern of the installed model."""
    slices = (load(store, "operations", name) for name in store.index()["operations"])
    return sorted({shape["pattern"] for one in slices for shape in one.all_shapes().values() if "pattern" in shape})


@pytest.mark.parametrize(
    ("java", "expected"),
    [
        ("[a-z]+", "^(?:[a-z]+)$"),
        ("^[a-z]+$", "^[a-z]+$"),
        ("^a|b$", "^(?:^a|b$)$"),
        (r"[\w-]+\_x\/", r"^(?:[\w\-]+_x\/)$"),
        (r"[-.a-]{1,3}?", r"^(?:[\-.a\-]{1,3}?)$"),
        ("a]b}", r"^(?:a\]b\})$"),
        (r"[\p{Digit}]", "^(?:[0-9])$"),
        (r"\p{L}", None),
        (r"[\p{L}]", None),
        ("[a-z&&[^b]]", None),
        ("[a[b]]", None),
        ("a++", None),
        ("(?i)a", None),
        ("(?>a)", None),
        ("a$" + "{1,2}", None),
        ("{", None),
        (r"\z", None),
        ("a\\", None),
        ("[a", None),
        (r"[\uD800-\uDBFF]", None),
    ],
)
def test_translation(java: str, expected: str | None) -> None:
    assert ecma_pattern(java) == expected


def test_only_those_with_classes_of_unicode_are_left_out(patterns: list[str]) -> None:
    assert len(patterns) > 200
    assert {pattern for pattern in patterns if ecma_pattern(pattern) is None} == set(TRANSLATED) - ASCII


def test_python_reads_them_as_the_service_does(patterns: list[str]) -> None:
    from awsshadow.model.java_patterns import matches

    texts = ["", "a", "a-b", "A_b.c", "-a", "a-", "a b", "1.2.3", "s3://b/k", "arn:aws:iam::123456789012:role/x", "[]"]
    texts += [
        "https://a.b/c",
        "vol-0123456789abcdef0",
        "i-01234567",
        "a:b",
        "a/b",
        "None",
        "2001-01-01",
        "@",
        "a+b=c,d",
    ]
    for pattern in patterns:
        ecma = ecma_pattern(pattern)
        if ecma is not None:
            assert [bool(re.search(ecma, t)) for t in texts] == [matches(pattern, t) for t in texts], pattern


@pytest.mark.skipif(not shutil.which("node"), reason="needs an ECMA-262 engine: node")
def test_ecmascript_reads_them(patterns: list[str]) -> None:
    texts = ["", "a", "a-b", "-a", "1.2.3", "s3://b/k", "arn:aws:iam::123456789012:role/x", "a b", "None", "a+b=c,d@"]
    found = [ecma for pattern in patterns if (ecma := ecma_pattern(pattern)) is not None]
    program = (
        "const [found, texts] = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(found.map(p => texts.map(t => new RegExp(p, 'u').test(t)))))"
    )
    done = subprocess.run(["node", "-e", program], input=json.dumps([found, texts]), capture_output=True, text=True)
    assert done.stderr == ""
    assert json.loads(done.stdout) == [[bool(re.search(p, t)) for t in texts] for p in found]
