"""Commands laid out in grids: each combination of a few short lists, in the form of recorded cases without expectation.

The recorded cases hold some points of each grid; here are all of them, and more along each axis.
"""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, Any

from tests.reference.complaints import complaints
from tests.reference.files import written
from tests.reference.recombine import REGIONS
from tests.support.cases import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Case

FORMATS = ("json", "text", "table", "yaml", "yaml-stream", "off")
ERROR_FORMATS = ("legacy", "json", "yaml", "text", "table", "enhanced", "bogus", "JSON")
SOME_ENDPOINT = {
    "EndpointName": "prod", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/prod",
    "EndpointConfigName": "cfg", "EndpointStatus": "InService", "CreationTime": 1700000000,
    "LastModifiedTime": 1700000000.5, "ProductionVariants": [
        {"VariantName": "a", "CurrentWeight": 1.0, "CurrentInstanceCount": 2, "DeployedImages": [{"Image": "i"}]},
        {"VariantName": "b", "CurrentWeight": 0.25},
    ],
}  # fmt: skip
SOME_ENDPOINTS = {
    "Endpoints": [
        {"EndpointName": f"ep-{n}", "CreationTime": 1700000000 + n, "EndpointStatus": "InService"} for n in (0, 1)
    ]
}
DESCRIBE = ["sagemaker", "describe-endpoint", "--endpoint-name", "prod"]
LIST = ["sagemaker", "list-endpoints"]
NO_KEYS: dict[str, str | None] = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
QUERIES = (
    "Endpoints[].EndpointName", "Endpoints[0]", "ProductionVariants[].[VariantName,CurrentWeight]", "CreationTime",
    "length(not_null(Endpoints,ProductionVariants))", "*", "@", "keys(@)", "{a: EndpointName, b: `1`}", "`null`",
    "`[[]]`",
    "`\"x\"`", "`true`", "`1.0`", "`[1, [2, [3]]]`", "`{\"a\": {\"b\": []}}`", "`[]`", "`{}`", "`\"\"`", "''", "[]",
    "[@, @]",
    "EndpointStatus == 'InService'", "ProductionVariants[?CurrentWeight > `0.5`]",
    "ProductionVariants[::-1].VariantName",
    "max_by(ProductionVariants, &CurrentWeight)", "sum(ProductionVariants[].CurrentWeight)", "join(',', keys(@))",
    "ProductionVariants[*].{n: VariantName, d: DeployedImages}", "ProductionVariants[].DeployedImages[]",
    "to_string(@)",
    "to_number('1e2')", "avg(`[]`)", "reverse(EndpointName)", "merge(@, `{\"x\": 1}`)", "sort(keys(@))", "values(@)",
    "type(@)",
    "ceil(`1.5`)", "abs(`-1`)", "contains(EndpointName, 'r')", "map(&VariantName, ProductionVariants)", "to_array(@)",
    "nope()",
    "length(`1`)", "sort(`[1, \"a\"]`)", "@.", "'", "`", "&a", "a.b.c[", "foo(", "EndpointName[0]", "\"EndpointName\"",
    "[*", "!@",
    "EndpointName || 'x'", "Nope && 'x'", "(EndpointName)", "\"", "$", "`1` == `1.0`", "  EndpointName  ",
    "EndpointName\n",
)  # fmt: skip


def grids() -> dict[str, Iterator[Case]]:
    """All grids by what they are about, which is often a kind of recorded case."""
    return {
        "global": globals_(), "config": errors(), "profiles": profiles(), "endpoint": endpoints(),
        "credentials": credentials(), "faults": faults(), "words": words(), "alias": aliases(),
        "output": outputs(), "paginate": paging(), "cli-input": documents(), "values": values(),
        "skeleton": skeletons(),
        "wait": waits(), "complaints": complaints(), "files": written(),
    }  # fmt: skip


def every(names: list[str] | None = None) -> list[Case]:
    """The commands of the grids ``names``, of all when there are none, numbered."""
    return [
        {"id": f"{kind}-grid-{number}", "kind": kind, **case}
        for kind, cases in grids().items()
        if not names or kind in names
        for number, case in enumerate(cases)
    ]


def case(argv: list[str], *bodies: Any, **parts: Any) -> Case:
    """A command, and what it is answered: documents, or text."""
    replies = [{"status": 200, "body": body if isinstance(body, str) else json.dumps(body)} for body in bodies]
    return {"argv": argv, "responses": replies, **parts}


def globals_() -> Iterator[Case]:
    operations = ((DESCRIBE, SOME_ENDPOINT), (LIST, SOME_ENDPOINTS))
    for (argv, body), format in itertools.product(operations, FORMATS):
        flag = ["--output", format]
        yield case(argv, body, env={"AWS_DEFAULT_OUTPUT": format})
        yield case(argv, body, home={".aws/config": f"[default]\noutput = {format}\n"})
        yield case([*flag, *argv], {})
        for color in ("on", "off", "auto"):
            yield case([*argv, *flag, "--color", color], body)
        for query in QUERIES:
            yield case([*argv, *flag, "--query", query], body)


