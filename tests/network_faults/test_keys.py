"""Keys drawn around those of ``keys``: what is said of each, beside the library that the reference has for them."""

from __future__ import annotations

import os
import random
import subprocess

import pytest

from awsshadow.call.dpop_key import read_key
from awsshadow.errors import AwsShadowError
from tests.network_faults.keys import KINDS
from tests.support.program import interpreter_of

PROGRAM = "AWSSHADOW_REFERENCE"
KEYS = 20_000
#: Bytes that mean something to a decoder.
TELLING = bytes([0, 1, 2, 3, 4, 5, 6, 10, 0x30, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xA0, 0xA1, 0xFF])
#: Reads keys in hexadecimal, a line each, and says what the library says of them.
ASK = """
import sys
from awscrt.crypto import EC
for line in sys.stdin:
    try:
        key = EC.new_key_from_der_data(bytes.fromhex(line))
        print("key", *(half.hex() for half in key.get_public_coords()))
    except RuntimeError as error:
        print(error)
"""


def drawn(count: int) -> list[bytes]:
    """Keys of all kinds, some of their bytes changed, left out or doubled."""
    chance, kinds = random.Random(7), list(KINDS.values())
    found = list(kinds)
    while len(found) < count:
        key = bytearray(chance.choice(kinds))
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(key) or 1)
            part = chance.choice(
                [bytes([chance.choice(TELLING)]), bytes([chance.randrange(256)]), b"", key[at : at + 2]]
            )
            key[at : at + chance.randint(0, 1)] = part
        found.append(bytes(key))
    return found


def said(key: bytes) -> str:
    try:
        found = read_key(key)
    except AwsShadowError as error:
        return error.message
    return f"key {found.x.hex()} {found.y.hex()}"


@pytest.mark.reference
def test_the_same_is_said_of_every_key() -> None:
    python = interpreter_of(os.environ[PROGRAM]) if PROGRAM in os.environ else None
    if python is None:
        pytest.skip(f"{PROGRAM} names no AWS CLI that is a Python program")
    keys = drawn(KEYS)
    lines = "".join(f"{key.hex()}\n" for key in keys)
    asked = subprocess.run([python, "-c", ASK], input=lines, capture_output=True, text=True, check=True)
    differing = [
        (key.hex(), theirs, ours)
        for key, theirs in zip(keys, asked.stdout.splitlines(), strict=True)
        if (ours := said(key)).split() != theirs.split()
    ]
    assert differing == []


def test_every_draw_ends_in_a_key_or_in_a_sentence() -> None:
    ends = {said(key).partition(" ")[0] for key in drawn(2_000)}
    assert ends == {"key", "7172", "7177", "7178", "7179"}
