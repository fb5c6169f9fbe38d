"""``awsshadow doctor``."""

from __future__ import annotations

import http.server
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.raw_server import raw_server

if TYPE_CHECKING:
    from tests.commands.conftest import Own

SECRETS = {
    "AWS_ACCESS_KEY_ID": "AKIDVISIBLE",
    "AWS_SECRET_ACCESS_KEY": "top-secret",
    "AWS_SESSION_TOKEN": "token-secret",
}


def facts_of(text: str) -> dict[str, str]:
    rows = (line.split("  ", 1) for line in text.splitlines())
    return {name: value.strip() for name, value in rows}


def test_it_names_sources_and_no_secret(own: Own) -> None:
    code, text, _ = own("doctor", **SECRETS, AWS_REGION="eu-west-1")
    facts = facts_of(text)
    assert code == 0
    assert facts["region"] == "eu-west-1 (AWS_REGION)"
    assert facts["credentials"] == "environment"
    assert facts["program"] == "/opt/awsshadow"
    assert "secret" not in text
    assert "AKIDVISIBLE" not in text
    assert "operations" in facts["slices"]


@pytest.mark.parametrize(
    ("config", "environ", "name", "value"),
    [
        (
            "[profile p]\nregion = us-west-2\nrole_arn = r\n",
            {"AWS_PROFILE": "p"},
            "credentials",
            "assume role (profile p)",
        ),
        ("[profile p]\nregion = us-west-2\n", {"AWS_PROFILE": "p"}, "region", "us-west-2 (profile)"),
        ("[profile p]\n", {"AWS_PROFILE": "q"}, "profile", "PROBLEM: 'q' is in neither file"),
        ("nonsense\n", {}, "configuration", "PROBLEM: Unable to parse config file"),
        ("", {"AWS_ACCESS_KEY_ID": "k"}, "credentials", "PROBLEM: AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY"),
        ("", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "endpoint", "http://127.0.0.1:1 (AWS_ENDPOINT_URL)"),
        ("", {"AWSSHADOW_SANDBOX": "/tmp/x"}, "endpoint", "the sandbox in /tmp/x (AWSSHADOW_SANDBOX)"),
    ],
)
def test_it_finds_what_a_call_would_use(
    own: Own, tmp_path: Path, config: str, environ: dict[str, str], name: str, value: str
) -> None:
    (tmp_path / "config").write_text(config)
    _, text, _ = own("doctor", AWS_CONFIG_FILE=str(tmp_path / "config"), **environ)
    assert facts_of(text)[name].startswith(value)


@pytest.mark.parametrize("behind", [False, True])
def test_profile_and_region_of_the_command_line_are_looked_at(own: Own, tmp_path: Path, behind: bool) -> None:
    (tmp_path / "config").write_text("[profile p]\nregion = us-west-2\noutput = text\n")
    options = ["--profile", "p", "--region", "eu-north-1"]
    words = ["doctor", *options] if behind else [*options, "doctor"]
    facts = facts_of(own(*words, AWS_CONFIG_FILE=str(tmp_path / "config"), AWS_REGION="eu-west-1")[1])
    assert facts["profile"] == "p"
    assert facts["region"] == "eu-north-1 (--region)"
    assert facts["output"] == "text (profile)"


def told(text: str, name: str) -> str:
    """All that a plain page says of a fact, on one line: what was found, an arrow, what to do."""
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{name}  "))
    said = lines[at].removeprefix(name).strip()
    return f"{said} {lines[at + 1].strip()}" if at + 1 < len(lines) and lines[at + 1].startswith(" ") else said


#: Nothing wrong but what a case adds.
FINE = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "eu-west-1"}


@pytest.mark.parametrize(
    ("config", "profile", "remedy"),
    [
        ("[dev]\nregion = x\n", "dev", "-> The config file has [dev]: write [profile dev] there."),
        ("[profile a]\n[default]\n", "dev", "-> There are: a, default. Choose with --profile or AWS_PROFILE."),
        ("", "dev", "-> There are no profiles; aws configure makes one."),
    ],
)
def test_a_profile_that_is_not_there(own: Own, tmp_path: Path, config: str, profile: str, remedy: str) -> None:
    (tmp_path / "config").write_text(config)
    code, text, _ = own("doctor", AWS_CONFIG_FILE=str(tmp_path / "config"), AWS_PROFILE=profile, **FINE)
    assert code == 1
    assert f"PROBLEM: '{profile}' is in neither file {remedy}" in told(text, "profile")