def errors() -> Iterator[Case]:
    refusal = [
        {
            "status": 400,
            "body": json.dumps({"__type": "ValidationException", "message": "no such thing", "Detail": "d"}),
        }
    ]
    detailed = {
        "__type": "ResourceInUse",
        "message": "m\nm",
        "n": 1,
        "l": [1, {"a": []}],
        "z": None,
        "t": True,
        "e": {},
    }
    tags = ["sagemaker", "add-tags", "--resource-arn", "a", "--tags", "x"]
    scenes: list[Case] = [
        {"argv": DESCRIBE, "responses": refusal},
        {"argv": DESCRIBE, "responses": [{"status": 400, "body": json.dumps(detailed)}]},
        {"argv": DESCRIBE[:2]}, {"argv": [*LIST, "--query", "foo["]}, {"argv": tags}, {"argv": LIST, "env": NO_KEYS},
        {"argv": LIST, "env": {"AWS_ENDPOINT_URL_SAGEMAKER": "http://127.0.0.1:1"}},
        {"argv": ["sagemaker", "describe-endpont"]},
        {"argv": LIST, "env": {"AWS_DEFAULT_REGION": None}}, {"argv": [*LIST, "--nope"]},
        {"argv": [*LIST, "--profile", "p"]},
        {"argv": [*LIST, "--max-items", "x"]},
        {"argv": ["sagemaker", "wait", "endpoint-deleted", "--endpoint-name", "e"],
                                                "responses": [{"status": 200, "body": '{"EndpointStatus": "Failed"}'}]},
        {"argv": [*LIST, "--output", "bad"]}, {"argv": LIST, "env": {"AWS_DEFAULT_OUTPUT": "bad"}}, {"argv": []},
        {"argv": [*LIST, "--query", "length(`1`)"]}, {"argv": [*DESCRIBE, "--cli-input-json", "[]"]},
        {"argv": LIST, "responses": [{"status": 200, "body": "[]"}]}, {"argv": LIST, "responses": [{"fault": "close"}]},
    ]  # fmt: skip
    for scene, format in itertools.product(scenes, ERROR_FORMATS):
        environ = scene.get("env", {})
        yield {**scene, "argv": [*scene["argv"], "--cli-error-format", format]}
        yield {**scene, "env": {**environ, "AWS_CLI_ERROR_FORMAT": format}}
        yield {**scene, "home": {".aws/config": f"[default]\ncli_error_format = {format}\n"}}
    sections = {"default": "text", "profile json": "json", "profile x": "x"}
    home = {".aws/config": "".join(f"[{name}]\ncli_error_format = {format}\n" for name, format in sections.items())}
    wrong = (
        "--query foo[",
        "--endpoint-url x",
        "--output x",
        "--nope",
        "--max-items x",
        "--page-size 0",
        "--cli-read-timeout x",
        "x",
    )
    for options, profile in itertools.product(wrong, ("json", "x", "none")):
        yield {"argv": [*LIST, *options.split(), "--profile", profile], "home": home}
        yield {"argv": [*LIST, *options.split()], "home": home, "env": {"AWS_PROFILE": profile}}


def profiles() -> Iterator[Case]:
    files = {
        ".aws/config": "[default]\nregion = eu-west-1\n\n[profile dev]\nregion = ap-northeast-1\noutput = text\n\n"
        "[profile noreg]\noutput = yaml\n\n[bare]\noutput = table\n",
        ".aws/credentials": "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = secretfile\n\n[dev]\n"
        "aws_access_key_id = AKDEV\naws_secret_access_key = secretdev\naws_session_token = tokdev\n",
    }
    chosen: tuple[tuple[list[str], dict[str, str]], ...] = (
        ([], {}), (["--profile", "dev"], {}), (["--profile", "noreg"], {}), (["--profile", "missing"], {}),
        (["--profile", ""], {}),
        ([], {"AWS_PROFILE": "dev"}), ([], {"AWS_DEFAULT_PROFILE": "dev"}), ([], {"AWS_PROFILE": "missing"}),
        ([], {"AWS_PROFILE": "dev", "AWS_DEFAULT_PROFILE": "noreg"}), (["--profile", "noreg"], {"AWS_PROFILE": "dev"}),
        ([], {"AWS_PROFILE": ""}), (["--profile", "bare"], {}), (["--profile", "default"], {"AWS_PROFILE": "missing"}),
    )  # fmt: skip
    keys: tuple[dict[str, str | None], ...] = (
        {},
        {**NO_KEYS},
        {"AWS_SECRET_ACCESS_KEY": None},
        {"AWS_ACCESS_KEY_ID": None},
    )
    regions: tuple[dict[str, str | None], ...] = ({}, {"AWS_DEFAULT_REGION": None}, {"AWS_REGION": "us-west-2"})
    for (words, named), key, region, home in itertools.product(chosen, keys, regions, (files, {})):
        yield case([*LIST, *words], SOME_ENDPOINTS, env={**named, **key, **region}, home=home)


