"""Certificate authorities and what they signed, made by the ``openssl`` program."""

from __future__ import annotations

import subprocess
from pathlib import Path

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
PLAIN, OTHER = "/CN=the authority", "/CN=another authority"
PADDING = b"# a comment, as bundles have them\n" * 3000


class Authorities:
    """Certificates made by the ``openssl`` program, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def root(self, name: str, subject: str = PLAIN, *options: str) -> bytes:
        """A self-signed authority; the key is kept for the certificates it signs."""
        words = ("-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", subject, "-days", "9")
        self.openssl("req", "-x509", *KEY, *words, *options)
        return (self.folder / f"{name}.pem").read_bytes()

    def signed(self, name: str, by: str, subject: str, days: str = "9", ca: bool = False, key: str = "") -> bytes:
        """A certificate for ``subject`` (and the key of ``key``) signed by the authority ``by``."""
        ext = self.folder / f"{name}.ext"
        ext.write_text(f"basicConstraints=critical,CA:{str(ca).upper()}\nsubjectAltName=DNS:localhost\n")
        given = ("-key", f"{key}.key") if key else (*KEY, "-keyout", f"{name}.key")
        self.openssl("req", "-new", *given, "-out", f"{name}.csr", "-subj", subject)
        signing = ("-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-set_serial", str(len(name)), "-days", days)
        self.openssl("x509", "-req", "-in", f"{name}.csr", *signing, "-extfile", ext.name, "-out", f"{name}.pem")
        return (self.folder / f"{name}.pem").read_bytes()

    def openssl(self, *words: str, given: bytes | None = None) -> bytes:
        done = subprocess.run(["openssl", *words], cwd=self.folder, input=given, capture_output=True, check=True)
        return done.stdout

    def parts(self, *names: str) -> bytes:
        """The certificates ``names`` in one text."""
        return b"".join((self.folder / f"{name}.pem").read_bytes() for name in names)
