"""No secret gets out: every place one can come in has its own canary, and none is ever seen."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from tests.end_to_end.launch import Run, below, matching, models
from tests.network_faults.provider_table import LOGIN_CONFIG, LOGIN_FILE, login_answer, login_token
from tests.support.endpoint import Endpoint
from tests.support.endpoint_server import Reply
from tests.support.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the canaries come out of POSIX shells")

#: Every canary has this in it, whatever else it is made of.
CANARY = "canary"
LIST = ["sagemaker", "list-models", "--debug"]


def canary(kind: str) -> str:
    """A secret with all characters real ones have."""
    return f"wJal+{CANARY}/{kind}=="


def xml(action: str) -> Reply:
    body = (
        f"<{action}Response><{action}Result><Credentials><AccessKeyId>ASIDROLE</AccessKeyId>"
        f"<SecretAccessKey>{canary('rolesecret')}</SecretAccessKey><SessionToken>{canary('roletoken')}</SessionToken>"
        f"<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></{action}Result></{action}Response>"
    )
    return {"body": body, "headers": {"Content-Type": "text/xml"}, "match": ""}


def answer(**members: object) -> Reply:
    return {"body": json.dumps(members), "match": ""}


MODELS = {**models(1), "match": "ListModels"}
CONTAINER = answer(
    AccessKeyId="ASIDROLE", SecretAccessKey=canary("csecret"), Token=canary("ctoken"), Expiration="2099-01-01T00:00:00Z"
)
NO_KEYS: dict[str, str | None] = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
STS: dict[str, str | None] = {**NO_KEYS, "AWS_ENDPOINT_URL_STS": "{ENDPOINT}"}
KEYS = f"aws_access_key_id = AKID\naws_secret_access_key = {canary('secret')}\naws_session_token = {canary('token')}\n"

#: Where credentials come from: environment, files below the home folder, replies of other services.
SOURCES: dict[str, tuple[dict[str, str | None], dict[str, str], list[Reply]]] = {
    "environment": (
        {"AWS_SECRET_ACCESS_KEY": canary("secret"), "AWS_SESSION_TOKEN": canary("token")},
        {},
        [],
    ),
    "security-token": ({"AWS_SECRET_ACCESS_KEY": canary("s"), "AWS_SECURITY_TOKEN": canary("t")}, {}, []),
    "credentials-file": (NO_KEYS, {".aws/credentials": "[default]\n" + KEYS}, []),
    "config-file": (NO_KEYS, {".aws/config": "[default]\n" + KEYS}, []),
    "role": (
        STS,
        {
            ".aws/config": "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n"
            f"external_id = {CANARY.upper()}\n[profile base]\n" + KEYS
        },
        [xml("AssumeRole")],
    ),
    "web-identity": (
        {**STS, "AWS_ROLE_ARN": "arn:aws:iam::1:role/r", "AWS_WEB_IDENTITY_TOKEN_FILE": "{HOME}/jwt"},
        {"jwt": f"eyJ.{CANARY}.x-_"},
        [xml("AssumeRoleWithWebIdentity")],
    ),
    "process": (
        NO_KEYS,
        {
            ".aws/config": "[default]\ncredential_process = cat {HOME}/made\n",
            "made": json.dumps(
                {
                    "Version": 1,
                    "AccessKeyId": "ASIDROLE",
                    "SecretAccessKey": canary("psecret"),
                    "SessionToken": canary("ptoken"),
                }
            ),
        },
        [],
    ),
    "container": (
        {
            **NO_KEYS,
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "{ENDPOINT}/creds",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": canary("auth"),
        },
        {},
        [CONTAINER],
    ),
    "machine": (
        {
            **NO_KEYS,
            "AWS_EC2_METADATA_DISABLED": None,
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": "{ENDPOINT}",
        },
        {},
        [
            {"body": canary("imds").replace("=", ""), "match": ""},
            {"body": "rolename", "match": ""},
            answer(
                Code="Success",
                AccessKeyId="ASIDROLE",
                SecretAccessKey=canary("isecret"),
                Token=canary("itoken"),
                Expiration="2099-01-01T00:00:00Z",
            ),
        ],
    ),
    "login": (
        {**NO_KEYS, "AWS_ENDPOINT_URL_SIGNIN": "{ENDPOINT}"},
        {".aws/config": LOGIN_CONFIG, LOGIN_FILE: login_token()},
        [answer(**login_answer())],
    ),
    "sso": (
        {**NO_KEYS, "AWS_ENDPOINT_URL_SSO": "{ENDPOINT}"},
        {
            ".aws/config": "[default]\nsso_account_id = 123456789012\nsso_role_name = r\nsso_region = us-east-1\n"
            "sso_start_url = https://example.com/start\n",
            # The name is the SHA-1 of the start URL.
            ".aws/sso/cache/1a81f4a5b84ee60b2a1f8a5a8b0c7b3a.json": "{}",
        },
        [
            answer(
                roleCredentials={
                    "accessKeyId": "ASIDROLE",
                    "secretAccessKey": canary("ssecret"),
                    "sessionToken": canary("stoken"),
                    "expiration": 4102444800000,
                }
            )
        ],
    ),
}


def prepare(stage: Stage, endpoint: Endpoint, source: str, reply: Reply) -> None:
    """Let the credentials come from ``source``, and the service answer ``reply``."""
    environ, files, replies = SOURCES[source]
    stage.set(environ)
    stage.lay(stage.home, files)
    if source == "sso":
        import hashlib

        name = hashlib.sha1(b"https://example.com/start").hexdigest()
        token = {
            "startUrl": "https://example.com/start",
            "region": "us-east-1",
            "accessToken": canary("sso"),
            "expiresAt": "2099-01-01T00:00:00Z",
        }
        stage.lay(stage.home, {f".aws/sso/cache/{name}.json": json.dumps(token)})
    named = ("ListModels", "CreateModelCard", "DescribeModelCard")
    endpoint.script([*replies, *(matching(name, reply) for name in named)])


def quiet(*texts: bytes) -> None:
    """No text has a canary in it, plain, in base64 or in a URL."""
    import base64

    for text in texts:
        seen = text.decode("utf-8", "replace")
        assert CANARY not in seen, seen[max(0, seen.index(CANARY) - 300) : seen.index(CANARY) + 100]
        assert base64.b64encode(b"wJal+" + CANARY.encode()).decode()[:12] not in seen


@pytest.mark.parametrize("status", [200, 400, 403])
@pytest.mark.parametrize("source", SOURCES)
def test_debug_shows_no_credentials(endpoint: Endpoint, stage: Stage, run: Run, source: str, status: int) -> None:
    message = json.dumps({"__type": "AccessDeniedException", "message": "no"})
    prepare(stage, endpoint, source, models(1) if status == 200 else {"status": status, "body": message})
    done = run(*LIST)
    assert done.returncode == (0 if status == 200 else 254), done.stderr
    quiet(done.stdout, done.stderr)
    sent = endpoint.requests()[-1]["headers"]
    assert sent["authorization"].rpartition("Signature=")[2] not in done.stderr.decode()
    if source not in ("security-token", "environment"):
        assert "x-amz-security-token" in sent


def test_only_role_credentials_are_kept_and_only_for_their_owner(endpoint: Endpoint, stage: Stage, run: Run) -> None:
    prepare(stage, endpoint, "role", models(1))
    before = set(below(stage.home))
    assert run("sagemaker", "list-models").returncode == 0
    added = [stage.home / name for name in sorted(set(below(stage.home)) - before)]
    holding = [path for path in added if path.is_file() and CANARY in path.read_text()]
    assert [path.parent for path in holding] == [stage.home / ".aws" / "cli" / "cache"]
    assert stat.S_IMODE(holding[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(holding[0].parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("source", [name for name in SOURCES if name != "role"])
def test_nothing_else_is_kept(endpoint: Endpoint, stage: Stage, run: Run, slices: Path, source: str) -> None:
    prepare(stage, endpoint, source, models(1))
    before = set(below(stage.home))
    assert run("sagemaker", "list-models").returncode == 0
    added = [stage.home / name for name in set(below(stage.home)) - before]
    added += [path for path in slices.rglob("*") if path.name in ("stamp", "index.json")]
    kept = [path for path in added if path.is_file() and CANARY in path.read_text()]
    # botocore keeps what these tokens were exchanged for, as the reference does.
    assert all(path.parent == stage.home / ".aws" / "cli" / "cache" for path in kept)
    assert source in ("web-identity", "sso") or not kept


CARD = json.dumps({"x": f'{CANARY} "quoted" \\ back', "y": [f"{CANARY}\n"]})
CREATE_CARD = ["create-model-card", "--model-card-name", "n", "--model-card-status", "Draft", "--content"]
OIDC = (
    f"ClientId=i,ClientSecret={CANARY},Issuer=a,AuthorizationEndpoint=a,TokenEndpoint=a,UserInfoEndpoint=a,"
    "LogoutEndpoint=a,JwksUri=a"
)
SENSITIVE = [
    *([*CREATE_CARD, content] for content in (CARD, f"it's {CANARY}, b'", f"\u00e9\u65e5{CANARY}")),
    ["create-workforce", "--workforce-name", "w", "--oidc-config", OIDC],
]


@pytest.mark.parametrize("words", SENSITIVE, ids=lambda words: words[0])
@pytest.mark.parametrize("status", [200, 400])
def test_debug_shows_no_sensitive_input(
    endpoint: Endpoint, stage: Stage, run: Run, words: list[str], status: int
) -> None:
    endpoint.script([{"status": status, "body": "{}"}])
    done = run("sagemaker", *words, "--debug")
    assert CANARY in endpoint.requests()[0]["body"]
    assert done.returncode == (0 if status == 200 else 254)
    quiet(done.stderr)


@pytest.mark.parametrize(
    ("words", "document"),
    [
        (CREATE_CARD[:1], {"ModelCardName": "n", "ModelCardStatus": "Draft", "Content": {"text": CANARY}}),
        (CREATE_CARD[:1], {"ModelCardName": "n", "ModelCardStatus": "Draft", "Content": [CANARY]}),
        (["create-workforce"], {"WorkforceName": "w", "OidcConfig": [{"ClientSecret": CANARY}]}),
        (["create-workforce"], {"WorkforceName": "w", "OidcConfig": {"ClientSecret": {CANARY: 1}}}),
    ],
)
def test_a_refused_document_is_not_repeated(
    endpoint: Endpoint, run: Run, words: list[str], document: dict[str, object]
) -> None:
    endpoint.script([])
    done = run("sagemaker", *words, "--cli-input-json", json.dumps(document))
    assert done.returncode == 252
    assert b"Invalid type for parameter" in done.stderr
    assert b"***" in done.stderr
    assert not endpoint.requests()
    quiet(done.stderr)


@pytest.mark.parametrize("content", [CARD, f"it's {CANARY}", f'say "{CANARY}', f"\u00e9{CANARY}\t", f"a\\{CANARY}\\"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_debug_shows_no_sensitive_output(
    endpoint: Endpoint, stage: Stage, run: Run, content: str, ascii_only: bool
) -> None:
    body = json.dumps({"ModelCardName": "n", "Content": content}, ensure_ascii=ascii_only)
    endpoint.script([{"body": body}])
    done = run("sagemaker", "describe-model-card", "--model-card-name", "n", "--debug")
    assert json.loads(done.stdout)["Content"] == content  # the user asked for it
    quiet(done.stderr)


def test_a_proxy_keeps_its_password(endpoint: Endpoint, stage: Stage, run: Run) -> None:
    stage.set({"HTTPS_PROXY": f"http://user:{CANARY}@127.0.0.1:9", "HTTP_PROXY": f"http://user:{CANARY}@127.0.0.1:9"})
    stage.set({"AWS_MAX_ATTEMPTS": "1", "AWS_ENDPOINT_URL_SAGEMAKER": "http://example.invalid"})
    for words in (["sagemaker", "list-models"], LIST):
        done = run(*words)
        assert done.returncode == 255
        quiet(done.stdout, done.stderr)


def test_a_service_that_says_the_token_aloud(endpoint: Endpoint, stage: Stage, run: Run) -> None:
    """As services do when a signature is wrong: they show the request they would have signed."""
    token = canary("token") + "x" * 16
    stage.set({"AWS_SECRET_ACCESS_KEY": canary("secret"), "AWS_SESSION_TOKEN": token})
    said = f"The Canonical String should have been 'POST\n/\n\nx-amz-security-token:{token}\n'"
    body = json.dumps({"__type": "InvalidSignatureException", "message": said})
    endpoint.script([{"status": 403, "body": body}])
    done = run(*LIST)
    assert done.returncode == 254
    assert b"x-amz-security-token:***\n'" in done.stderr
    quiet(done.stderr)


@pytest.mark.parametrize(
    "text",
    [
        '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "CANARY"',
        '{"Version": 2, "AccessKeyId": "a", "SecretAccessKey": "CANARY"}',
        '{"Version": 1, "SecretAccessKey": "CANARY"}',
        "CANARY",
        "[]",
    ],
)
def test_a_credential_program_that_answers_badly(endpoint: Endpoint, stage: Stage, run: Run, text: str) -> None:
    stage.set(NO_KEYS)
    stage.lay(stage.home, {".aws/config": "[default]\ncredential_process = cat {HOME}/made\n"})
    stage.lay(stage.home, {"made": text.replace("CANARY", CANARY)})
    for words in (LIST[:2], LIST):
        done = run(*words)
        assert done.returncode in (253, 255)
        quiet(done.stdout, done.stderr)


def test_configuration_that_cannot_be_read_is_not_shown(stage: Stage, run: Run) -> None:
    text = f"[default]\naws_secret_access_key = {CANARY}\naws_secret_access_key = {CANARY}\n{CANARY}\n"
    stage.set(NO_KEYS)
    for path in (".aws/credentials", ".aws/config"):
        stage.lay(stage.home, {path: text})
        for words in (LIST[:2], LIST):
            done = run(*words)
            assert done.returncode == 255
            quiet(done.stdout, done.stderr)
        os.unlink(stage.home / path)


def silent(run: Run, code: int) -> None:
    """A listing ends with ``code`` and shows no canary, with and without ``--debug``."""
    for words in (LIST[:2], LIST):
        done = run(*words)
        assert done.returncode == code, done.stderr
        quiet(done.stdout, done.stderr)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"], ids=repr)
@pytest.mark.parametrize("source", ["environment", "process"])
def test_a_token_with_a_line_break(endpoint: Endpoint, stage: Stage, run: Run, source: str, end: str) -> None:
    prepare(stage, endpoint, source, models(1))
    token = canary("token") + "x" * 16 + end
    if source == "environment":
        stage.set({"AWS_SESSION_TOKEN": token})
    else:
        made = {"Version": 1, "AccessKeyId": "A", "SecretAccessKey": canary("secret"), "SessionToken": token}
        stage.lay(stage.home, {"made": json.dumps(made)})
    silent(run, 255)


def refusal(message: str) -> Reply:
    body = (
        "<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code>"
        f"<Message>{message}</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    )
    return {"status": 403, "body": body, "headers": {"Content-Type": "text/xml"}, "match": ""}


def test_a_role_is_refused_with_the_request_said_aloud(endpoint: Endpoint, stage: Stage, run: Run) -> None:
    prepare(stage, endpoint, "role", models(1))
    endpoint.script([refusal(f"should have been 'POST x-amz-security-token:{canary('token')} {canary('token')}'")] * 2)
    silent(run, 254)


def test_an_identity_is_refused_with_its_token_said_aloud(endpoint: Endpoint, stage: Stage, run: Run) -> None:
    prepare(stage, endpoint, "web-identity", models(1))
    token = f"eyJ.{CANARY}.{'x-_' * 8}"
    stage.lay(stage.home, {"jwt": token})
    endpoint.script([refusal(f"the token {token} is of somebody else")] * 2)
    silent(run, 254)


@pytest.mark.parametrize("cut", [8, 30, 60, 75])
def test_credentials_of_a_container_that_are_cut_off(endpoint: Endpoint, stage: Stage, run: Run, cut: int) -> None:
    prepare(stage, endpoint, "container", models(1))
    body = CONTAINER["body"][:-cut]
    assert CANARY in body
    endpoint.script([{"body": body, "match": ""}] * 20)
    silent(run, 255)


@pytest.mark.parametrize("cut", [60, 150, 165])
def test_credentials_of_a_role_that_are_cut_off(endpoint: Endpoint, stage: Stage, run: Run, cut: int) -> None:
    prepare(stage, endpoint, "role", models(1))
    answer = xml("AssumeRole")
    body = answer["body"][:-cut]
    assert CANARY in body
    endpoint.script([{**answer, "body": body}] * 20)
    silent(run, 255)


def test_debug_shows_no_password_of_an_endpoint(endpoint: Endpoint, stage: Stage, run: Run) -> None:
    endpoint.script([models(1)])
    url = f"http://user:{CANARY}@127.0.0.1:{endpoint.port}"
    done = run(*LIST, "--endpoint-url", url)
    assert done.returncode == 0, done.stderr
    quiet(done.stdout, done.stderr)
