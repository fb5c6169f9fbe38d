"""The key that ``aws login`` leaves with a session, read as the reference reads it (behaviour: input 4.6).

The reference reads DER with a decoder of its own, which takes less than the standard allows and, here and there, more:
what a damaged key is called depends on that decoder. No library but Python's own is needed to tell; to sign, one is
(``proof``).
"""

from __future__ import annotations

from base64 import b64decode
from typing import NamedTuple

from botocore.exceptions import LoginTokenLoadError

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_MALFORMED = (
    "7172 (AWS_ERROR_CAL_MALFORMED_ASN1_ENCOUNTERED): An ASN.1 DER decoding operation failed on malformed input."
)
_NEGATIVE = "7177 (AWS_ERROR_CAL_DER_UNSUPPORTED_NEGATIVE_INT): DER decoder does support negative integers."
_UNSUPPORTED = "7178 (AWS_ERROR_CAL_UNSUPPORTED_KEY_FORMAT): Key format is not supported."
_REFUSED = "7179 (AWS_ERROR_CAL_CRYPTO_OPERATION_FAILED): Unknown error when calling underlying Crypto library."

_INTEGER, _BIT_STRING, _OCTET_STRING, _OBJECT, _SEQUENCE = 0x02, 0x03, 0x04, 0x06, 0x30
_CONSTRUCTED = 0x20
#: The two optional members of a private key: its curve and its public key.
_CURVE, _PUBLIC = 0xA0, 0xA1

#: Levels of nesting that are read.
_DEEPEST = 16

_EC_KEY = bytes.fromhex("2a8648ce3d0201")
#: First byte of the length of a value -> how many bytes follow that hold it; below 0x80 it is the length.
_LENGTHS = {0x81: 1, 0x82: 2, 0x84: 4}


class Curve(NamedTuple):
    """y^2 = x^3 - 3x + b over a prime field: a group of ``order`` points, whose coordinates have ``size`` bytes."""

    size: int
    prime: int
    b: int
    order: int

    def has(self, x: int, y: int) -> bool:
        """Whether (x, y) is a point of it."""
        return x < self.prime and y < self.prime and (y * y - x * x * x + 3 * x - self.b) % self.prime == 0


P256 = Curve(
    32,
    2**256 - 2**224 + 2**192 + 2**96 - 1,
    0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
)
_P384 = Curve(
    48,
    2**384 - 2**128 - 2**96 + 2**32 - 1,
    0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
)
#: Object identifier, as it is encoded, -> the curve that it names.
_CURVES = {bytes.fromhex("2a8648ce3d030107"): P256, bytes.fromhex("2b81040022"): _P384}


class DpopKey(NamedTuple):
    """A key as it is kept. ``secret`` is None where the public key alone is; the coordinates may be empty."""

    curve: Curve
    secret: int | None
    x: bytes
    y: bytes


def load_key(pem: Any) -> DpopKey:
    """The key in ``pem``, whatever its first and last line call it.

    Raises LoginTokenLoadError where there is no base64, AwsShadowError for a key that cannot be read, AttributeError
    for what is no text.
    """
    lines = [line for line in pem.splitlines() if not line.startswith(("-----BEGIN", "-----END"))]
    try:
        encoded = b64decode("".join(lines).strip())
    except ValueError as error:
        raise LoginTokenLoadError(error_msg=f"Unable to load private key from cached token: {error}") from error
    return read_key(encoded)


def read_key(encoded: bytes) -> DpopKey:
    """The key in ``encoded``: SEC 1, PKCS #8 or a public key alone, in DER. Raises AwsShadowError."""
    values = list(_values(encoded))
    for form in (_sec1, _pkcs8, _public_alone):
        try:
            curve, secret, public = form(values)
        except (StopIteration, _OtherFormError):
            continue
        return _checked(curve, secret, public)
    raise AwsShadowError(_UNSUPPORTED)


class _OtherFormError(Exception):
    """The values are not those of the form in question."""


class _Value(NamedTuple):
    """A value of DER: those that lie in it follow it."""

    tag: int
    content: bytes

    @property
    def is_string(self) -> bool:
        return self.tag in (_BIT_STRING, _OCTET_STRING)

    @property
    def string(self) -> bytes:
        """What a string holds: of bits, after the byte that says how many of the last byte count."""
        return self.content[1:] if self.tag == _BIT_STRING else self.content


