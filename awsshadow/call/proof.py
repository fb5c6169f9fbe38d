"""The proof that goes with the renewal of a login session: a signed token in the header ``DPoP`` (RFC 9449).

It is signed with the key that ``aws login`` made and keeps beside the session, by ECDSA on P-256 (ES256). The one
importer of cryptography, which the extra ``awsshadow[login]`` brings.
"""

from __future__ import annotations

import json
from base64 import b64decode, urlsafe_b64encode
from time import time
from uuid import uuid4

from botocore.exceptions import LoginTokenLoadError
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key

from awsshadow.errors import AwsShadowError

#: Bytes of a coordinate, and of each half of a signature.
_SIZE = 32

#: What the reference says of a key that cannot be read.
_DAMAGED = "7172 (AWS_ERROR_CAL_MALFORMED_ASN1_ENCOUNTERED): An ASN.1 DER decoding operation failed on malformed input."


def load_key(pem: str) -> EllipticCurvePrivateKey:
    """The private key in ``pem``, whatever its first and last line call it.

    Raises LoginTokenLoadError where there is no base64, AwsShadowError for any other key than one of P-256.
    """
    lines = [line for line in pem.splitlines() if not line.startswith(("-----BEGIN", "-----END"))]
    try:
        encoded = b64decode("".join(lines))
    except ValueError as error:
        raise LoginTokenLoadError(error_msg=f"Unable to load private key from cached token: {error}") from error
    try:
        key = load_der_private_key(encoded, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise AwsShadowError(_DAMAGED) from error
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise AwsShadowError(_DAMAGED)
    return key


def proof(key: EllipticCurvePrivateKey, url: str) -> str:
    """A proof for one POST to ``url``, as a JSON web token that names the public key."""
    public = key.public_key().public_numbers()
    jwk = {"kty": "EC", "x": _text(_bytes(public.x)), "y": _text(_bytes(public.y)), "crv": "P-256"}
    parts = (
        {"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk},
        {"htm": "POST", "htu": url, "iat": int(time()), "jti": str(uuid4())},
    )
    signed = ".".join(_text(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    halves = decode_dss_signature(key.sign(signed.encode(), ECDSA(SHA256())))
    return f"{signed}.{_text(b''.join(map(_bytes, halves)))}"


def _bytes(number: int) -> bytes:
    return number.to_bytes(_SIZE, "big")


def _text(data: bytes) -> str:
    """base64 for URLs, without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
