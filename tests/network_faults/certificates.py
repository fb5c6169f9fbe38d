"""Certificates for the tests, made by the ``openssl`` program: one authority, and three it signed."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Certificate -> the name it is for and the year after which it is void.
LEAVES = {"good": ("IP:127.0.0.1", 2049), "expired": ("IP:127.0.0.1", 2021), "stranger": ("DNS:example.test", 2049)}
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")

SETTINGS = """\
[ca]
default_ca = authority
[authority]
certificate = ca.pem
private_key = ca.key
database = issued.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = names
[names]
commonName = supplied
"""


@dataclass(frozen=True)
class Certificates:
    """A folder with ``ca.pem`` and, for each of LEAVES, ``NAME.pem`` and ``NAME.key``."""

    folder: Path

    def make(self) -> None:
        """Make them all. Raises CalledProcessError when openssl does not want to."""
        (self.folder / "issued.txt").touch()
        (self.folder / "ca.cnf").write_text(SETTINGS, encoding="utf-8")
        subject = ("-subj", "/CN=authority of a test", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        self._run("req", "-x509", *KEY, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", *subject)
        for name, (host, year) in LEAVES.items():
            extensions = self.folder / f"{name}.ext"
            extensions.write_text(f"basicConstraints=critical,CA:FALSE\nsubjectAltName={host}\n", encoding="utf-8")
            self._run("req", *KEY, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
            dates = ("-startdate", "20200101000000Z", "-enddate", f"{year}0101000000Z")
            files = ("-in", f"{name}.csr", "-out", f"{name}.pem", "-extfile", f"{name}.ext")
            self._run("ca", "-batch", "-notext", "-config", "ca.cnf", *dates, *files)

    def server(self, name: str) -> ssl.SSLContext:
        """What a server with the certificate ``name`` needs."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context

    def _run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)