def credentials() -> Iterator[Case]:
    base = {**NO_KEYS, "AWS_ENDPOINT_URL_STS": "{ENDPOINT}", "HTTPS_PROXY": "{ENDPOINT}", "AWS_MAX_ATTEMPTS": "1"}
    answers = (
        '{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s"}', '{"Version": 1, "AccessKeyId": "AKPROC"}',
        '{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "bad"}',
        '{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s", "Expiration": "2099-01-01T00:00:00Z"}',
        '{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s", "SessionToken": "", "AccountId": "1"}',
        '{"Version": 1, "SecretAccessKey": "s"}', '{"Version": "1"}', "{}", "[]", "null", "", "5", '"x"',
        '{"AccessKeyId": "a", "SecretAccessKey": "s"}', '{"Version": 1, "AccessKeyId": null, "SecretAccessKey": "s"}',
    )  # fmt: skip
    for answer in answers:
        yield case(
            LIST, SOME_ENDPOINTS, env=base, home={".aws/config": f"[default]\ncredential_process = echo '{answer}'\n"}
        )
    for process in (
        "missing-program",
        "",
        "false",
        "sh -c 'echo oops >&2; exit 3'",
        "'unbalanced",
        "cat '{HOME}/none'",
        "true",
    ):
        yield case(LIST, SOME_ENDPOINTS, env=base, home={".aws/config": f"[default]\ncredential_process = {process}\n"})
    lines = (
        "role_arn = {R}\nsource_profile = base",
        "role_arn = {R}\nsource_profile = base\nexternal_id = e\nduration_seconds = 1000",
        "role_arn = {R}\nsource_profile = base\nduration_seconds = x",
        "role_arn = {R}\nsource_profile = base\nrole_session_name = a b",
        "role_arn = {R}\nsource_profile = base\nmfa_serial = m", "role_arn = {R}",
        "role_arn = {R}\nsource_profile = default",
        "role_arn = {R}\nsource_profile = loop", "role_arn = {R}\nsource_profile = empty",
        "role_arn = {R}\nsource_profile = chain",
        "role_arn = {R}\nsource_profile = base\ncredential_source = Environment",
        "role_arn = {R}\ncredential_source = Environment",
        "role_arn = {R}\ncredential_source = EcsContainer", "role_arn = {R}\ncredential_source = environment",
        "source_profile = base",
        "role_arn =\nsource_profile = base", "role_arn = bogus\nsource_profile = base",
        "role_arn = {R}\nsource_profile = half",
        "role_arn = {R}\nweb_identity_token_file = {HOME}/tok\nrole_session_name = s",
        "role_arn = {R}\nweb_identity_token_file = none",
        "web_identity_token_file = {HOME}/tok", "role_arn = {R}\nsource_profile = process",
        "role_arn = {R}\nsource_profile = sso",
        "aws_access_key_id = AKFILE", "aws_secret_access_key = x", "aws_access_key_id =\naws_secret_access_key =",
        "aws_access_key_id = AKFILE\naws_secret_access_key = secretfile\naws_session_token = t",
        "sso_start_url = https://x",
        "sso_session = s", "sso_session = s\nsso_account_id = 1",
        "sso_session = s\nsso_account_id = 1\nsso_role_name = r",
        "sso_session = none\nsso_account_id = 1\nsso_role_name = r",
        "sso_session =\nsso_account_id = 1\nsso_role_name = r",
        "sso_start_url = https://x\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = r",
        "sso_account_id = 1\nsso_role_name = r",
        "sso_session = s\nsso_start_url = https://y\nsso_account_id = 1\nsso_role_name = r",
        "sso_session = part\nsso_account_id = 1\nsso_role_name = r",
        "login_session = arn:aws:iam::123456789012:user/x", "login_session =",
        "login_session = {R}\nregion = us-east-1",
        "role_arn = {R}\nsource_profile = base\nsts_regional_endpoints = legacy",
        "role_arn = {R}\nsource_profile = base\nregion = cn-north-1",
    )  # fmt: skip
    rest = (
        "\n[profile base]\naws_access_key_id = AKBASE\naws_secret_access_key = sb\n[profile empty]\n[profile half]\n"
        "aws_access_key_id = AKBASE\n"
        "[profile loop]\nrole_arn = {R}\nsource_profile = default\n[profile chain]\n"
        "role_arn = {R}\nsource_profile = base\n"
        '[profile process]\ncredential_process = echo \'{"Version":1,"AccessKeyId":"AKPROC","SecretAccessKey":"s"}\'\n'
        "[profile sso]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n[sso-session s]\n"
        "sso_region = us-east-1\nsso_start_url = https://x\n[sso-session part]\nsso_region = us-east-1\n"
    )
    result = (
        "<AssumeRoleResponse xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>"
        "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
        "</AssumeRoleResult></AssumeRoleResponse>"
    )
    xml = {"Content-Type": "text/xml"}
    refused = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
    worked: list[dict[str, Any]] = [
        {"status": 200, "headers": xml, "body": result},
        {"status": 200, "body": json.dumps(SOME_ENDPOINTS)},
    ]
    answered: tuple[list[dict[str, Any]], ...] = (worked, [{"status": 403, "headers": xml, "body": refused}])
    for line, replies in itertools.product(lines, answered):
        text = f"[default]\n{line}{rest}".replace("{R}", "arn:aws:iam::123456789012:role/x")
        yield {"argv": LIST, "env": base, "home": {".aws/config": text, "tok": "jwt"}, "responses": replies}
        yield {"argv": LIST, "env": {**base, "AWS_ACCESS_KEY_ID": "AKBASE", "AWS_SECRET_ACCESS_KEY": "sb"},
               "home": {".aws/config": text, "tok": "jwt"}, "responses": replies}  # fmt: skip
    given: tuple[dict[str, str | None], ...] = (
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "{ENDPOINT}/c"},
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/c"},
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "{ENDPOINT}/c", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\nb"},
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "{ENDPOINT}/c", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "{HOME}/tok"},
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "{ENDPOINT}/c", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "{HOME}/none"},
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "bogus"}, {"AWS_CONTAINER_CREDENTIALS_FULL_URI": ""},
        {"AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/x", "AWS_WEB_IDENTITY_TOKEN_FILE": "{HOME}/tok",
         "AWS_ROLE_SESSION_NAME": "s"},
        {"AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/x", "AWS_WEB_IDENTITY_TOKEN_FILE": "{HOME}/none"},
        {"AWS_WEB_IDENTITY_TOKEN_FILE": "{HOME}/tok"}, {"AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/x"},
    )  # fmt: skip
    keys = {"AccessKeyId": "AKECS", "SecretAccessKey": "s", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}
    container: tuple[list[dict[str, Any]], ...] = (
        [{"status": 200, "body": json.dumps(keys)}, worked[1]], [{"status": 200, "body": "{}"}],
        [{"status": 200, "body": "x"}],
        [{"status": 403, "body": "no"}], [{"status": 500, "body": ""}], [{"fault": "close"}], worked,
        [{"status": 200, "body": json.dumps({**keys, "Expiration": "2001-01-01T00:00:00Z"})}],
    )  # fmt: skip
    for environ, replies in itertools.product(given, container):
        yield {"argv": LIST, "env": {**base, **environ}, "home": {"tok": "jwt"}, "responses": replies}


def faults() -> Iterator[Case]:
    fault: tuple[dict[str, Any], ...] = (
        {"fault": "hang", "seconds": 3}, {"fault": "close"}, {"fault": "truncate"}, {"fault": "truncate", "body": ""},
        {"status": 500, "headers": {"Retry-After": "1"}, "body": "{}"},
        {"status": 429, "body": '{"__type": "SlowDown"}'},
    )  # fmt: skip
    good = {"status": 200, "body": json.dumps(SOME_ENDPOINTS)}
    operations = (LIST, DESCRIBE, ["sagemaker", "add-tags", "--resource-arn", "a", "--tags", "Key=a,Value=b"])
    for argv, reply, count, limit in itertools.product(operations, fault, (1, 2, 5), ("1", "2", "3", None)):
        if reply.get("fault") == "hang" and limit not in ("1", "2"):
            continue
        timeout = ["--cli-read-timeout", "1"] if reply.get("fault") == "hang" else []
        yield {"argv": argv + timeout, "env": {"AWS_MAX_ATTEMPTS": limit}, "responses": [reply] * count + [good]}


