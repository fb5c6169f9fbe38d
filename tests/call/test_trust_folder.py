"""A folder of certificates trusts what its bundle trusts, and is used only if nobody else can have written in it."""

from __future__ import annotations

import os
import ssl
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from botocore.httpsession import DEFAULT_CA_BUNDLE

from awsshadow.call import trust_folder
from awsshadow.call.trust_folder import TrustFolder, subject_hash
from tests.call.authorities import KEY, PADDING, PLAIN, Authorities

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders have no owner and mode there")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def folder_of(tmp_path: Path, cache: Path) -> Callable[[bytes], TrustFolder]:
    def make(bundle: bytes) -> TrustFolder:
        path = tmp_path / "bundle.pem"
        path.write_bytes(bundle)
        return TrustFolder(str(path), str(cache))

    return make


def handshake(made: Authorities, **places: str) -> str:
    """What a client that trusts ``places`` says of the server: nothing, or why not."""
    client, server = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    client.load_verify_locations(**places)
    server.load_cert_chain(made.folder / "server.pem", made.folder / "server.key")
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    mine, theirs = client.wrap_bio(down, up, server_hostname="localhost"), server.wrap_bio(up, down, server_side=True)
    for _ in range(4):
        for end in (mine, theirs):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLCertVerificationError as error:
                return error.verify_message
    return ""


BUNDLES: dict[str, Callable[[Authorities], bytes]] = {
    "one": lambda made: made.parts("root"),
    "another one": lambda made: made.parts("other"),
    "comments": lambda made: b"# Root\n=====\n" + made.parts("other") + PADDING + made.parts("root") + b"the end",
    "CRLF": lambda made: (PADDING + made.parts("other", "root")).replace(b"\n", b"\r\n"),
    "twice": lambda made: made.parts("root", "root", "other", "root"),
    "a namesake first": lambda made: made.parts("namesake", "root"),
    "a namesake last": lambda made: made.parts("root", "namesake"),
    "only a namesake": lambda made: made.parts("namesake"),
    "the trusted form": lambda made: made.parts("trusted"),
    "the trusted form, rejected": lambda made: made.parts("rejected"),
    "cross-signed": lambda made: made.parts("crossed", "other"),
    "cross-signed by nobody known": lambda made: made.parts("crossed"),
    "expired before valid": lambda made: made.parts("expired", "other", "root"),
    "expired after valid": lambda made: made.parts("root", "expired", "other"),
    "expired alone": lambda made: made.parts("expired", "other"),
    "all of botocore's": lambda _: Path(DEFAULT_CA_BUNDLE).read_bytes(),
    "all of botocore's and one": lambda made: Path(DEFAULT_CA_BUNDLE).read_bytes() + made.parts("root"),
    "the server's own": lambda made: made.parts("server"),
}


@pytest.mark.parametrize("name", BUNDLES)
def test_folder_and_bundle_trust_alike(
    name: str, made: Authorities, tmp_path: Path, folder_of: Callable[[bytes], TrustFolder]
) -> None:
    folder = folder_of(BUNDLES[name](made))
    folder.build()
    assert folder.is_trusted()
    by_bundle = handshake(made, cafile=str(tmp_path / "bundle.pem"))
    assert handshake(made, capath=folder.path) == by_bundle
    assert (by_bundle == "") is (name not in REFUSED)


REFUSED = {
    "another one",
    "only a namesake",
    "the trusted form, rejected",
    "cross-signed by nobody known",
    "expired alone",
    "all of botocore's",
    "the server's own",
}


def test_every_certificate_is_there(folder_of: Callable[[bytes], TrustFolder]) -> None:
    folder = folder_of(Path(DEFAULT_CA_BUNDLE).read_bytes())
    folder.build()
    whole, parts = (ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) for _ in range(2))
    whole.load_verify_locations(cafile=DEFAULT_CA_BUNDLE)
    for entry in os.scandir(folder.path):
        parts.load_verify_locations(cafile=entry.path)
    assert sorted(parts.get_ca_certs(binary_form=True)) == sorted(whole.get_ca_certs(binary_form=True))


SUBJECTS = [
    PLAIN,
    "/C=DE/ST=Some  State/O= spaces  here /CN=MiXeD Case",
    "/O=Größe & Söhne/CN=Ünïcode ÄÖÜ",
    "/CN=two/emailAddress=a@example.com",
    "/C=DE/O=a+OU=b+CN=c",
    "/CN=" + "long " * 12,
    "/DC=com/DC=example/CN=\u00a0no-break space\u00a0",
]


