"""The certificates of a large bundle in a folder of files that OpenSSL looks up by subject.

OpenSSL reads a bundle whole for each connection: 24 ms and 200 million instructions for the one of botocore.
Of a folder it reads the one file whose name is the hash of the issuer it is looking for. The folder holds what
the bundle holds and is named by the BLAKE2 digest of the bundle's bytes, so another bundle is another folder.

Whoever can write in such a folder decides who is trusted. So it is ours and nobody else may enter it, it is
shown by one rename when it is complete, and it is looked at again before each use.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from base64 import b64decode, encodebytes
from contextlib import suppress
from hashlib import blake2b, sha1

from awsshadow.paths import is_private, make_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: A bundle of fewer bytes is read in no time.
SMALLEST = 65_536
#: Folders kept besides the one made last: other environments may each have a bundle of their own.
KEPT = 3

#: What a bundle may hold to become a folder. Revocation lists, keys and the like may not.
_LABELS = (b"CERTIFICATE", b"X509 CERTIFICATE", b"TRUSTED CERTIFICATE")

_SEQUENCE, _SET, _VERSION, _UTF8 = 0x30, 0x31, 0xA0, 0x0C
#: Kinds of text whose case and spacing are levelled before they are hashed -> how they are encoded.
_TEXTS = {
    _UTF8: "utf-8",
    0x13: "latin-1",
    0x14: "latin-1",
    0x16: "latin-1",
    0x1A: "latin-1",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}


class TrustFolder:
    """The folder that belongs to one bundle; there may be none yet."""

    def __init__(self, bundle: str, cache: str) -> None:
        """``bundle`` is a file, ``cache`` the user's cache folder. Raises OSError if the file cannot be read."""
        with open(bundle, "rb") as file:
            self._content = file.read()
        self._cache = cache
        self._all = os.path.join(cache, "trust")
        self.path = os.path.join(self._all, blake2b(self._content, digest_size=32).hexdigest())

    @property
    def worthwhile(self) -> bool:
        """Whether a folder is faster, and can be: OpenSSL takes a path for several at a colon."""
        return len(self._content) >= SMALLEST and ":" not in self.path and sys.platform != "win32"

    def is_trusted(self) -> bool:
        """Whether the folder is there, is ours, and has been open to nobody else."""
        if sys.platform == "win32":
            return False  # nobody's folder is known there
        try:
            state = os.lstat(self.path)
        except OSError:
            return False
        ours = stat.S_ISDIR(state.st_mode) and state.st_uid == os.geteuid() and not state.st_mode & 0o077
        return ours and is_private(self._all) and is_private(self._cache)

    def build(self) -> None:
        """Make the folder, or nothing if the bundle holds other things than certificates or nowhere is private."""
        with suppress(OSError, ValueError, IndexError):
            files = _files(self._content)
            make_private(self._all)
            if is_private(self._cache) and is_private(self._all):
                self._show(files)

    def _show(self, files: dict[str, bytes]) -> None:
        building = tempfile.mkdtemp(prefix="building-", dir=self._all)  # for its owner alone
        try:
            for name, content in files.items():
                with open(os.path.join(building, name), "xb") as file:
                    file.write(content)
            os.rename(building, self.path)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        others = [entry for entry in os.scandir(self._all) if entry.path != self.path]
        for entry in sorted(others, key=lambda entry: entry.stat(follow_symlinks=False).st_mtime)[:-KEPT]:
            shutil.rmtree(entry.path, ignore_errors=True)


def _files(bundle: bytes) -> dict[str, bytes]:
    """Name and content of each file: the certificates of one subject, in the order of the bundle.

    Raises ValueError or IndexError for what is no certificate.
    """
    found: dict[str, dict[bytes, None]] = {}
    for label, der in _certificates(bundle):
        text = b"-----BEGIN %b-----\n%b-----END %b-----\n" % (label, encodebytes(der), label)
        found.setdefault(f"{subject_hash(der):08x}.0", {})[text] = None
    return {name: b"".join(texts) for name, texts in found.items()}


def _certificates(bundle: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Label and DER of each PEM block."""
    for part in bundle.split(b"-----BEGIN ")[1:]:
        label, _, rest = part.partition(b"-----")
        body, end, _ = rest.partition(b"-----END " + label + b"-----")
        if label not in _LABELS or not end:
            raise ValueError("not a bundle of certificates")
        yield label, b64decode(b"".join(body.split()), validate=True)


def subject_hash(der: bytes) -> int:
    """The number that OpenSSL (since 1.0) names the file of a certificate by: ``openssl x509 -hash``."""
    _, start, _ = _item(der, 0)
    tag, at, end = _item(der, start)  # what is signed
    tag, _, end = _item(der, at)
    for _ in range(5 if tag == _VERSION else 4):  # serial number, algorithm, issuer, validity, subject
        tag, at, end = _item(der, end)
    levelled = b"".join(_levelled(der[s:e]) for _, s, e in _items(der, at, end))
    return int.from_bytes(sha1(levelled, usedforsecurity=False).digest()[:4], "little")


def _levelled(names: bytes) -> bytes:
    """One relative distinguished name, its texts as UTF-8; ASCII in them in lower case and without spaces to spare."""
    entries = []
    for _, start, end in _items(names, 0, len(names)):
        _, _, middle = _item(names, start)
        tag, begin, _ = _item(names, middle)
        value = names[middle:end]
        if tag in _TEXTS:
            # Of bytes, both lower() and split() know ASCII only, as OpenSSL does here.
            text = names[begin:end].decode(_TEXTS[tag]).encode().lower()
            value = _der(_UTF8, b" ".join(text.split()))
        entries.append(_der(_SEQUENCE, names[start:middle] + value))
    return _der(_SET, b"".join(sorted(entries)))


def _items(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    while at < end:
        tag, start, at = _item(data, at)
        yield tag, start, at


def _item(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, start and end of the content of the DER item at ``at``. Raises IndexError beyond the data."""
    tag, size, start = data[at], data[at + 1], at + 2
    if size & 0x80:
        digits = size & 0x7F
        size, start = int.from_bytes(data[start : start + digits]), start + digits
    if start + size > len(data):
        raise IndexError("the item ends beyond the data")
    return tag, start, start + size


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(digits))) + digits + content