def endpoints() -> Iterator[Case]:
    for region, fips, dualstack in itertools.product(REGIONS, (False, True), (False, True)):
        environ: dict[str, str | None] = {
            "AWS_ENDPOINT_URL_SAGEMAKER": None,
            "AWS_MAX_ATTEMPTS": "1",
            "HTTPS_PROXY": "{ENDPOINT}",
        }
        environ |= {"AWS_USE_FIPS_ENDPOINT": "true"} if fips else {}
        environ |= {"AWS_USE_DUALSTACK_ENDPOINT": "true"} if dualstack else {}
        yield case([*LIST, "--region", region], SOME_ENDPOINTS, env=environ)
    proxies = (
        "{ENDPOINT}",
        "http://127.0.0.1:1",
        "",
        "127.0.0.1:1",
        "http://u:p@127.0.0.1:1",
        "socks5://127.0.0.1:1",
    )
    names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY")
    for name, proxy, excluded in itertools.product(names, proxies, (None, "127.0.0.1", "*", "localhost,.0.0.1")):
        environ = {name: proxy, "NO_PROXY": excluded, "AWS_MAX_ATTEMPTS": "1"}
        yield case(LIST, SOME_ENDPOINTS, env=environ)
        yield case(LIST, SOME_ENDPOINTS, env={**environ, "AWS_ENDPOINT_URL_SAGEMAKER": "https://localhost:1"})


def aliases() -> Iterator[Case]:
    text = next(case["home"] for case in load() if case["kind"] == "alias")
    commands = (
        "sm list-endpoints", "sm", "eps", "eps --output json", "eps --max-items 1", "eps extra", "hello", "hello a b",
        "hello 'a b'",
        "badalias", "loop", "loop x", "loud", "loud --output json", "multi", "multi --query length(Endpoints)",
        "sagemaker ls",
        "sagemaker ls --output json", "sagemaker show", "sagemaker show prod", "sagemaker show prod --output text",
        "sagemaker sh",
        "sagemaker sh a b", "sagemaker sh 'a b' $HOME", "sagemaker list-models", "sagemaker list-models --max-items 1",

        "sagemaker fails", "sagemaker fails x", "sagemaker lss", "ep", "--output yaml eps",
        "sagemaker --output yaml ls", "sm ls",
        "--region eu-west-1 loud", "sagemaker ls --nope", "sagemaker wait ls", "--version eps", "hello --version",
        "--profile x hello",
    )  # fmt: skip
    for command in commands:
        words = command.replace("'a b'", "a_b").split()
        yield case([word.replace("a_b", "a b") for word in words], SOME_ENDPOINTS, home=text)


def words() -> Iterator[Case]:
    """Command lines as people mistype them, one word each separated by a bar."""
    lines = (
        "--output|json|--output|text", "--region|a|--region|eu-west-1", "--query|a|--query|Endpoints[0]", "--output=",
        "--region=",
        "--profile=", "--query=", "--endpoint-url=", "--ca-bundle=", "--ca-bundle|none.pem", "--cli-connect-timeout=",
        "--cli-connect-timeout| 5 ", "--cli-read-timeout|1_0", "--cli-read-timeout|1.5", "--color=", "--color|ON",
        "--no-verify-ssl=1",
        "--no-sign-request|x", "--out|text", "--no-p", "--no", "--no-", "--re|x", "--regio|eu-west-1", "--prof|x",
        "--q|[]", "--c",
        "--cli|x", "--cli-read|5", "--v", "--ver", "--max", "--max-r|1", "--max-items|1|--max-items|2", "--m|1",
        "--name|x", "--name-c|x",
        "--sort|x", "--sort-by|Name|--sort-by|Status", "--sort-by", "--sort-by=", "--status-equals=--x",
        "--status-equals|--x",
        "--status-equals|-x", "--status-equals|-1", "--status-equals|-1e5", "--max-results|-5", "--max-results=-5",
        "--max-items|-1",
        "--max-items=-1", "-", "--", "--|--", "--|--output|text", "x|y", "--x|y", "--x=y", "-h", "--help", "-v",
        "-o|text", "--output|TEXT",
        "--Output|text", "--output text", "--output|text ", " --output|text", "--name-contains|*",
        "--name-contains|file:///dev/stdin",
        "--name-contains|file://v.txt", "--name-contains|fileb://v.txt", "--name-contains|file://none",
        "--name-contains|file://.",
        "--name-contains|file://bad.txt", "--name-contains|fileb://bad.txt", "--name-contains|file://~/v.txt",
        "--name-contains|file://$HOME/v",
        "--name-contains|file://bom.txt", "--name-contains|file://empty.txt", "--name-contains|FILE://v.txt",
        "--name-contains| file://v.txt",
        "--name-contains|file:v.txt", "--name-contains|http://127.0.0.1:1/", "--name-contains|https://127.0.0.1:1/",
        "--name-contains|\udcff",
        "--name-contains|é", "--name-contains|\n", "--name-contains=", "--name-contains=a=b", "--name-contains|a|b",
        "--no-cli-pager",
        "--no-cli-pager=x", "--cli-binary-format|x", "--cli-binary-format|base64", "--cli-binary-format",
        "--no-paginate=1",
        "--no-paginate|--no-paginate", "--paginate", "--cli-input-json", "--cli-input-json|{}|--cli-input-yaml|{}",
        "--cli-input-json|-",
        "--cli-input-json|{}|--cli-input-json|[]", "--cli-input-json|{\"MaxResults\": 5}",
        "--cli-input-json|{\"PaginationConfig\": {}}",
        "--cli-input-json|{\"NextToken\": \"t\"}", "--cli-input-json|{\"MaxResults\": 5}|--max-items|1",
        "--generate-cli-skeleton=output",
        "--generate-cli-skeleton|input|--generate-cli-skeleton|output", "--generate-cli-skeleton|--output|text",
        "--cli-error-format=",
        "--cli-error-format|JSON|--nope", "--endpoint-url|//x", "--endpoint-url|ftp://x",
        "--endpoint-url|{ENDPOINT}/a b", "--endpoint-url|http://",
        "--endpoint-url|{ENDPOINT}#f", "--endpoint-url|http://x y/", "--endpoint-url|http:/127.0.0.1:1",
        "--endpoint-url| {ENDPOINT}",
        "--endpoint-url|http://127.0.0.1:x/", "--endpoint-url|http://127.0.0.1:99999/",
        "--endpoint-url|{ENDPOINT}/a/../b", "--endpoint-url|http://[::1/",
    )  # fmt: skip
    files = {"v.txt": "from file\n", "bad.txt": "\udcff\udcfe", "bom.txt": "\ufeffx", "empty.txt": ""}
    for line in lines:
        given = line.split("|")
        yield case([*LIST, *given], SOME_ENDPOINTS, files=files, home={"v.txt": "home"}, stdin="from stdin")
        yield case([*given, *LIST], SOME_ENDPOINTS, files=files)
        yield case(["sagemaker", *given, "describe-endpoint"], SOME_ENDPOINT, files=files)
    prompts = ("on", "on-partial", "off", "ON", "x", "")
    asked = ("list-endpoints", "list-endpoint", "describe-endpoint", "list-endpoints --nope", "")
    for mode, line in itertools.product(prompts, asked):
        yield case(
            ["sagemaker", *line.split(), "--no-cli-auto-prompt"], SOME_ENDPOINTS, env={"AWS_CLI_AUTO_PROMPT": mode}
        )
        if mode not in ("on", "on-partial"):
            yield case(["sagemaker", *line.split()], SOME_ENDPOINTS, env={"AWS_CLI_AUTO_PROMPT": mode})
    text = json.dumps({"EndpointName": "é漢😀\x1b[1m\udcff", "EndpointArn": "x"})
    encodings = ("utf-8", "latin-1", "ascii", "utf-16", "UTF8", "cp1252", "bogus", "")
    names = ("AWS_CLI_OUTPUT_ENCODING", "PYTHONIOENCODING")
    for name, encoding, format in itertools.product(names, encodings, FORMATS[:-1]):
        yield case([*DESCRIBE, "--output", format], text, env={name: encoding})


