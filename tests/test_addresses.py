"""Passwords in addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.addresses import addresses_in, pieces_of_password, without_passwords, without_user

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


@pytest.mark.parametrize("start", ["http://", "HTTPS://", "//", ""])
@pytest.mark.parametrize("breaking", [*"/?#\\[]'\" ", "/a/", "\t"])
def test_pieces_that_a_parser_makes_of_a_password(start: str, breaking: str) -> None:
    assert pieces_of_password(f"{start}user:one%2F{breaking}two@host:80/") == ["one%2F", "two"]


@pytest.mark.parametrize(
    "address",
    ["http://host:80/x", "http://user:secret@host/", "http://user:se:cr@et@host", "http://user@host/x", "", "host"],
)
def test_an_address_that_is_read_as_it_is_meant_has_none(address: str) -> None:
    assert pieces_of_password(address) == []


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://user:sec@ret@host/x", "http://host/x"),
        ("http://user:se/cr@et@host/x", "http://host/x"),
        ("user:se#cret@host:80", "host:80"),
        ("http://user@host", "http://host"),
        ("https://host:80/x", "https://host:80/x"),
        ("host", "host"),
    ],
)
def test_an_address_without_its_user(address: str, shown: str) -> None:
    assert without_user(address) == shown


def test_pieces_are_struck_out_as_words() -> None:
    assert without_passwords("'ONE%2F' is no port; http://user:one%2f one2", ["one%2F"]) == (
        "'***' is no port; http://user:*** one2"
    )


def test_variables_that_hold_addresses() -> None:
    address = "http://a:b@c"
    names = ["https_proxy", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SSO_OIDC", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
    assert addresses_in(dict.fromkeys(names, address)) == [address] * len(names)
    assert addresses_in({"MAIL": "to: me@corp.com", "AWS_ENDPOINT_URL": "http://host"}) == []


#: Where an address stands, as a row of the environment, of the words and of the file.
PLACES: dict[str, tuple[dict[str, str], list[str], str]] = {
    "option": ({}, ["--endpoint-url", "ADDRESS"], ""),
    "endpoint": ({"AWS_ENDPOINT_URL": "ADDRESS"}, [], ""),
    "proxy": ({"http_proxy": "ADDRESS"}, ["--endpoint-url", "http://127.0.0.2:1"], ""),
    "profile": ({}, [], "[default]\nendpoint_url = ADDRESS\n"),
    "services": ({}, [], "[default]\nservices = mine\n[services mine]\nsagemaker =\n  endpoint_url = ADDRESS\n"),
}


@pytest.mark.parametrize("breaking", [*'/?#\\[" '])
@pytest.mark.parametrize("place", PLACES)
def test_no_piece_is_in_the_log(program: Program, stage: Stage, place: str, breaking: str) -> None:
    from tests.support.program import Command

    environ, words, file = PLACES[place]
    address = f"http://user:canaryone{breaking}4/canarytwo@127.0.0.1:1/"
    stage.lay(stage.home, {".aws/config": file.replace("ADDRESS", address)})
    stage.set({"AWS_MAX_ATTEMPTS": "1", "AWS_ENDPOINT_URL_SAGEMAKER": None})
    stage.set({name: value.replace("ADDRESS", address) for name, value in environ.items()})
    line = ["awsshadow", "sagemaker", "list-models", *[word.replace("ADDRESS", address) for word in words], "--debug"]
    done = program.run(Command(line, stage.environ, stage.work))
    assert done.code != 0
    assert done.stderr.splitlines()[-1].startswith("awsshadow: [ERROR]: ")
    assert "canary" not in done.stderr


@pytest.mark.parametrize("debug", [False, True])
def test_the_log_has_none_and_a_pipe_the_message_of_the_reference(program: Program, stage: Stage, debug: bool) -> None:
    from tests.support.program import Command

    words = ["aws", "sagemaker", "list-models", "--endpoint-url", "http://user:secret@127.0.0.1:1"]
    stage.set({"AWS_MAX_ATTEMPTS": "1"})
    done = program.run(Command([*words, *(["--debug"] if debug else [])], stage.environ, stage.work))
    said = '\naws: [ERROR]: Could not connect to the endpoint URL: "http://user:{}@127.0.0.1:1/"\n'
    assert done.stderr.endswith(said.format("***" if debug else "secret"))
    assert ("secret" in done.stderr) != debug