def _values(data: bytes, depth: int = 0) -> Iterator[_Value]:
    """All values in ``data``, each before those in it. Line breaks between two do not count."""
    if depth >= _DEEPEST:
        raise AwsShadowError(_MALFORMED)
    at = 0
    while at < len(data):
        tag, size, start = _header(data, at)
        at = start + size
        value = _Value(tag, data[start:at])
        if at > len(data) or not _is_sound(value):
            raise AwsShadowError(_MALFORMED)
        if tag == _INTEGER and value.content[0] >= 0x80:
            raise AwsShadowError(_MALFORMED if depth else _NEGATIVE)
        yield value
        if tag & _CONSTRUCTED:
            yield from _values(value.content, depth + 1)
        while data[at : at + 1] == b"\n":
            at += 1


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag and size of the value at ``at``, and where its content begins."""
    head = data[at : at + 2]
    more = _LENGTHS.get(head[1], 0) if len(head) == 2 else 0
    start = at + 2 + more
    if len(head) < 2 or (head[1] >= 0x80 and not more) or start > len(data):
        raise AwsShadowError(_MALFORMED)
    return head[0], int.from_bytes(data[at + 2 : start], "big") if more else head[1], start


def _is_sound(value: _Value) -> bool:
    if value.tag == _BIT_STRING:
        return value.content not in (b"", *(bytes([unused]) for unused in range(1, 256)))
    return value.tag != _INTEGER or value.content != b""


_Found = tuple[Curve, int | None, bytes]


def _sec1(values: list[_Value]) -> _Found:
    rest = iter(values)
    secret = _secret(rest)
    curve = _curve_member(next(rest), rest)
    return _with_public(curve, secret, next(rest), rest)


def _pkcs8(values: list[_Value]) -> _Found:
    rest = iter(values)
    if next(rest).tag != _SEQUENCE:
        raise _OtherFormError
    value = next(rest)
    if value.tag == _INTEGER and not _is_number(value, 0):
        raise _OtherFormError
    if (next(rest) if value.tag == _INTEGER else value).tag != _SEQUENCE:  # the version may be left out
        raise _OtherFormError
    curve = _algorithm(rest)
    inner = next(rest)
    if inner.tag != _OCTET_STRING:
        raise _OtherFormError
    try:
        rest = iter(list(_values(inner.content)))
    except AwsShadowError:
        raise _OtherFormError from None
    secret = _secret(rest)
    following = next(rest, None)
    if following is not None and following.tag == _CURVE:
        if _curve_member(following, rest) is not curve:
            raise _OtherFormError
        following = next(rest)
    return _with_public(curve, secret, following, rest)


def _public_alone(values: list[_Value]) -> _Found:
    rest = iter(values)
    if next(rest).tag != _SEQUENCE or next(rest).tag != _SEQUENCE:
        raise _OtherFormError
    curve = _algorithm(rest)
    return curve, None, _public(curve, next(rest))


def _secret(rest: Iterator[_Value]) -> bytes:
    """The beginning of a private key: a sequence, version 1, the key."""
    if next(rest).tag != _SEQUENCE or not _is_number(next(rest), 1):
        raise _OtherFormError
    value = next(rest)
    if not value.is_string:
        raise _OtherFormError
    return value.string


def _with_public(curve: Curve, secret: bytes, following: _Value | None, rest: Iterator[_Value]) -> _Found:
    """A private key on ``curve``; the public one if what is ``following`` holds it."""
    if len(secret) != curve.size:
        raise _OtherFormError
    public = _public(curve, next(rest)) if following is not None and following.tag == _PUBLIC else b""
    return curve, int.from_bytes(secret, "big"), public


def _public(curve: Curve, value: _Value) -> bytes:
    """The coordinates of a public key, without the byte in front; empty where there are none."""
    if not value.is_string or len(value.string) not in (0, 2 * curve.size + 1):
        raise _OtherFormError
    return value.string[1:]


def _algorithm(rest: Iterator[_Value]) -> Curve:
    value = next(rest)
    if value.tag != _OBJECT or value.content != _EC_KEY:
        raise _OtherFormError
    return _curve(next(rest))


def _curve_member(value: _Value, rest: Iterator[_Value]) -> Curve:
    if value.tag != _CURVE:
        raise _OtherFormError
    return _curve(next(rest))


def _curve(value: _Value) -> Curve:
    found = _CURVES.get(value.content) if value.tag == _OBJECT else None
    if found is None:
        raise _OtherFormError
    return found


def _is_number(value: _Value, number: int) -> bool:
    return value.tag == _INTEGER and value.content.lstrip(b"\0") == bytes([number]).lstrip(b"\0")


def _checked(curve: Curve, secret: int | None, public: bytes) -> DpopKey:
    """The key, once its numbers are those of one. That the two belong together nobody looks at."""
    x, y = public[: curve.size], public[curve.size :]
    if secret is not None and not 0 < secret < curve.order:
        raise AwsShadowError(_REFUSED)
    is_point = bool(public) and curve.has(int.from_bytes(x, "big"), int.from_bytes(y, "big"))
    if not is_point and (public or secret is None):
        raise AwsShadowError(_REFUSED)
    return DpopKey(curve, secret, x, y)