def outputs() -> Iterator[Case]:
    recorded = {c["responses"][0]["body"] for c in load() if c["kind"] == "output-hand" and c.get("responses")}
    names = (
        "", " ", "\n", "\n\n", "a\n", "\na", "a\n\nb", " a\n b", "a \nb", "a\r\nb", "\r", "\t", "a\t", "\x7f", "\x85",
        "\u2029", "\ufeff",
        "\ud800", "\U0010ffff", "\ufffe", "0", "-0", "+1", "0o17", "0b1", "1_000", "0x1F", ".5", "5.", "1e5", "-.inf",
        ".nan", ".NaN", "inf",
        "NaN", "null", "Null", "~", "yes", "No", "on", "OFF", "y", "True", "2024-01-01", "2024-01-01T00:00:00Z",
        "12:30", "1:2:3", "=", "<<", "-",
        "- a", "-a", "--", "---", "--- a", "...", "... a", "?", "? a", "?a", ":", ": a", ":a", "a:", "a: ", "a :b",
        "a:b", "#", "# a", "a #b", "a#b",
        "&a", "*a", "!a", "!!str a", "|", "|-", ">", ">-", "%a", "%", "@a", "`a", "'", "\"", "'a'", "\"a\"", "it's",
        "a\"b", "\\", "a\\nb", "[", "]", "{",
        "}", "[]", "{}", "a,b", ",", ", a", "[a", "a]", "a" * 79, "a" * 81, "word " * 30, "word  " * 30, " word" * 30,
        "x " * 39 + "yy " * 10,
        "é" * 90, "漢" * 50, "漢 " * 50, "😀 x" * 30, "a\u0301" * 50, "\u200b", "\u00a0a", "a\u00ad", "\x1b[31m",
        "\x00",
        "\x1f", "a" * 200 + "\n" + "b" * 200,
        "long text, " * 12 + "\n" + "  indented " * 12, "trailing " * 10 + "\n", "key: value\n" * 3, "- item\n" * 12,
        "#" * 100, "\t" * 3 + "x\ny",
    )  # fmt: skip
    bodies = [*recorded, *(json.dumps({"EndpointName": name}) for name in names)]
    times: tuple[Any, ...] = (1e9, -1, 1e18, 1e400, "1e3", "", None, [], True, "now", 253402300800)
    bodies += [json.dumps({"CreationTime": time}) for time in times]
    variants: tuple[Any, ...] = (
        [[]], [{"VariantName": "a", "DeployedImages": []}], [{"DeployedImages": [{}]}], "x", 5, None, [None, None],
        [5], ["a"],
        [{"VariantName": None}, {"VariantName": ""}], [{"CurrentWeight": 10**400}], [{"CurrentInstanceCount": 1.5}],
        [{"CurrentInstanceCount": "5"}], [{"CurrentWeight": "x"}], [{"CurrentWeight": True}],
        [{"CurrentServerlessConfig": {}}],
        [{"VariantName": "漢字"}, {"VariantName": "é" * 30, "CurrentWeight": 1e300}],
        [{"RoutingConfig": {"RoutingStrategy": {}}}],
    )  # fmt: skip
    bodies += [json.dumps({"ProductionVariants": rows}) for rows in variants]
    bodies += [
        '{"EndpointName": "a", "EndpointName": "b"}',
        '{"EndpointName": Infinity}',
        '{"X": -Infinity}',
        "{} x",
        "\ufeff{}",
        " {} ",
        "[{}]",
    ]
    for body, format in itertools.product(bodies, FORMATS[:-1]):
        yield case([*DESCRIBE, "--output", format], body)


