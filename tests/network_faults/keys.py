"""Keys of all kinds that a login session can have for its proofs, put together by hand: nobody's, and none drawn.

The numbers are those that the curves themselves are described by: the private key is 1, the public one the base point.
"""

from __future__ import annotations

import base64

#: Encoded object identifiers.
EC, P256, P384, P521, K256 = map(
    bytes.fromhex, ("2a8648ce3d0201", "2a8648ce3d030107", "2b81040022", "2b81040023", "2b8104000a")
)
#: Curve -> its base point, both coordinates.
POINTS = {
    P256: "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
    P384: "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"
    "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
    P521: "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de"
    "3348b3c1856a429bf97e7e31c2e5bd66"
    "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761"
    "353c7086a272c24088be94769fd16650",
    K256: "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
    "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
}


def tlv(tag: int, *parts: bytes) -> bytes:
    """A value of DER with what lies in it."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    return (
        bytes([tag, 0x81, size]) + content if size < 0x100 else bytes([tag, 0x82, *size.to_bytes(2, "big")]) + content
    )


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def integer(*content: int) -> bytes:
    return tlv(2, bytes(content))


def octets(*parts: bytes) -> bytes:
    return tlv(4, *parts)


def oid(name: bytes) -> bytes:
    return tlv(6, name)


def point(curve: bytes) -> bytes:
    """The public key."""
    return b"\4" + bytes.fromhex(POINTS[curve])


def sec1(curve: bytes = P256, secret: int | bytes = 1, public: bytes | None = b"", *, named: bool = True) -> bytes:
    """A private key; ``public`` None leaves the public one out, ``named`` the curve."""
    size = len(POINTS[curve]) // 4
    number = secret if isinstance(secret, bytes) else secret.to_bytes(size, "big")
    bits = [] if public is None else [tlv(0xA1, tlv(3, b"\0", public or point(curve)))]
    return sequence(integer(1), octets(number), *([tlv(0xA0, oid(curve))] if named else []), *bits)


def algorithm(curve: bytes = P256) -> bytes:
    return sequence(oid(EC), oid(curve))


def pkcs8(inner: bytes, curve: bytes = P256, version: int = 0) -> bytes:
    return sequence(integer(version), algorithm(curve), octets(inner))


def spki(curve: bytes = P256, public: bytes = b"") -> bytes:
    """A public key alone."""
    return sequence(algorithm(curve), tlv(3, b"\0", public or point(curve)))


def pem(der: bytes, kind: str = "EC PRIVATE KEY") -> str:
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(der).decode('ascii')}-----END {kind}-----\n"


NAMED = tlv(0xA0, oid(P256))
RSA = sequence(integer(0), integer(*b"\0" + b"\xc5" * 64), integer(1, 0, 1), integer(3), integer(5), integer(7))
ED25519 = sequence(integer(0), sequence(oid(bytes.fromhex("2b6570"))), octets(octets(bytes(32))))
ENCRYPTED = sequence(sequence(oid(bytes.fromhex("2a864886f70d01050d")), sequence()), octets(bytes(64)))

#: What a key can be -> its DER.
KINDS = {
    "on P-384": sec1(P384),
    "on P-384, in PKCS 8": pkcs8(sec1(P384, named=False), P384),
    "on P-521": sec1(P521),
    "on secp256k1": sec1(K256),
    "of RSA": RSA,
    "of Ed25519": ED25519,
    "encrypted": ENCRYPTED,
    "public alone": spki(),
    "public alone, on P-384": spki(P384),
    "in PKCS 8": pkcs8(sec1(named=False)),
    "in PKCS 8 with its curve": pkcs8(sec1()),
    "in PKCS 8 without a public one": pkcs8(sec1(named=False, public=None)),
    "in PKCS 8 of version 2": pkcs8(sec1(named=False), version=1),
    "without a public one": sec1(public=None),
    "without a curve": sec1(named=False),
    "with an empty public one": sequence(integer(1), octets(b"\1" * 32), NAMED, tlv(0xA1, tlv(3, b"\0"))),
    "zero": sec1(secret=0),
    "too great": sec1(secret=b"\xff" * 32),
    "too short": sec1(secret=b"\1" * 31),
    "not a point": sec1(public=point(P256)[:-1] + b"\0"),
    "a point and a half": sec1(public=point(P256) + b"\0"),
    "of another version": sequence(integer(0), octets(b"\1" * 32), NAMED, tlv(0xA1, tlv(3, b"\0"))),
    "of a negative version": sequence(integer(0x80), octets(b"\1" * 32)),
    "a negative number": integer(0x80),
    "a number": integer(1),
    "an empty sequence": sequence(),
    "short of a byte": sec1()[:-1],
    "little but a beginning": sec1()[:4],
    "longer than it says": sec1() + b"\1",
    "followed by a line break": sec1() + b"\n",
    "followed by nothing": sec1() + b"\5\0",
    "of indefinite length": b"\x30\x80" + sec1()[2:] + b"\0\0",
    "nested too deep": sec1() + b"\x30\x20" + b"".join(bytes([0x30, 2 * n]) for n in range(15, -1, -1)),
}  # fmt: skip
