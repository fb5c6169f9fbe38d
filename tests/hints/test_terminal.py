"""A table of commands and what a person at a terminal is told; in a pipe not a byte of it is there."""

import hashlib
import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.launch import matching
from tests.hints.conftest import Look
from tests.support.endpoint import Endpoint
from tests.support.endpoint_server import Reply
from tests.support.stage import Stage

CONFIG = """[dev]
region = eu-west-1
[profile prod]
region = us-west-2
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = r
[sso-session corp]
sso_start_url = https://example.com
sso_region = us-east-1
[profile role]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = sso
[profile talks]
credential_process = echo hello
[profile astray]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = prood
[profile static]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = x
"""
MODEL = ["create-model", "--model-name", "m"]
CONTAINER = [*MODEL, "--primary-container"]
NO_KEYS = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
UTF16 = "\udcff\udcfe{\0}\0"
HTML: Reply = {"body": "<html><title>Sign in</title></html>", "headers": {"Content-Type": "text/html"}}


def refusal(code: str, message: str = "no", status: int = 400) -> list[Reply]:
    return [{"status": status, "body": json.dumps({"__type": code, "message": message})}]


Case = tuple[list[str], Mapping[str, str | None], list[Reply], list[str]]

#: Where Python sees a comma after the last member: at the comma, up to 3.12 at what stands behind it.
AT_THE_COMMA = sys.version_info >= (3, 13)
LAST_LINE = [' "b",', "    ^"] if AT_THE_COMMA else ["}", "^"]


def behind(column: int) -> str:
    """The line that marks a comma after the last member, which stands in ``column``."""
    return " " * (column if AT_THE_COMMA else column + 1) + "^"