def paging() -> Iterator[Case]:
    options = (
        "", "--max-items 1", "--max-items 2", "--max-items 3", "--max-items 4", "--max-items 99", "--max-items 0",
        "--max-items -1",
        "--max-items x", "--max-items", "--max-items=", "--max-items 1.5", "--page-size 2", "--page-size 0",
        "--page-size x", "--page-size -1",
        "--page-size 101", "--starting-token t1", "--starting-token=", "--starting-token None",
        "--starting-token t1___1",
        "--starting-token eyJOZXh0VG9rZW4iOiAidDEiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==",
        "--starting-token eyJhIjogMX0=",
        "--starting-token eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ== --max-items 1",
        "--starting-token bnVsbA==",
        "--starting-token W10=", "--starting-token eyJOZXh0VG9rZW4iOiAidDEiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAieCJ9",
        "--no-paginate", "--no-paginate --next-token t", "--next-token t1", "--next-token=", "--max-results 2",
        "--max-results 2 --max-items 1",
        "--next-token t1 --starting-token t1", "--max-items 1 --no-paginate", "--page-size 2 --no-paginate",
        "--page-size 2 --max-results 3",
        "--starting-token t --no-paginate", "--next-token t1 --max-items 1", "--max-results 1 --no-paginate",
        "--max-items 1 --page-size 1",
        "--query NextToken", "--query NextToken --max-items 1", "--query @ --max-items 3",
        "--query Endpoints[?EndpointName=='c']",
        "--query Endpoints[*].[EndpointName,EndpointStatus]", "--query Endpoints[].EndpointName",
        "--query length(Endpoints)",
        "--query Endpoints[0]", "--query bad[", "--query Endpoints[].EndpointName --max-items 2", "--query Nope",
        "--query [Nope]",
        "--query Endpoints[?EndpointName=='c']|[0]", "--query {n:Endpoints[].EndpointName}", "--query sum(Endpoints)",
        "--query *",
    )  # fmt: skip
    pages: list[list[Any]] = [
        [c["body"] for c in found["responses"]] for found in load() if found["id"] == "paginate-hand-0001"
    ]
    pages += [
        [{"Endpoints": [], "NextToken": "t1"}, {"Endpoints": [{"EndpointName": "z"}]}], [{"Endpoints": []}], [{}],
        [{"NextToken": "t"}, {}],
        [{"Endpoints": None, "NextToken": "t"}, {"Endpoints": [{"EndpointName": "z"}]}],
        [{"Endpoints": [{"EndpointName": "a"}], "NextToken": ""}],
        [{"Endpoints": [{"EndpointName": "a"}], "NextToken": "t"}],
        [{"Endpoints": [{"EndpointName": "a"}], "NextToken": "t"}, "[]"],
        [{"Endpoints": [{"EndpointName": "a"}], "NextToken": 5}, {"Endpoints": []}],
        [{"Endpoints": [None, {}], "NextToken": {}}, {}],
    ]  # fmt: skip
    for words, format in itertools.product(options, FORMATS[:-1]):
        yield case([*LIST, *(w for w in words.split(" ") if w), "--output", format], *pages[0])
    extras = ("", "--max-items 1", "--query Endpoints[].EndpointName", "--no-paginate")
    for bodies, format, words in itertools.product(pages[1:], FORMATS[:-1], extras):
        yield case([*LIST, *words.split(), "--output", format], *bodies)


def documents() -> Iterator[Case]:
    texts = (
        "EndpointName: yes", "EndpointName: 012", "EndpointName: 0o12", "EndpointName: 0x1F", "EndpointName: 1.0",
        "EndpointName: 1e3", "EndpointName: .5",
        "EndpointName: ~", "EndpointName:", "EndpointName: on", "EndpointName: 'it''s'", "EndpointName: \"a\\tb\"",
        "EndpointName: 2024-01-01",
        "EndpointName: 2024-01-01T00:00:00Z", "EndpointName: 2024-01-01 10:00:00 +02:00", "EndpointName: 12:30:45",
        "EndpointName: .inf", "EndpointName: .nan",
        "EndpointName: !!str 5", "EndpointName: !!int '5'", "EndpointName: !!binary aGk=",
        "EndpointName: !!python/object:os.system x", "EndpointName: !x y",
        "EndpointName: &a b", "EndpointName: *a", "a: &a b\nEndpointName: *a", "EndpointName: |\n  two\n  lines",
        "EndpointName: >-\n  two\n  lines\n\n  x",
        "? EndpointName\n: b", "- a", "a", "", " ", "# c", "---\nEndpointName: a",
        "EndpointName: a\n---\nEndpointName: b", "%YAML 1.1\n---\nEndpointName: yes",
        "%YAML 1.2\n---\nEndpointName: yes", "EndpointName: a\nEndpointName: b", "\tEndpointName: x",
        "EndpointName: [", "EndpointName: [a, b]", "EndpointName: {a: b}",
        "{EndpointName: a}", "{EndpointName: a", "EndpointName: a: b", "EndpointName: @x", "EndpointName: `x",
        "EndpointName: %x", "EndpointName: a #c",
        "<<: {EndpointName: a}", "base: &b {EndpointName: a}\n<<: *b", "1: x", "null: x", "true: x", "[a]: x",
        "? [a]\n: x", "? {a: b}\n: x", "EndpointName: a\n b\n c",
        "EndpointName: \"a", "EndpointName: 'a", "Bogus: 1", "endpointName: a",
        "EndpointName: 123456789012345678901234567890", "EndpointName: -0", "EndpointName: +1",
        "EndpointName: 1_000", "EndpointName: 0b11", "EndpointName: \"\\u00e9\\ud83d\\ude00\"",
        "EndpointName: \"\\x\"", "...", "EndpointName: a\n...\nx", "\ufeffEndpointName: a",
        "EndpointName: True", "EndpointName: NULL", "EndpointName: Null", "EndpointName: ''", "EndpointName: \"\"",
        "EndpointName: a\r\n", "EndpointName: a\x07",
        "{\"EndpointName\": \"a\"}", "{\"EndpointName\": 5}", "{\"EndpointName\": null}",
        "{\"EndpointName\": [1, 2.50, 1e400]}", "{\"EndpointName\": {\"a\": true}}", "[1]", "null", "5",
        "\"x\"", "true", "{", "{}", "{\"EndpointName\": \"a\",}", "{'EndpointName': 'a'}", "{\"EndpointName\": NaN}",
        "{\"EndpointName\": \"a\\ud800\"}", "{\"EndpointName\": \"a\"} x",
        "{\"EndpointName\": \"a\", \"EndpointName\": \"b\"}", "{\"EndpointName\": \"a\nb\"}", "// c\n{}",
        "{\"EndpointName\": 'a'}", "{\"EndpointName\": True}", "{\"a\": 1, \"b\": 2}",
        "{\"EndpointName\": \"\\x\"}", "{\"EndpointName\"}", "{\"EndpointName\": }", "{1: 2}", "\x00", "{\"\": 1}",
        "{\"EndpointName\": \"\"}", "file://x", "fileb://x", "http://127.0.0.1:1/x", "-",
    )  # fmt: skip
    for text, form in itertools.product(texts, ("json", "yaml")):
        option = f"--cli-input-{form}"
        if "\x00" not in text:
            yield case([*DESCRIBE[:2], option, text], SOME_ENDPOINT)
            yield case([*DESCRIBE, option, text], SOME_ENDPOINT)
        yield case([*DESCRIBE[:2], option, "file://in.txt"], SOME_ENDPOINT, files={"in.txt": text + "\n"})
        yield case(
            [*DESCRIBE[:2], option, "file://in.txt", "--generate-cli-skeleton", "output"], files={"in.txt": text}
        )


