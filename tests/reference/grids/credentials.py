"""Where credentials come from: programs, roles, sessions, containers."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import LIST, NO_KEYS, SOME_ENDPOINTS, case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reference.grids.scenes import Environ, Reply
    from tests.support.cases import Case


BASE: Environ = {**NO_KEYS, "AWS_ENDPOINT_URL_STS": "{ENDPOINT}", "HTTPS_PROXY": "{ENDPOINT}", "AWS_MAX_ATTEMPTS": "1"}
RESULT = (
    "<AssumeRoleResponse xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>"
    "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
    "</AssumeRoleResult></AssumeRoleResponse>"
)
XML = {"Content-Type": "text/xml"}
REFUSED = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
WORKED: list[Reply] = [
    {"status": 200, "headers": XML, "body": RESULT},
    {"status": 200, "body": json.dumps(SOME_ENDPOINTS)},
]


def credentials() -> Iterator[Case]:
    """What each source gives, or fails to give, and what is then sent."""
    yield from processes()
    yield from roles()
    yield from containers()


def processes() -> Iterator[Case]:
    """``credential_process``: what programs print, and programs that fail."""
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
            LIST, SOME_ENDPOINTS, env=BASE, home={".aws/config": f"[default]\ncredential_process = echo '{answer}'\n"}
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
        yield case(LIST, SOME_ENDPOINTS, env=BASE, home={".aws/config": f"[default]\ncredential_process = {process}\n"})


def roles() -> Iterator[Case]:
    """Profiles, alone and one by another, and what STS answers."""
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
    answered: tuple[list[Reply], ...] = (WORKED, [{"status": 403, "headers": XML, "body": REFUSED}])
    for line, replies in itertools.product(lines, answered):
        text = f"[default]\n{line}{rest}".replace("{R}", "arn:aws:iam::123456789012:role/x")
        yield {"argv": LIST, "env": BASE, "home": {".aws/config": text, "tok": "jwt"}, "responses": replies}
        yield {"argv": LIST, "env": {**BASE, "AWS_ACCESS_KEY_ID": "AKBASE", "AWS_SECRET_ACCESS_KEY": "sb"},
               "home": {".aws/config": text, "tok": "jwt"}, "responses": replies}  # fmt: skip


def containers() -> Iterator[Case]:
    """Endpoints of containers and tokens of the web, and what they answer."""
    given: tuple[Environ, ...] = (
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
    container: tuple[list[Reply], ...] = (
        [{"status": 200, "body": json.dumps(keys)}, WORKED[1]], [{"status": 200, "body": "{}"}],
        [{"status": 200, "body": "x"}],
        [{"status": 403, "body": "no"}], [{"status": 500, "body": ""}], [{"fault": "close"}], WORKED,
        [{"status": 200, "body": json.dumps({**keys, "Expiration": "2001-01-01T00:00:00Z"})}],
    )  # fmt: skip
    for environ, replies in itertools.product(given, container):
        yield {"argv": LIST, "env": {**BASE, **environ}, "home": {"tok": "jwt"}, "responses": replies}