NAMES = [(mask, subject) for mask in ("utf8only", "default", "nombstr") for subject in SUBJECTS]


@pytest.mark.parametrize(("mask", "subject"), [*NAMES, ("default", "/UID=123/serialNumber=ABC def/CN=日本語")])
def test_hashes_are_those_of_openssl(subject: str, mask: str, made: Authorities) -> None:
    settings = made.folder / "names.cnf"
    settings.write_text(f"[req]\ndistinguished_name=d\nstring_mask={mask}\n[d]\n")
    words = ("-utf8", "-multivalue-rdn", "-config", settings.name, "-outform", "DER")
    der = made.openssl("req", "-x509", *KEY, "-keyout", "any.key", "-subj", subject, *words)
    assert f"{subject_hash(der):08x}" == made.openssl("x509", "-hash", "-noout", given=der).decode().strip()


@pytest.mark.parametrize(
    "extra",
    [
        b"-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n",
        b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
        b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----\nM*A=\n-----END CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----\nMIIB\n",
        b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----\nMIQ=\n-----END CERTIFICATE-----\n",
    ],
)
def test_what_is_not_only_certificates_makes_no_folder(
    extra: bytes, made: Authorities, cache: Path, folder_of: Callable[[bytes], TrustFolder]
) -> None:
    folder = folder_of(made.parts("root") + extra)
    folder.build()
    assert not folder.is_trusted()
    assert not any(cache.rglob("*"))


def test_another_bundle_is_another_folder(made: Authorities, folder_of: Callable[[bytes], TrustFolder]) -> None:
    first = folder_of(made.parts("root"))
    first.build()
    assert not folder_of(made.parts("root") + b"\n").is_trusted()
    assert folder_of(made.parts("root")).is_trusted()


@pytest.fixture
def built(made: Authorities, folder_of: Callable[[bytes], TrustFolder]) -> TrustFolder:
    folder = folder_of(made.parts("root"))
    folder.build()
    assert folder.is_trusted()
    assert os.stat(folder.path).st_mode & 0o777 == 0o700
    return folder


@pytest.mark.parametrize("mode", [0o710, 0o701, 0o702, 0o750, 0o770, 0o777])
def test_a_folder_open_to_others_is_not_trusted(mode: int, built: TrustFolder) -> None:
    os.chmod(built.path, mode)
    assert not built.is_trusted()


@pytest.mark.parametrize("level", [1, 2])
def test_nor_is_one_that_others_can_replace(level: int, built: TrustFolder) -> None:
    os.chmod(Path(built.path).parents[level - 1], 0o770)
    assert not built.is_trusted()
    built.build()  # nor is anything made there
    assert len(os.listdir(Path(built.path).parent)) == 1


def test_nor_is_somebody_elses(built: TrustFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert not built.is_trusted()


def test_nor_is_a_link(built: TrustFolder, tmp_path: Path) -> None:
    os.rename(built.path, tmp_path / "elsewhere")
    os.symlink(tmp_path / "elsewhere", built.path)
    assert not built.is_trusted()


def test_who_comes_second_leaves_what_is_there(built: TrustFolder) -> None:
    before = os.stat(built.path).st_ino
    built.build()
    assert os.stat(built.path).st_ino == before
    assert os.listdir(Path(built.path).parent) == [Path(built.path).name]


def test_a_disk_that_is_full_leaves_nothing(
    made: Authorities, cache: Path, folder_of: Callable[[bytes], TrustFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("No space left on device")

    folder = folder_of(made.parts("root"))
    monkeypatch.setattr(os, "rename", refuse)
    folder.build()
    assert not folder.is_trusted()
    assert not any((cache / "trust").iterdir())


def test_few_folders_are_kept(made: Authorities, folder_of: Callable[[bytes], TrustFolder], cache: Path) -> None:
    for number in range(trust_folder.KEPT + 3):
        folder = folder_of(made.parts("root") + b"\n" * number)
        folder.build()
        os.utime(folder.path, (number, number))
    assert folder.is_trusted()
    assert len(list((cache / "trust").iterdir())) == trust_folder.KEPT + 1


def test_only_a_large_bundle_gains(
    made: Authorities, folder_of: Callable[[bytes], TrustFolder], tmp_path: Path
) -> None:
    assert not folder_of(made.parts("root")).worthwhile
    assert folder_of(made.parts("root") + PADDING).worthwhile
    assert not TrustFolder(str(tmp_path / "bundle.pem"), str(tmp_path / "a:b")).worthwhile
