"""Passwords in addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.addresses import without_passwords

if TYPE_CHECKING:
    from tests.support.program import Program
    from tests.support.stage import Stage

PASSWORDS = ["secret", "se@cret", "se%40cret", "se/cret", "se#cret", "se?cret", "se:cret", "1secret", "é語"]


@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize("around", ["{}", '"{}"', "'{}'", 'to the endpoint URL: "{}/"', "x {} y", "{'Endpoint': '{}'}"])
def test_a_password_is_struck_out(password: str, around: str) -> None:
    text, shown = (around.replace("{}", f"http://user:{part}@host:80") for part in (password, "***"))
    assert without_passwords(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://:secret@host", "http://:***@host"),
        ("//user:secret@host", "//user:***@host"),
        ("url=//user:se@cret@host/, x", "url=//user:***@host/, x"),
        ("http:/user:secret@host", "http:/user:***@host"),
        ("Invalid endpoint: user:secret@host", "Invalid endpoint: user:***@host"),
        ("http://a:b@c and https://d:e@f/g", "http://a:***@c and https://d:***@f/g"),
    ],
)
def test_so_it_is_in_what_was_meant_as_one(text: str, shown: str) -> None:
    assert without_passwords(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "http://host:80/mail?to=a@b.c",
        "http://user@host/a:b@c",
        "https://host/x:y",
        "User: arn:aws:sts::111122223333:assumed-role/Admin/me@corp.com is not authorized",
        '"arn:aws:sts::111122223333:assumed-role/Admin/me@corp.com"',
        "mail me@corp.com: now",
        "no address",
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert without_passwords(text) == text


@pytest.mark.parametrize("debug", [False, True])
def test_the_log_has_none_and_a_pipe_the_message_of_the_reference(program: Program, stage: Stage, debug: bool) -> None:
    from tests.support.program import Command

    words = ["aws", "sagemaker", "list-models", "--endpoint-url", "http://user:secret@127.0.0.1:1"]
    stage.set({"AWS_MAX_ATTEMPTS": "1"})
    done = program.run(Command([*words, *(["--debug"] if debug else [])], stage.environ, stage.work))
    said = '\naws: [ERROR]: Could not connect to the endpoint URL: "http://user:{}@127.0.0.1:1/"\n'
    assert done.stderr.endswith(said.format("***" if debug else "secret"))
    assert ("secret" in done.stderr) != debug