def values() -> Iterator[Case]:
    tags = (
        "Key=a,Value=b", "Key=a,Value=", "Key=,Value=b", "Key=a", "Value=b", "Key", "Key=a,Value", "Key=a,,Value=b",
        "Key=a;Value=b", "Key:a,Value:b", "Key==a,Value=b",
        "Key=a,Value=b=", "Key='a',Value='b'", "Key='a,Value=b", "Key=\"a,Value=b", "Key='a'b,Value=c",
        "Key=a'b',Value=c", "Key='it\\'s',Value=b", "Key='a\\b',Value=c",
        "Key=\"a\\\"b\",Value=c", "Key=\\a,Value=b", "Key=a\\,b,Value=c", "Key=a\\=b,Value=c", "Key=[a,b],Value=c",
        "Key=[],Value=c", "Key={},Value=c", "Key={a=b},Value=c", "Key=[a", "Key={a=b",
        "Key=a],Value=b", "Key=a},Value=b", "Key=a[,Value=b", "Key=a{,Value=b", "Key=a b,Value=c d",
        " Key = a , Value = b ", "Key=a\n,Value=b", "Key=\ta,Value=b", "Key=#a,Value=b", "Key=@a,Value=b",
        "Key=é,Value=ü", "Kéy=a,Value=b", "Key=a,Value=b,", ",", "=", "==", "=a", "a=", "'Key'=a,Value=b",
        "\"Key\"=a,Value=b", "Key=a,Key=b", "Key=a,Value=b,Key=c", "Key=1,Value=2", "Key=true,Value=null",
        "Key=a,Value=b,Extra=c", "key=a,value=b", "KEY=a,VALUE=b", "Key=a,Value=b Key=c,Value=d",
        "Key=a,Value@=file://v.txt", "Key@=file://v.txt,Value=b", "Key@=v.txt,Value=b", "Key@=,Value=b",
        "Key=a,Value@=file://none", "Key=a,Value@=fileb://v.txt", "Key=a,Value=file://v.txt", "Key@file=a",
        "Key=a,Value:=5", "Key=a,Value:={\"a\":1}", "Key=a,Value:=", "{Key=a,Value=b}", "[{Key=a,Value=b}]",
        "{\"Key\":\"a\",\"Value\":\"b\"}", "[{\"Key\":\"a\",\"Value\":\"b\"}]", "{\"Key\":\"a\"", "[{\"Key\":1}]",
        "[]", "{}", "[null]", "[[]]", "[\"a\"]", "null", "\"x\"", "5", "", " ", " {\"Key\":\"a\"}", "\n[]",
        "file://v.txt",
        "file://tags.json", "file://tags.txt", "fileb://tags.json", "file://none", "file://", "FILE://v.txt",
        "file:v.txt", "@v.txt", "https://127.0.0.1:1/", "http://127.0.0.1:1/", "~/x", "Key=~/x,Value=$HOME",
        "Key=a,Value=" + "b" * 300, "Key=" + "k" * 200 + ",Value=b", "Key=aws:x,Value=b", "Key=a.b-c/d:e_f,Value=g",
        "A.B=1", "A-B=1", "A/B=1", "A:B=1", "A B=1", "A+B=1", "A%B=1", "A*B=1", "A\\B=1", "A(B=1", "1=2", "-=1",
        "Key=-,Value=--",
        "Key=<a>,Value=>b", "Key=a&b,Value=c|d", "Key=a\x7f,Value=b", "Key=a\u2028,Value=b", "Key=\u00a0a,Value=b",
        "Key=😀,Value=漢", "Key=a,Value=\"\"", "Key=a,Value=''", "Key='',Value=''", "Key=a,Value=\"b",
        "Key=a,Value='b\\'", "Key=a, Value=b",
    )  # fmt: skip
    files = {"v.txt": "from file\n", "tags.json": '[{"Key": "f", "Value": "g"}]', "tags.txt": "Key=f,Value=g\n"}
    for text in tags:
        yield case(["sagemaker", "add-tags", "--resource-arn", "a", "--tags", text], {}, files=files)
        yield case(["sagemaker", "add-tags", "--resource-arn", "a", "--tags", "Key=a,Value=b", text], {}, files=files)
        yield case(
            ["sagemaker", "create-model", "--model-name", "m", "--primary-container", text.replace("Key", "Image")],
            {},
            files=files,
        )
        yield case(
            [
                "sagemaker",
                "create-model",
                "--model-name",
                "m",
                "--primary-container",
                f"Image=i,Environment={{{text}}}",
            ],
            {},
        )
        yield case(
            [
                "sagemaker",
                "create-model",
                "--model-name",
                "m",
                "--vpc-config",
                text.replace("Key", "Subnets").replace("Value", "SecurityGroupIds"),
            ],
            {},
        )
        yield case(["sagemaker", "delete-tags", "--resource-arn", "a", "--tag-keys", text], {}, files=files)
    scalars = (
        "1",
        "0",
        "-1",
        "+1",
        "01",
        "1.0",
        "1e3",
        "0x1F",
        "x",
        "",
        " 1 ",
        "1_0",
        "٣",
        "9" * 40,
        "true",
        "null",
        "[1]",
        "{}",
        "file://n.txt",
        "nan",
        "1,5",
        "inf",
        "-0",
        "\uff11",
    )
    for text, word in itertools.product(
        scalars,
        (
            ["list-endpoints", "--max-results"],
            ["update-pipeline", "--pipeline-name", "p", "--parallelism-configuration"],
        ),
    ):
        yield case(["sagemaker", *word, text], {}, files={"n.txt": "7\n"})
    times = (
        "1700000000", "1700000000.25", "-1", "1e9", "0", "2024-01-02", "2024-01-02T03:04:05", "2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05.123456+02:00", "2024-01-02 03:04", "20240102", "20240102T030405Z", "Jan 2 2024",
        "tomorrow",
        "", " ", "now", "12:30", "2024-13-01", "2024-02-30", "9999-12-31", "10000-01-01", "0001-01-01",
        "1969-12-31T23:59:59Z", "99999999999999", "1e400", "nan", "inf", "2024-W01-1", "2024-001", "2024", "24-1-2",
        "2024-01-02T24:00:00Z",
         "Tue, 02 Jan 2024 03:04:05 GMT", "2024-01-02T03:04:60Z", "1/2/2024",
        "2024-01-02T03", "\uff12\uff10\uff12\uff14-01-02", "1_000", "0x10",
        "2024-01-02T03:04:05+25:00", "2024-01-02T03:04:05,5Z", "--",
        "+5", "1700000000.9999999", "٣",
    )  # fmt: skip
    for text, zone in itertools.product(times, ("UTC", "Asia/Tokyo")):
        yield case([*LIST, "--creation-time-after", text], {}, env={"TZ": zone})