def test_sections_that_look_like_profiles(own: Own, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("[prod]\n[sso-session s]\n[services x]\n[profile ok]\n")
    code, text, _ = own("doctor", AWS_CONFIG_FILE=str(tmp_path / "config"), **FINE)
    assert code == 0
    assert (
        told(text, "sections")
        == "NOTICE: [prod] of the config file: no profile -> If a profile is meant: [profile prod]"
    )


@pytest.mark.parametrize(
    ("environ", "name", "code", "said"),
    [
        ({"HTTPS_PROXY": "http://u:pw@proxy:3128"}, "HTTPS_PROXY", 0, "http://proxy:3128"),
        ({"NO_PROXY": "localhost,.internal"}, "NO_PROXY", 0, "localhost,.internal"),
        ({"NO_PROXY": "10.0.0.0/8"}, "NO_PROXY", 0, "NOTICE: 10.0.0.0/8: a range"),
        (
            {"NO_PROXY": "127.0.0.0/8,x", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "NO_PROXY", 1,
            "-> Name 127.0.0.1, to which calls go.",
        ),
        ({"AWS_CA_BUNDLE": "/nowhere.pem"}, "certificates", 1, "PROBLEM: /nowhere.pem (AWS_CA_BUNDLE): there is no"),
        ({"REQUESTS_CA_BUNDLE": __file__}, "certificates", 1, "cannot be used"),
        ({"AWS_PAGER": "no-such-pager -R"}, "pager", 0, "NOTICE: no-such-pager -R: no such program -> Install it"),
        ({"AWS_PAGER": ""}, "pager", 0, "none"),
        ({"AWSSHADOW_SANDBOX": "box", "AWS_REGION": ""}, "credentials", 0, "none needed: the sandbox answers"),
        ({"SHELL": "/bin/zsh", "PATH": "/nowhere"}, "completion", 0, "NOTICE: awsshadow_completer is not on PATH"),
        ({"PATH": "/nowhere"}, "PATH", 0, 'NOTICE: there is no awsshadow on it -> export PATH="/opt:$PATH"'),
    ],
)  # fmt: skip
def test_what_is_in_the_way(own: Own, environ: dict[str, str], name: str, code: int, said: str) -> None:
    found, text, _ = own("doctor", **{**FINE, **environ})
    assert said in told(text, name)
    assert found == code
    assert "pw" not in text


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("awsshadow", "awsshadow_completer"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("shell", "file", "line"),
    [
        ("bash", ".bashrc", 'eval "$(awsshadow completion bash)"\n'),
        ("zsh", ".zshrc", 'eval "$(awsshadow completion zsh)"\n'),
        ("fish", ".config/fish/completions/awsshadow.fish", "complete\n"),
    ],
)
def test_completion_is_set_up_or_not(
    own: Own, environ: dict[str, str], programs: Path, shell: str, file: str, line: str
) -> None:
    more = {**FINE, "SHELL": f"/bin/{shell}", "PATH": str(programs)}
    missing = told(own("doctor", **more)[1], "completion")
    assert missing.startswith(f"NOTICE: not set up for {shell} -> ")
    assert "awsshadow completion" in missing
    path = Path(environ["HOME"], file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# {line}")
    if shell != "fish":
        assert told(own("doctor", **more)[1], "completion") == missing
    path.write_text(line)
    assert told(own("doctor", **more)[1], "completion") == f"{shell}, in ~/{file}"


def test_the_order_of_path(own: Own, programs: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "aws").write_text("#!/bin/sh\n")
    (other / "aws").chmod(0o755)
    mine = str(programs / "awsshadow")
    (programs / "aws").symlink_to(mine)
    _, text, _ = own("doctor", path=mine, PATH=f"{other}:{programs}", **FINE)
    assert told(text, "PATH") == f"awsshadow is {mine}"
    assert (
        told(text, "aws")
        == f'NOTICE: {other}/aws comes before the link {programs}/aws -> export PATH="{programs}:$PATH"'
    )
    _, text, _ = own("doctor", path=mine, PATH=f"{programs}:{other}", **FINE)
    assert told(text, "aws") == f"{programs}/aws: this program"
    assert told(text, "next aws") == f"{other}/aws"


def test_slices_that_other_versions_left(own: Own, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "awsshadow"
    (cache / "old").mkdir(parents=True, mode=0o700)
    (tmp_path / "cache").chmod(0o700)
    cache.chmod(0o700)
    (cache / "old" / "stamp").write_text("x" * 200_000)
    said = told(own("doctor", XDG_CACHE_HOME=str(tmp_path / "cache"), **FINE)[1], "cache")
    assert said.startswith(f"NOTICE: {cache}: 1 of other service models, 0.2 MB -> ")
    assert said.endswith(f"rm -r {cache}/old")
    cache.chmod(0o777)
    said = told(own("doctor", XDG_CACHE_HOME=str(tmp_path / "cache"), **FINE)[1], "cache")
    assert said == f"NOTICE: {cache} can be written by others and is not used -> Make it yours alone: chmod 700 {cache}"


@pytest.fixture
def clock() -> Iterator[Callable[[float], str]]:
    """Starts a server whose clock is off by so many seconds; its address."""
    servers: list[http.server.HTTPServer] = []

    def start(skew: float) -> str:
        class Off(http.server.BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self.send_response(403)
                self.end_headers()

            def date_time_string(self, timestamp: float | None = None) -> str:
                return super().date_time_string((timestamp or time.time()) + skew)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        servers.append(http.server.HTTPServer(("127.0.0.1", 0), Off))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()


@pytest.mark.parametrize(
    ("skew", "code", "said"),
    [
        (0, 0, " s from that of the service"),
        (-3600, 1, "s ahead of that of"),
        (3600, 1, "s behind that of the service -> Set"),
    ],
)
def test_the_clock_is_asked_for_only_on_request(
    own: Own, clock: Callable[[float], str], skew: float, code: int, said: str
) -> None:
    url = clock(skew)
    assert "clock" not in facts_of(own("doctor", AWS_ENDPOINT_URL=url, **FINE)[1])
    found, text, _ = own("doctor", "--clock", AWS_ENDPOINT_URL=url, NO_PROXY="127.0.0.1", **FINE)
    assert said in told(text, "clock")
    assert found == code


def test_a_clock_that_cannot_be_asked(own: Own) -> None:
    code, text, _ = own("doctor", "--clock", AWS_ENDPOINT_URL="http://u:pw@127.0.0.1:9", **FINE)
    assert code == 1
    assert "PROBLEM: http://127.0.0.1:9 cannot be asked" in told(text, "clock")


@pytest.mark.parametrize(
    "address", ["http://host:x", "http://127.0.0.1:9/a b", "http://[::1", "http://a\x01b", "ftp://host"]
)
def test_an_endpoint_that_is_no_address(own: Own, address: str) -> None:
    code, text, _ = own("doctor", "--clock", AWS_ENDPOINT_URL=address, **FINE)
    assert code == 1
    assert "cannot be asked: " in told(text, "clock")


def test_an_answer_that_is_not_of_http(own: Own) -> None:
    with raw_server(b"SSH-2.0-x\r\n") as url:
        code, text, _ = own("doctor", "--clock", AWS_ENDPOINT_URL=url, NO_PROXY="127.0.0.1", **FINE)
    assert code == 1
    assert "cannot be asked: SSH-2.0-x" in told(text, "clock")


@pytest.mark.parametrize("breaking", [*"/?#\\[' "])
@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "http_proxy"])
def test_a_password_that_breaks_an_address_is_not_shown(own: Own, variable: str, breaking: str) -> None:
    environ = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", variable: f"http://u:canaryone{breaking}canarytwo@127.0.0.1:9"}
    code, text, _ = own("doctor", "--clock", **environ, **FINE)
    assert code == 1
    assert "http://127.0.0.1:9" in text
    assert "canary" not in text


def test_json_has_the_same_facts(own: Own) -> None:
    code, text, _ = own("doctor", AWS_PROFILE="q", **FINE)
    again, document, _ = own("doctor", "--json", AWS_PROFILE="q", **FINE)
    rows = json.loads(document)
    assert code == again == 1
    assert [row["name"] for row in rows] == [line.split("  ")[0] for line in text.splitlines() if line[0] != " "]
    assert all(row["remedy"] for row in rows if row["state"] == "problem")
    assert [row["value"] for row in rows if row["name"] == "profile"] == ["'q' is in neither file"]


@pytest.mark.parametrize(
    ("config", "installed", "said"),
    [
        ("[default]\nlogin_session = s\n", True, "cryptography is installed"),
        (
            "[default]\nlogin_session = s\n", False,
            "NOTICE: the session of the profile is renewed, and cryptography is not installed -> pip install",
        ),
        (
            "[default]\nrole_arn = r\nsource_profile = b\n[profile b]\nlogin_session = s\n", False,
            "NOTICE: the session of the profile is renewed",
        ),
        ("[default]\nrole_arn = r\nsource_profile = default\n", False, "not installed (pip install"),
    ],
)  # fmt: skip
def test_the_extra_that_renews_sessions(
    own: Own, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str, installed: bool, said: str
) -> None:
    if not installed:
        monkeypatch.setitem(sys.modules, "cryptography", None)
    (tmp_path / "config").write_text(config)
    code, text, _ = own("doctor", AWS_CONFIG_FILE=str(tmp_path / "config"), **FINE)
    assert code == 0
    assert told(text, "login").startswith(said)