#: Words behind `sagemaker`, variables, replies of the service, and the lines of the block.
CASES: list[Case] = [
    # Documents and shorthand
    ([*CONTAINER, '{"Image":"a",}'], {}, [], ['{"Image":"a",}', behind(12), "~no comma after the last"]),
    ([*CONTAINER, '{"日本語":"a",}'], {}, [], ['{"日本語":"a",}', behind(13), "~no comma after the last"]),
    ([*CONTAINER, "{'Image':'a'}"], {}, [], ["{'Image':'a'}", " ^", "~double quotes"]),
    ([*CONTAINER, "{Image:a}"], {}, [], ["{Image:a}", " ^", '~Image has no quotes. JSON wants "Image"']),
    ([*CONTAINER, '{"Image": None}'], {}, [], ['{"Image": None}', "          ^", "~JSON writes null where"]),
    ([*CONTAINER, '{"Image": "a" "Mode": 1}'], {}, [],
     ['{"Image": "a" "Mode": 1}', "              ^", "~A comma is missing"]),
    ([*CONTAINER, "{“Image”: 1}"], {}, [], ["{“Image”: 1}", " ^", "~typographic quotes"]),
    ([*CONTAINER, '{"A":\n "b",\n}'], {}, [], [*LAST_LINE, "~no comma after the last"]),
    ([*CONTAINER, "Image=語,Mode={a"], {}, [], ["Image=語,Mode={a", "                ^", "~wants quotes of its own"]),
    ([*CONTAINER, "'{\"Image\": 1}'"], {}, [], ["'{\"Image\": 1}'", "^", "~have reached the program"]),
    ([*CONTAINER, "model.json"], {}, [], ["~model.json is a file. To read the value from it, write file://model.json"]),
    ([*CONTAINER, "other.json"], {}, [], ["~there is no file of that name here"]),
    ([*CONTAINER, "file://modle.json"], {}, [], ["~Nearest in that folder: model.json"]),
    ([*CONTAINER, "file://utf16.json"], {}, [], ["~utf16.json is UTF-16"]),
    ([*CONTAINER, "file://bom.json"], {}, [], ["~", "~", "~Key=Value"]),
    (["create-model", "--cli-input-json", "model.json"], {}, [], ["~write file://model.json"]),
    (["create-model", "--cli-input-json", "file://bom.json"], {}, [], ["~", "~", "~byte order mark"]),
    (["create-model", "--cli-input-json", '{"a": ["b"'], {}, [], ['{"a": ["b"', "          ^", "~]} is missing"]),
    (["create-model", "--cli-input-yaml", "a:\n\t- b"], {}, [], [" - b", "^", "~not with tabs"]),
    ([*MODEL, "--tags", "fileb://model.json"], {}, [], ["~--tags takes text"]),
    # Options, keys, values
    (["describe-model", "--model-nmae", "x"], {}, [], ["--model-nmae was probably meant as --model-name"]),
    (["describe-model", "--modelname=x"], {}, [], ["--modelname was probably meant as --model-name"]),
    (["list-models", "--max-reslts=3"], {}, [], ["Did you mean --max-results?"]),
    (["list-models", "--regoin=x"], {}, [], ["Did you mean --region?"]),
    ([*CONTAINER, "Imgae=a"], {}, [], ["--primary-container: Imgae was probably meant as Image"]),
    (["create-model", "--cli-input-json", '{"modelName": "m"}'], {}, [],
     ["The request: modelName was probably meant as ModelName"]),
    ([*CONTAINER, "Image=a,b"], {}, [], ["~--primary-container at Image is one text, and a comma ends a text"]),
    (["create-endpoint-config", "--endpoint-config-name", "c", "--production-variants",
      "VariantName=v,InitialInstanceCount=x"], {}, [],
     ["--production-variants, at [0].InitialInstanceCount: 'x' is no number"]),
    (["update-endpoint-weights-and-capacities", "--endpoint-name", "e", "--desired-weights-and-capacities",
      "VariantName=v,DesiredWeight=heavy"], {}, [],
     ["--desired-weights-and-capacities, at [0].DesiredWeight: 'heavy' is no number"]),
    (["list-models", "--max-results", "x"], {}, [], ["--max-results: 'x' is no number"]),
    (["list-models", "--cli-read-timeout", "x"], {}, [], ["--cli-read-timeout: 'x' is no number"]),
    (["list-models", "--sort-by", "name"], {}, refusal("ValidationException"),
     ["--sort-by: name is none of its values; nearest: Name"]),
    (["list-models", "--creation-time-after=-3d"], {}, [{"body": "{}"}], ["~--creation-time-after: -3d"]),
    (["list-models", "--creation-time-after=-1h"], {}, [{"body": "{}"}], [r"~For 1h ago write 20\d\d-"]),
    (["list-models", "--creation-time-after", "yesterday"], {}, [],
     ["--creation-time-after: yesterday is no point in time. Write 2024-05-31T12:00:00Z, or seconds since 1970"]),
    ([*MODEL, "--enable-network-isolation", "false"], {}, [],
     ["--enable-network-isolation takes no value: write --no-enable-network-isolation alone"]),
    ([*MODEL, "--tags", "Key=a", "Value=b"], {}, [], ["~--tags: a blank begins another element"]),
    ([*MODEL, "--tags", "Key=a,Value=b,Key=c,Value=d"], {}, [],
     ["Key=a,Value=b,Key=c,Value=d", "              ^", "~Several elements stand with a blank between them"]),
    (["create-model", "--cli-input-json", "[]"], {}, [], ["The document has to be one object: {...}"]),
    (["create-model", "--cli-input-json", ""], {}, [], ["The text is empty"]),
    (["create-model", "--cli-input-yaml", "model.json"], {}, [], ["~write file://model.json"]),
    (["create-model", "--cli-input-json", "file://nowhere/x.json"], {}, [], ["There is no folder nowhere"]),
    # Settings
    (["list-models", "--endpoint-url", "localhost:1"], {}, [], ["~begins with http:// or https://"]),
    (["list-models", "--region", "us_east_1"], {}, [], ["~meant as us-east-1?"]),
    (["list-models", "--profile", "astray"], {}, [], ["~source_profile of profile astray is prood", ]),
    (["list-models"], {"AWS_CONFIG_FILE": "{CWD}/broken.ini"}, [], ["~Line 2 of "]),
    (["list-models"], {"AWS_DEFAULT_REGION": None}, [],
     ["~Give --region", "Profiles with a region: prod (us-west-2); choose one by --profile", "~[dev]"]),
    (["list-models", "--profile", "dev"], {}, [],
     ["~has a section [dev]: there it has to be called [profile dev]"]),
    (["list-models", "--profile", "prd"], {}, [], ["Nearest: prod"]),
    (["list-models"], {"AWS_PROFILE": "zzz"}, [], ["~Profiles that there are: prod, sso, role", "~[dev]"]),
    (["list-models"], {"AWS_PROFILE": ""}, [], ["~AWS_PROFILE is set to nothing"]),
    (["list-models"], {"AWS_MAX_ATTEMPTS": ""}, [], ["~AWS_MAX_ATTEMPTS is set to nothing"]),
    (["list-models"], {"AWS_MAX_ATTEMPTS": "many"}, [], ["~AWS_MAX_ATTEMPTS is set to 'many'"]),
    (["list-models"], NO_KEYS, [], ["~There is no profile `default`", "~[dev]"]),
    (["list-models", "--profile", "sso"], {}, [], ["Renew the session: aws sso login --profile sso"]),
    (["list-models", "--profile", "role"], {}, [], ["Renew the session: aws sso login --profile sso"]),
    (["list-models", "--profile", "talks"], {}, [], ["~credential_process of profile talks has to print"]),
    (["list-models"], {"AWS_SECRET_ACCESS_KEY": None}, [], ["~go together"]),
    # The service
    (["list-models"], {}, refusal("ExpiredTokenException"), ["~These credentials come from variables"]),
    (["list-models", "--profile", "static"], {}, refusal("ExpiredToken"), ["~Profile static holds keys in"]),
    (["list-models"], {}, refusal("UnrecognizedClientException"), ["~The service does not know these keys"]),
    (["delete-model", "--model-name", "m"], {},
     refusal("AccessDeniedException", "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: "
             "sagemaker:DeleteModel on resource: arn:aws:sagemaker:us-east-1:1:model/m because no identity-based "
             "policy allows the sagemaker:DeleteModel action"),
     ["Missing permission: sagemaker:DeleteModel on arn:aws:sagemaker:us-east-1:1:model/m",
      "Caller: arn:aws:sts::1:assumed-role/r/s (profile default)"]),
    (["delete-model", "--model-name", "m"], {}, refusal("AccessDeniedException"),
     ["Missing permission: sagemaker:DeleteModel on *", "~aws sts get-caller-identity"]),
    (["list-models"], {}, [HTML], ["~(text/html) is none of the service's answers"]),
    (["list-models"], {}, [{**HTML, "status": 403}], ["~(text/html) is none of the service's answers"]),
    (["list-models"], {}, [{"body": "please sign in"}], ["~is none of the service's answers"]),
    (["describe-model", "--model-name", "m"], {}, [{"body": '{"CreationTime": 1700000000000}'}],
     ["~counts milliseconds"]),
    (["list-models"], {"AWS_ENDPOINT_URL_SAGEMAKER": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1",
                       "NO_PROXY": "localhost,10.0.0.0/8"}, [],
     ["~NO_PROXY has 10.0.0.0/8: networks never match", "~AWS_ENDPOINT_URL_SAGEMAKER: is the program there"]),
    # What went well
    (["delete-image-version", "--image-name", "i", "--version", "3"], {}, [],
     ["~delete-image-version was not run. Write --version-number 3"]),
    (["list-models", "--query", "'Models[].ModelName'"], {}, [{"body": "{}"}],
     ["""~Write --query "Models[].ModelName\""""]),
    (["describe-model", "--model-name", "m", "--output", "text"], {"AWS_CLI_OUTPUT_ENCODING": "ascii"},
     [{"body": '{"ModelName": "é"}'}], ["~set AWS_CLI_OUTPUT_ENCODING=utf-8"]),
]  # fmt: skip