def skeletons() -> Iterator[Case]:
    names = (
        "describe-endpoint",
        "list-endpoints",
        "add-tags",
        "create-model",
        "search",
        "stop-inference-experiment",
        "delete-model",
        "list-tags",
        "nope",
    )
    for name, form in itertools.product(names, ("input", "output", "yaml-input", "", "x", "OUTPUT", None)):
        yield case(["sagemaker", name, "--generate-cli-skeleton", *([] if form is None else [form])])
    extras = (
        "--query keys(@)", "--query @", "--query nope", "--query bad[", "--output bad", "--color on", "--no-paginate",
        "--max-items 1", "--page-size 0",
        "--region=", "--profile p", "--endpoint-url x", "--cli-input-json {}", "--cli-input-yaml [", "--nope", "x",
        "--no-sign-request", "--debugx", "--cli-error-format json",
    )  # fmt: skip
    for name, format, extra in itertools.product(
        ("describe-endpoint", "list-endpoints", "list-tags"), FORMATS, ("", *extras)
    ):
        given = {"describe-endpoint": ["--endpoint-name", "e"], "list-tags": ["--resource-arn", "a"]}.get(name, [])
        yield case(["sagemaker", name, *given, "--generate-cli-skeleton", "output", "--output", format, *extra.split()])
    worlds: tuple[dict[str, str | None], ...] = (
        {"AWS_DEFAULT_REGION": None}, {"AWS_DEFAULT_REGION": ""}, {"AWS_DEFAULT_REGION": "bad region"}, NO_KEYS,
        {"AWS_PROFILE": "p"},
        {"AWS_RETRY_MODE": "x"}, {"AWS_MAX_ATTEMPTS": "x"}, {"AWS_CA_BUNDLE": "none"},
        {"AWS_ENDPOINT_URL_SAGEMAKER": "x"}, {"AWS_DEFAULT_OUTPUT": "x"},
    )  # fmt: skip
    for world, form in itertools.product(worlds, ("input", "output", "yaml-input")):
        yield case(
            ["sagemaker", "describe-endpoint", "--endpoint-name", "e", "--generate-cli-skeleton", form], env=world
        )


def waits() -> Iterator[Case]:
    commands: dict[str, tuple[list[str], str]] = {}
    for found in load():
        if found["kind"] == "wait" and found["expect"]["requests"]:
            status = re.search(r"\w+Status", json.dumps(found["responses"]))
            if status:
                commands[found["argv"][2]] = (found["argv"], status[0])
    errors = ("ValidationException", "Could not find x"), ("ValidationException", ""), ("ResourceNotFound", "gone")
    bodies = [
        json.dumps({"__type": code, "message": text}) for code, text in (*errors, ("ThrottlingException", "slow"))
    ]
    gone: list[dict[str, Any]] = [{"status": 400, "body": body} for body in bodies]
    gone += [{"status": 500, "body": ""}, {"status": 404, "body": "x"}, {"fault": "close"}, {"fault": "truncate"}]
    gone += [{"status": 200, "body": "[]"}, {"status": 200, "body": ""}]
    states: tuple[Any, ...] = (
        "InService", "Failed", "Deleting", "CREATED", "CREATE_FAILED", "DELETE_FAILED", "UPDATE_FAILED", "Stopped",
        "Completed", "Bogus", None, 5, {}, [],
    )  # fmt: skip
    extras = (
        "--output text", "--query x", "--query [", "--nope", "x", "--generate-cli-skeleton", "--cli-input-json {}",
        "--cli-error-format json",
    )  # fmt: skip
    for argv, key in commands.values():
        ends = [{"status": 200, "body": json.dumps({key: state})} for state in states] + gone
        going = {"status": 200, "body": json.dumps({key: "InProgress"})}
        for end, before in itertools.product(ends, (0, 1)):
            yield {"argv": argv, "responses": [going] * before + [end]}
        for extra in extras:
            yield {"argv": [*argv, *extra.split()], "responses": ends[:1]}
