"""Certificate authorities and what they signed, made by the ``openssl`` program."""

from __future__ import annotations

import subprocess
from pathlib import Path

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
PLAIN, OTHER = "/CN=the authority", "/CN=another authority"
PADDING = b"# a comment, as bundles have them\n" * 3000

#: What ``openssl ca`` needs to know.
CONFIGURATION = """
[ca]
default_ca = here
[here]
database = index.txt
serial = serial.txt
new_certs_dir = .
default_md = sha256
policy = any
[any]
commonName = supplied
"""


class Authorities:
    """Certificates made by the ``openssl`` program, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def root(self, name: str, subject: str = PLAIN, *options: str) -> bytes:
        """A self-signed authority; the key is kept for the certificates it signs."""
        words = ("-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", subject, "-days", "9")
        self.openssl("req", "-x509", *KEY, *words, *options)
        return (self.folder / f"{name}.pem").read_bytes()

    def signed(self, name: str, by: str, subject: str, ca: bool = False, key: str = "", expired: bool = False) -> bytes:
        """A certificate for ``subject`` (and the key of ``key``) signed by the authority ``by``."""
        ext = self.folder / f"{name}.ext"
        ext.write_text(f"basicConstraints=critical,CA:{str(ca).upper()}\nsubjectAltName=DNS:localhost\n")
        given = ("-key", f"{key}.key") if key else (*KEY, "-keyout", f"{name}.key")
        self.openssl("req", "-new", *given, "-out", f"{name}.csr", "-subj", subject)
        out = ("-in", f"{name}.csr", "-extfile", ext.name, "-out", f"{name}.pem")
        if expired:
            self._expired(by, *out)
        else:
            signing = ("-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-set_serial", str(len(name)), "-days", "9")
            self.openssl("x509", "-req", *signing, *out)
        return (self.folder / f"{name}.pem").read_bytes()

    def _expired(self, by: str, *out: str) -> None:
        """Sign with dates of the past: ``x509`` of OpenSSL 3.0 cannot, and that of 3.6 takes no number below 0."""
        (self.folder / "index.txt").write_text("")
        (self.folder / "serial.txt").write_text("07\n")
        (self.folder / "ca.cnf").write_text(CONFIGURATION)
        dates = ("-startdate", "20200101000000Z", "-enddate", "20200102000000Z")
        signing = ("-cert", f"{by}.pem", "-keyfile", f"{by}.key")
        self.openssl("ca", "-batch", "-notext", "-config", "ca.cnf", *signing, *dates, *out)

    def openssl(self, *words: str, given: bytes | None = None) -> bytes:
        done = subprocess.run(["openssl", *words], cwd=self.folder, input=given, capture_output=True, check=True)
        return done.stdout

    def parts(self, *names: str) -> bytes:
        """The certificates ``names`` in one text."""
        return b"".join((self.folder / f"{name}.pem").read_bytes() for name in names)