def fits(line: str, expected: str) -> bool:
    """``~`` begins a part of the line, which is a pattern if it holds a backslash."""
    if not expected.startswith("~"):
        return line == expected
    part = expected[1:]
    return bool(re.search(part, line)) if "\\" in part else part in line


@pytest.fixture
def laid(stage: Stage) -> Stage:
    files = {"model.json": "{}", "bom.json": "\ufeff{}", "utf16.json": UTF16, "broken.ini": "[default]\nregion\n"}
    stage.lay(stage.work, files)
    stage.lay(stage.home, {".aws/config": CONFIG})
    return stage


@pytest.mark.parametrize(
    ("words", "variables", "replies", "lines"), CASES, ids=[" ".join(case[0][-2:])[-40:] for case in CASES]
)
def test_what_is_said(
    look: Look,
    laid: Stage,
    endpoint: Endpoint,
    words: list[str],
    variables: Mapping[str, str | None],
    replies: list[Reply],
    lines: Sequence[str],
) -> None:
    laid.set(variables)
    seen: list[Any] = []
    for terminal in (True, False):
        endpoint.script(replies)
        seen.append(look("sagemaker", *words, terminal=terminal))
    at_terminal, in_pipe = seen
    assert len(at_terminal.hints) == len(lines), at_terminal.stderr
    for line, expected in zip(at_terminal.hints, lines, strict=True):
        assert fits(line, expected), (line, expected)
    assert (at_terminal.code, at_terminal.stdout, at_terminal.before) == (in_pipe.code, in_pipe.stdout, in_pipe.stderr)
    assert "Hint" not in in_pipe.stderr


