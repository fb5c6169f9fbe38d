"""The proof that goes with the renewal of a login session: a signed token in the header ``DPoP`` (RFC 9449).

It is signed with the key that ``aws login`` made and keeps beside the session, by ECDSA on P-256 (ES256). The one
importer of cryptography, which the extra ``awsshadow[login]`` brings.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from time import time
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from awsshadow.call.dpop_key import P256, DpopKey
from awsshadow.errors import AwsShadowError

#: What the reference says of a key that can be read and does not sign.
_NO_SIGNER = "34 (AWS_ERROR_INVALID_ARGUMENT): An invalid argument was passed to a function."


def proof(key: DpopKey, url: str) -> str:
    """A proof for one POST to ``url``, as a JSON web token that names the public key.

    Raises AwsShadowError for a public key alone, and for one of another curve than P-256.
    """
    if key.secret is None or key.curve is not P256:
        raise AwsShadowError(_NO_SIGNER)
    jwk = {"kty": "EC", "x": _text(key.x), "y": _text(key.y), "crv": "P-256"}
    parts = (
        {"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk},
        {"htm": "POST", "htu": url, "iat": int(time()), "jti": str(uuid4())},
    )
    signed = ".".join(_text(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    signer = derive_private_key(key.secret, SECP256R1())
    halves = decode_dss_signature(signer.sign(signed.encode(), ECDSA(SHA256())))
    return f"{signed}.{_text(b''.join(half.to_bytes(P256.size, 'big') for half in halves))}"


def _text(data: bytes) -> str:
    """base64 for URLs, without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
