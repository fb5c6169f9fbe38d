"""Commands made of parts of recorded ones, in the form of recorded cases without expectation.

What the recorded cases vary one at a time meets here: the settings of one, the responses of another, the
options of a third, and now and then a slip of the pen. The same seed and index give the same command for as
long as the recorded cases stay the same. Nothing drawn here can leave the machine: whatever has no endpoint
is sent through a proxy that is the endpoint of the case.
"""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

from tests.support.cases import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support.cases import Case

#: Options any command takes, with a value; their words are taken from one case to another.
GLOBAL = ("--output", "--query", "--cli-error-format", "--color", "--region", "--profile", "--max-items", "--page-size")
SWITCHES = ("--no-paginate", "--no-sign-request", "--no-verify-ssl", "--no-cli-pager", "--no-cli-auto-prompt", "--v")

#: What slips of the pen are made of.
SLIPS = (*"=,[]{}'\"\\@:.-#!&*|>%~?0 \n\t", "é", "\ufeff", "{}", "[]", "null", "1e5", "0x1F", "''", "-1", "<<", "---\n")

#: Text in which a slip could run another command or name another host.
UNTOUCHED = ("://", "credential_process", "[toplevel]", "alias")

#: Lines of a profile, one setting each, as they should be and as they should not.
SETTINGS: dict[str, Sequence[str]] = {
    "region": ("eu-west-1", "cn-north-1", "bad region", "", "aws-global"),
    "output": ("json", "text", "table", "yaml", "yaml-stream", "off", "", "bogus", "JSON"),
    "cli_timestamp_format": ("iso8601", "wire", "none", "", "ISO8601"),
    "cli_error_format": ("legacy", "json", "yaml", "text", "table", "enhanced", "bogus", ""),
    "cli_pager": ("", "cat", "less -R"),
    "cli_binary_format": ("base64", "raw-in-base64-out", "bogus", ""),
    "cli_auto_prompt": ("off", "on-partial", "bogus"),
    "cli_help_output": ("terminal", "url", "bogus"),
    "cli_follow_urlparam": ("true", "false", "x"),
    "parameter_validation": ("true", "false", "False", "x", ""),
    "retry_mode": ("standard", "adaptive", "legacy", "bogus", "", "STANDARD"),
    "max_attempts": ("1", "2", "5", "0", "-1", "x", "", "1.5"),
    "use_fips_endpoint": ("true", "false", "x", ""),
    "use_dualstack_endpoint": ("true", "false", "x", ""),
    "endpoint_url": ("{ENDPOINT}", "{ENDPOINT}/base", "http://127.0.0.1:1", "bogus", ""),
    "ignore_configured_endpoint_urls": ("true", "false", "x"),
    "services": ("s", "missing", ""),
    "ca_bundle": ("", "missing.pem", "  "),
    "defaults_mode": ("standard", "auto", "legacy", "bogus", "mobile"),
    "tcp_keepalive": ("true", "x"),
    "user_agent_appid": ("app", "a" * 60, "bad app/ü"),
    "aws_access_key_id": ("AKFILE", ""),
    "aws_secret_access_key": ("secretfile", ""),
    "aws_session_token": ("token", ""),
    "aws_account_id": ("123456789012", ""),
    "account_id_endpoint_mode": ("preferred", "required", "bogus"),
    "sts_regional_endpoints": ("legacy", "regional", "x"),
    "request_min_compression_size_bytes": ("1", "x", "-1", "99999999999"),
    "disable_request_compression": ("true", "x"),
    "request_checksum_calculation": ("when_required", "bogus"),
    "response_checksum_validation": ("when_supported", "bogus"),
    "sigv4a_signing_region_set": ("*", "us-east-1"),
    "auth_scheme_preference": ("sigv4", "sigv4a,bogus", "httpBearerAuth"),
    "source_profile": ("default", "dev", "missing"),
    "role_arn": ("arn:aws:iam::123456789012:role/x", ""),
    "credential_source": ("Environment", "Bogus"),
    "metadata_service_timeout": ("1", "x"),
    "nested": ("\n  key = value", "\n  key"),
    "s3": ("\n  max_concurrent_requests = 1",),
}
PROFILES = ("default", "default", "default", "profile default", "profile dev", "profile 'a b'", "dev", "services s")
VARIABLES: dict[str, Sequence[str | None]] = {
    "AWS_DEFAULT_REGION": (None, "", "eu-west-1", "bad region", "us-iso-east-1"),
    "AWS_REGION": ("us-west-2", "", "cn-north-1", "-x"),
    "AWS_DEFAULT_OUTPUT": ("json", "text", "table", "yaml", "yaml-stream", "off", "", "bogus"),
    "AWS_PROFILE": ("dev", "default", "missing", "", "a b"),
    "AWS_DEFAULT_PROFILE": ("dev", "missing", ""),
    "AWS_CLI_ERROR_FORMAT": ("legacy", "json", "yaml", "text", "table", "enhanced", "bogus", ""),
    "AWS_RETRY_MODE": ("standard", "adaptive", "legacy", "bogus", ""),
    "AWS_MAX_ATTEMPTS": ("1", "2", "5", "0", "-1", "x", "", " 3 "),
    "AWS_USE_FIPS_ENDPOINT": ("true", "false", "x", ""),
    "AWS_USE_DUALSTACK_ENDPOINT": ("true", "false", "x", ""),
    "AWS_ENDPOINT_URL": ("{ENDPOINT}", "{ENDPOINT}/all", "bogus", ""),
    "AWS_ENDPOINT_URL_SAGEMAKER": (None, None, "{ENDPOINT}/one", "", "bogus", "{ENDPOINT}/"),
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": ("true", "false", "x", ""),
    "AWS_CA_BUNDLE": ("", "missing.pem"),
    "REQUESTS_CA_BUNDLE": ("", "missing.pem"),
    "AWS_ACCESS_KEY_ID": (None, "", "AKFILE", "AK ID"),
    "AWS_SECRET_ACCESS_KEY": (None, ""),
    "AWS_SESSION_TOKEN": ("token", ""),
    "AWS_SECURITY_TOKEN": ("old", ""),
    "AWS_CREDENTIAL_EXPIRATION": ("2001-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "bogus", ""),
    "AWS_SHARED_CREDENTIALS_FILE": ("{HOME}/none", ""),
    "AWS_CONFIG_FILE": ("{HOME}/none", "~/.aws/config", ""),
    "AWS_CLI_FILE_ENCODING": ("utf-8", "latin-1", "bogus", ""),
    "AWS_CLI_OUTPUT_ENCODING": ("utf-8", "latin-1", "ascii", "bogus", ""),
    "PYTHONIOENCODING": ("latin-1", "ascii:replace"),
    "AWS_CLI_AUTO_PROMPT": ("off", "bogus", ""),
    "AWS_CLI_COLOR": ("on",),
    "AWS_EC2_METADATA_DISABLED": ("TRUE", ""),
    "AWS_DEFAULTS_MODE": ("standard", "auto", "bogus", "legacy"),
    "AWS_SDK_UA_APP_ID": ("app", "bad app"),
    "AWS_STS_REGIONAL_ENDPOINTS": ("legacy", "x"),
    "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES": ("1", "x"),
    "AWS_ACCOUNT_ID": ("123456789012",),
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": ("required", "bogus"),
    "AWS_AUTH_SCHEME_PREFERENCE": ("sigv4", "bogus"),
    "AWS_ROLE_ARN": ("arn:aws:iam::123456789012:role/x",),
    "HTTP_PROXY": ("{ENDPOINT}", "http://127.0.0.1:1", "", "127.0.0.1:1"),
    "HTTPS_PROXY": ("{ENDPOINT}", ""),
    "NO_PROXY": ("127.0.0.1", "localhost", ""),
    "TZ": ("Asia/Tokyo", "UTC"),
    "LANG": ("C", "de_DE.ISO-8859-1", ""),
    "COLUMNS": ("40", "x"),
}
#: What an interpreter looks at when it starts. With aliases only one of the two programs is started anew
#: (``tests/support/program.py``), the other is forked from one that is running.
AT_START = ("PYTHONIOENCODING", "LANG")
REGIONS = (
    "us-east-1", "eu-west-3", "ap-southeast-5", "us-gov-west-1", "us-gov-east-1", "cn-north-1", "cn-northwest-1",
    "us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isof-south-1", "eu-isoe-west-1", "eusc-de-east-1",
    "mars-north-1", "us-gov-moon-1", "cn-future-9", "us-iso-moon-1", "us-isob-future-1", "eusc-xx-west-2",
    "fips-us-east-1", "us-east-1-fips", "us-east-1-fips-gov", "fips-us-gov-west-1", "aws-global", "us_east_1",
    "us-east-1.", ".us", "-us", "us-east-1-", "a" * 64, "ünïcode", "US-EAST-1", "1", "us-east-1/x", "",
    "us-west-1", "us-west-2", "ca-west-1", "mx-central-1", "il-central-1", "me-central-1", "af-south-1",
)  # fmt: skip
STATUSES = (200, 200, 301, 302, 307, 400, 403, 404, 409, 413, 429, 500, 502, 503, 504, 509)
BODIES = (
    "", "{}", "[]", "null", "not json", '"x"', "5", '{"a":', "<html>502</html>", '{"__type": "X"}',
    '{"code": "X", "message": "m"}',
    '{"message": "only message"}', '{"Message": "Capital", "message": ""}',
    '{"__type": "ValidationException", "message": "x", ',
    '{"__type": "com.amazonaws.sagemaker#ResourceNotFound", "message": "no such thing"}',
    '{"__type": "", "message": null}',
    '{"__type": "http://a/b#c:ResourceNotFound:", "message": 5}', '{"__type": 5, "message": {"a": 1}}',
    '{"__type": null}',
    '{"__type": "ThrottlingException", "message": "Rate exceeded"}', '{"__type": "ResourceInUse", "message": ""}',
    '{"__type": "ResourceLimitExceeded", "message": "line1\\nline2\\ttab \\u00e9"}',
    '{"__type": "ConflictException", "message": "c"}',
    '{"__type": "RequestTimeTooSkewed", "message": "Signature expired"}',
    '{"__type": "InternalFailure", "message": "oops"}',
    '{"__type": "ExpiredTokenException", "message": "The security token included in the request is expired"}',
    '{"__type": "UnrecognizedClientException", "message": "The security token included in the request is invalid."}',
    '{"__type": "AccessDeniedException", "message": "User: x is not authorized", "Detail": {"a": [1, "b"]}, "n": 1.50}',
    '{"Error": {"Code": "C", "Message": "nested"}}', '{"__type": "X#", "message": "m"}',
    '{"__type": "#X", "message": ["a"]}',
    '{"__type": "ValidationException", "errors": [{"a": 1}], "message": "many", "Retry": 5, "b": true, "z": null}',
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {}, {}, {"x-amzn-RequestId": "11111111-2222-3333-4444-555555555555"},
    {"x-amzn-errortype": "HeaderException:http://internal/"},
    {"x-amzn-query-error": "Query.Code;Sender"}, {"x-amzn-query-error": "nosemicolon"}, {"x-amzn-query-error": ";"},
    {"x-amzn-errortype": ""}, {"x-amz-request-id": "r", "x-amz-id-2": "h"}, {"Content-Type": "text/html"},
    {"Content-Type": ""},
    {"Location": "http://127.0.0.1:1/x"}, {"Retry-After": "1"}, {"x-amz-retry-after": "100"}, {"x-amzn-RequestId": ""},
    {"Date": "Tue, 14 Nov 2000 22:13:20 GMT"}, {"Content-Encoding": "gzip"}, {"Transfer-Encoding": "identity"},
)  # fmt: skip


class Recombiner:
    """Draws commands from the parts of the recorded ones."""

    def __init__(self, seed: int, kinds: Sequence[str] = ()) -> None:
        self._seed = seed
        self._kinds: dict[str, list[Case]] = {}
        for case in load():
            self._kinds.setdefault(case["kind"], []).append(case)
        self._chosen = sorted(kinds or self._kinds)
        every = [case for cases in self._kinds.values() for case in cases]
        self._options = {name: sorted({v for c in every for v in values(c["argv"], name)}) for name in GLOBAL}
        self._configured = [case for case in every if case.get("env") or case.get("home")]

    def case(self, index: int) -> Case:
        """The command number ``index``."""
        rng = Random(f"{self._seed}/{index}")
        source = rng.choice(self._kinds[rng.choice(self._chosen)])
        parts = ("argv", "env", "files", "home", "stdin", "responses")
        drawn: Case = json.loads(json.dumps({name: source[name] for name in parts if name in source}))
        changes: list[Callable[[Random, Case], None]] = [
            self._option, self._world, self._answer, slip, setting, variable, failure, region, words,
        ]  # fmt: skip
        for change in rng.choices(changes, (4, 2, 2, 4, 3, 3, 3, 1, 1), k=rng.choice((1, 1, 2, 2, 3, 4))):
            change(rng, drawn)
        confine(drawn)
        return {"id": f"mixed-{self._seed}-{index}", "kind": "mixed", **drawn}

    def _option(self, rng: Random, drawn: Case) -> None:
        """An option of some other command."""
        if rng.random() < 0.15:
            drawn["argv"].append(rng.choice(SWITCHES))
            return
        name = rng.choice(GLOBAL)
        if self._options[name]:
            drawn["argv"] += [name, rng.choice(self._options[name])]

    def _world(self, rng: Random, drawn: Case) -> None:
        """Settings of some other command."""
        other = rng.choice(self._configured)
        for part in ("env", "home"):
            drawn[part] = {**drawn.get(part, {}), **other.get(part, {})}

    def _answer(self, rng: Random, drawn: Case) -> None:
        """Responses of some other command, often of one of the same operation."""
        same = [case for case in self._kinds["call"] + self._kinds["format"] if case["argv"][:2] == drawn["argv"][:2]]
        kinds = ("error", "output-hand", "format", "paginate", "paginate-hand", "wait")
        other = rng.choice(same) if same and rng.random() < 0.4 else rng.choice(self._kinds[rng.choice(kinds)])
        fit = [reply for reply in other.get("responses", []) if reply.get("fault") != "hang"]
        drawn["responses"] = (drawn.get("responses", []) if rng.random() < 0.3 else []) + fit


def values(argv: list[str], name: str) -> list[str]:
    """The words that follow ``name``."""
    return [argv[at + 1] for at, word in enumerate(argv[:-1]) if word == name]


def slip(rng: Random, drawn: Case) -> None:
    """Change a few characters of a word, a file, standard input or a response."""
    places: list[tuple[Any, Any]] = [(drawn["argv"], at) for at in range(2, len(drawn["argv"]))] * 2
    places += [(drawn[part], name) for part in ("files", "home") for name in drawn.get(part, {})] * 3
    places += [(drawn, "stdin")] * ("stdin" in drawn) * 3
    places += [(reply, "body") for reply in drawn.get("responses", []) if reply.get("body")]
    if not places:
        return
    holder, key = rng.choice(places)
    text = holder[key]
    if text is None or any(word in text for word in UNTOUCHED):
        return
    for _ in range(rng.choice((1, 1, 2, 3))):
        at = rng.randrange(len(text) + 1)
        end = at + rng.choice((0, 0, 1, 1, 2, 5))
        text = text[:at] + rng.choice(("", rng.choice(SLIPS), rng.choice(SLIPS), text[at:end] * 2)) + text[end:]
    holder[key] = text.replace("\0", "")


def setting(rng: Random, drawn: Case) -> None:
    """Lines of the config file."""
    home = drawn.setdefault("home", {})
    lines = [f"[{rng.choice(PROFILES)}]"]
    for name in rng.sample(sorted(SETTINGS), rng.choice((1, 1, 2, 4))):
        lines.append(f"{name} = {rng.choice(SETTINGS[name])}")
    if rng.random() < 0.1:
        lines += ["[services s]", rng.choice(("sagemaker =\n  endpoint_url = {ENDPOINT}/s", "sagemaker = x", "x = y"))]
    if rng.random() < 0.03:
        lines.append(
            rng.choice(("no value", "[broken", "= x", "; comment", " indented = 1", "[default]", "a: b", "é = ü"))
        )
    name = rng.choice((".aws/config", ".aws/config", ".aws/config", ".aws/credentials"))
    before = home.get(name, "") if rng.random() < 0.5 else ""
    home[name] = before + "\n".join(lines) + "\n"


def variable(rng: Random, drawn: Case) -> None:
    """Variables of the environment."""
    environ = drawn.setdefault("env", {})
    for name in rng.sample(sorted(VARIABLES), rng.choice((1, 1, 2, 3))):
        environ[name] = rng.choice(VARIABLES[name])


def failure(rng: Random, drawn: Case) -> None:
    """A response no user wants, first or later."""
    reply: dict[str, Any] = {"status": rng.choice(STATUSES), "body": rng.choice(BODIES)}
    headers = {**rng.choice(HEADERS), **rng.choice(HEADERS)}
    if headers:
        reply["headers"] = headers
    if rng.random() < 0.12:
        reply = {"fault": rng.choice(("close", "truncate"))}
    replies = drawn.setdefault("responses", [])
    replies.insert(rng.choice((0, 0, 0, len(replies))), reply)
    if rng.random() < 0.3:
        del replies[1:]


def region(rng: Random, drawn: Case) -> None:
    """A region, and an endpoint that the region decides."""
    drawn["argv"] += ["--region", rng.choice(REGIONS)]
    if rng.random() < 0.8:
        environ = drawn.setdefault("env", {})
        environ |= {"AWS_ENDPOINT_URL_SAGEMAKER": None, "HTTPS_PROXY": "{ENDPOINT}", "AWS_MAX_ATTEMPTS": "1"}
        for name in ("AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"):
            if rng.random() < 0.4:
                environ[name] = "true"


def words(rng: Random, drawn: Case) -> None:
    """Leave a word out, say it twice, or say it elsewhere."""
    argv = drawn["argv"]
    if len(argv) < 3:
        return
    word = argv.pop(rng.randrange(len(argv)))
    for _ in range(rng.choice((0, 1, 1, 2))):
        argv.insert(rng.randrange(len(argv) + 1), word)


def confine(drawn: Case) -> None:
    """See to it that no request goes anywhere but to the endpoint of the case, and both programs start alike."""
    environ = drawn.setdefault("env", {})
    if not environ.get("HTTPS_PROXY"):
        environ["HTTPS_PROXY"] = "{ENDPOINT}"
    environ["AWS_EC2_METADATA_DISABLED"] = "true"
    if environ.get("AWS_MAX_ATTEMPTS") is None and environ.get("AWS_ENDPOINT_URL_SAGEMAKER", "") is None:
        environ["AWS_MAX_ATTEMPTS"] = "1"
    drawn["responses"] = [reply for reply in drawn.get("responses", []) if reply.get("fault") != "hang"]
    if ".aws/cli/alias" in drawn.get("home", {}):
        for name in AT_START:
            environ.pop(name, None)