MANY: Reply = {"body": json.dumps({"Models": [{"ModelName": f"model-{n:05}"} for n in range(20_000)]})}


@pytest.mark.parametrize(
    ("tail", "replies", "line"),
    [
        (">&-", [{"body": '{"Models": [{"ModelName": "m"}]}'}], "Standard output is closed"),
        ("| head -n1", [MANY], "The program that read the output has ended"),
    ],
)
def test_streams_that_are_gone(
    look: Look, laid: Stage, endpoint: Endpoint, tail: str, replies: list[Reply], line: str
) -> None:
    laid.environ["AWS_DEFAULT_OUTPUT"] = "text" if "head" in tail else "json"
    endpoint.script(replies)
    seen = look("sagemaker", "list-models", tail=tail)
    endpoint.script(replies)
    assert look("sagemaker", "list-models", tail=tail, terminal=False).stderr == seen.before
    assert seen.code == 255
    assert line in seen.hints[0]
    assert "AWSSHADOW_BROKEN_PIPE" not in " ".join(seen.hints), "there is no such variable under the name aws"
    endpoint.script(replies)
    own = look("sagemaker", "list-models", name="awsshadow", tail=tail)
    assert ("AWSSHADOW_BROKEN_PIPE=quiet" in " ".join(own.hints)) == ("head" in tail)


def test_an_ascii_locale(look: Look, laid: Stage, endpoint: Endpoint) -> None:
    laid.environ |= {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"}
    endpoint.script([{"body": '{"ModelName": "é"}'}])
    seen = look("sagemaker", "describe-model", "--model-name", "m", "--output", "text")
    assert seen.code == 255
    assert "(LC_ALL=C), which has no such character. Set AWS_CLI_OUTPUT_ENCODING=utf-8" in seen.hints[0]


def test_a_damaged_sign_in_cache(look: Look, laid: Stage) -> None:
    digest = hashlib.sha1(b"corp").hexdigest()
    laid.lay(laid.home, {f".aws/sso/cache/{digest}.json": '{"accessToken": "tok'})
    seen = look("sagemaker", "list-models", "--profile", "sso")
    assert (seen.code, f"'{digest}'" in seen.before) == (255, True)
    assert seen.hints == [
        (
            f"The file of the sign-in session, ~/.aws/sso/cache/{digest}.json, is damaged. Write a new one: "
            "aws sso login --profile sso"
        )
    ]


NAMES: Reply = {"body": json.dumps({"Models": [{"ModelName": name} for name in ("churn-v1", "churn-v2", "other")]})}
ABSENT = matching("DescribeModel", refusal("ValidationException", "Could not find model")[0])


def test_names_that_there_are(look: Look, laid: Stage, endpoint: Endpoint, tmp_path: Path) -> None:
    laid.environ["XDG_CACHE_HOME"] = str(tmp_path)  # names are remembered for a while
    endpoint.script([ABSENT, matching("ListModels", NAMES)])
    seen = look("sagemaker", "describe-model", "--model-name", "chrun-v1")
    assert seen.hints == ["--model-name: nearest in us-east-1: churn-v1, churn-v2"]
    assert [r["headers"]["x-amz-target"] for r in endpoint.requests()] == [
        "SageMaker.DescribeModel", "SageMaker.ListModels",
    ]  # fmt: skip


def test_nothing_is_listed_in_a_pipe_nor_for_what_is_made(look: Look, laid: Stage, endpoint: Endpoint) -> None:
    endpoint.script([ABSENT])
    look("sagemaker", "describe-model", "--model-name", "absent-1", terminal=False)
    assert len(endpoint.requests()) == 1
    endpoint.script(refusal("ValidationException"))
    look("sagemaker", "create-model", "--model-name", "absent-2")
    assert len(endpoint.requests()) == 1


@pytest.mark.parametrize("answer", [{"fault": "hang", "seconds": 20}, refusal("ThrottlingException")[0]])
def test_a_listing_that_fails_is_not_waited_for(
    look: Look, laid: Stage, endpoint: Endpoint, tmp_path: Path, answer: Reply
) -> None:
    laid.environ["XDG_CACHE_HOME"] = str(tmp_path)
    endpoint.script([ABSENT, matching("ListModels", answer)])
    begin = time.monotonic()
    seen = look("sagemaker", "describe-model", "--model-name", "absent-3")
    assert (seen.code, seen.hints) == (254, [])
    assert time.monotonic() - begin < 15
    assert len(endpoint.requests()) == 2


def test_in_a_sandbox_nothing_is_called(look: Look, laid: Stage, tmp_path: Path) -> None:
    laid.environ["AWSSHADOW_SANDBOX"] = str(tmp_path / "sandbox")
    made = look("sagemaker", "create-model", "--model-name", "churn", "--execution-role-arn",
                "arn:aws:iam::111122223333:role/r", "--primary-container", "Image=i", name="awsshadow")  # fmt: skip
    assert made.code == 0
    seen = look("sagemaker", "describe-model", "--model-name", "chrun", name="awsshadow")
    assert (seen.code, seen.hints) == (254, ["--model-name: nearest in us-east-1: churn"])


def test_an_invalid_choice_that_the_message_says_nothing_about(look: Look, laid: Stage) -> None:
    assert look("sagemaker", "models").hints == ["Nearest: list-models"]
    assert look("sagemaker", "list-modls").hints == []


def test_under_its_own_name_there_are_other_ways(look: Look, laid: Stage, endpoint: Endpoint) -> None:
    endpoint.script([{"body": "{}"}])
    [line] = look("sagemaker", "list-models", "--creation-time-after=-2d", name="awsshadow").hints
    assert "For 2d ago write now-2d, or 20" in line
    seen = look("sagemaker", "list-models", "--sort-by", "name", "--dry-run", name="awsshadow")
    assert seen.hints == ["--sort-by: name is none of its values; nearest: Name"]


WRONG = ["sagemaker", "describe-model", "--model-nmae", "x"]


@pytest.mark.parametrize(
    ("variables", "words", "coloured"),
    [
        ({"TERM": "xterm"}, [], True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, [], False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, ["--color", "on"], True),
        ({"TERM": "xterm"}, ["--color", "off"], False),
        ({"TERM": "dumb"}, [], False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, [], True),
        ({"TERM": "dumb", "CLICOLOR_FORCE": "0"}, [], False),
        ({"TERM": "dumb", "CLICOLOR_FORCE": "1"}, [], True),
    ],
)
def test_colour(look: Look, laid: Stage, variables: dict[str, str | None], words: list[str], coloured: bool) -> None:
    laid.set(variables)
    seen = look(*words, *WRONG)
    text = "Hint: --model-nmae was probably meant as --model-name"
    assert seen.stderr.endswith(f"\x1b[2m{text}\x1b[0m\n" if coloured else f"\n{text}\n")
    assert ("\x1b" in seen.stderr) == coloured


@pytest.mark.parametrize("columns", [40, 80])
def test_lines_fit_the_terminal(look: Look, laid: Stage, columns: int) -> None:
    document = json.dumps({"Image": "語" * 100, "Mode": "x"})[:-1] + ",}"
    seen = look("sagemaker", *CONTAINER, document, columns=columns)
    excerpt, mark = seen.hints[:2]
    assert excerpt.startswith("...")
    assert all(width(line) + 6 <= columns for line in seen.hints)
    assert width(excerpt[: excerpt.rindex(",") if AT_THE_COMMA else excerpt.index("}")]) == mark.index("^")


def width(text: str) -> int:
    return sum(2 if char == "語" else 1 for char in text)


def test_secrets_are_struck_out(look: Look, laid: Stage) -> None:
    secret = "canary/0123456789+abcdefghij"
    laid.environ["AWS_SECRET_ACCESS_KEY"] = secret
    seen = look("sagemaker", *CONTAINER, f'{{"Environment": {{"K": "{secret}",}}}}')
    assert seen.hints
    assert not any(secret in line for line in seen.hints)


@pytest.mark.parametrize("name", ["aws", "awsshadow"])
@pytest.mark.parametrize("breaking", [*'/?#\\" '])
def test_pieces_of_a_password_in_an_address_are_struck_out(look: Look, laid: Stage, breaking: str, name: str) -> None:
    laid.environ["AWS_MAX_ATTEMPTS"] = "1"
    words = ["sagemaker", "list-models", "--endpoint-url", f"http://user:canaryone{breaking}canarytwo@127.0.0.1:1/"]
    assert "canaryone" in look(*words, name=name, terminal=False).stderr
    seen = look(*words, name=name)
    assert "[ERROR]" in seen.before
    assert "canary" not in seen.stderr


def test_what_somebody_typed_does_not_drive_the_terminal(look: Look, laid: Stage) -> None:
    seen = look("sagemaker", *CONTAINER, '{"a\x1b[2J": 1,}')
    assert "\x1b" not in seen.stderr
    assert seen.hints[0] == '{"a\\x1b[2J": 1,}'
    assert seen.hints[1].index("^") == seen.hints[0].index("\\x1b")
