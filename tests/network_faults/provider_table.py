"""Where credentials come from, and what can go wrong there: a table of providers and faults.

A provider is a scene in which it works. A fault is what it changes of that scene: variables, files below the home
folder, answers, options. What then comes of it is recorded in ``provider_outcomes.json``.

``{ENDPOINT}`` and ``{HOME}`` stand for the endpoint and the home folder, ``{IN 240}`` for the time in 240 seconds.
Every secret has ``CANARY`` in it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.network_faults.keys import KINDS, pem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.endpoint_server import Reply

CANARY = "canary"
#: Content of a file that is a folder instead; the user who may read everything cannot read that either.
FOLDER = "{FOLDER}"
NOBODY = "http://127.0.0.1:9"
LATER, BEFORE = "2099-01-01T00:00:00Z", "2001-01-01T00:00:00Z"
ROLE = "arn:aws:iam::123456789012:role/r"
SESSION = "arn:aws:iam::123456789012:user/u"
START = "https://example.com/start"

#: Made for these tests alone: nobody's key.
KEY = (
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MHcCAQEEIKVuBq3w6Jzs35hk8l7T9E+HlO/FDBv3IkC7KAD39544oAoGCCqGSM49\n"
    "AwEHoUQDQgAEM2b/6U5Cg/1NVj2+Pprn0Mt/btb3rON7KYtwpINqc4WofnjyHEH6\n"
    "TfgtMJke5vIVx6/ywyW4Yb4TuegvQxwW8g==\n"
    "-----END EC PRIVATE KEY-----\n"
)


@dataclass(frozen=True)
class Scene:
    """What a command finds. ``environ`` None takes a variable away, ``home`` None a file."""

    environ: Mapping[str, str | None] = field(default_factory=dict)
    home: Mapping[str, str | None] = field(default_factory=dict)
    replies: tuple[Reply, ...] | None = None
    options: tuple[str, ...] = ()

    def under(self, fault: Scene) -> Scene:
        """This scene with a fault in it."""
        replies = self.replies if fault.replies is None else fault.replies
        return Scene(
            {**self.environ, **fault.environ}, {**self.home, **fault.home}, replies, (*self.options, *fault.options)
        )


def secret(kind: str) -> str:
    """A secret with all characters that real ones have."""
    return f"wJal+{CANARY}/{kind}+0123456789=="


def says(*bodies: object, status: int = 200, **headers: str) -> tuple[Reply, ...]:
    """Answers in turn, the last one again and again, to all but the service."""
    texts = [body if isinstance(body, str) else json.dumps(body) for body in bodies]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return tuple({"status": status, "body": text, "headers": named, "match": ""} for text in texts)


def breaks(fault: str) -> tuple[Reply, ...]:
    """No answer: ``close`` or ``hang``."""
    return ({"fault": fault, "seconds": 4, "match": ""},)


def broken_off(body: str, status: int = 200) -> tuple[Reply, ...]:
    """An answer that is announced longer than it comes."""
    return ({"fault": "truncate", "status": status, "body": body, "match": ""},)


def files(*names: str, **contents: str | None) -> Scene:
    """Each of ``names`` with one content."""
    return Scene(home=dict.fromkeys(names, contents["text"]))


HTML = "<html><body>Sign in to this network</body></html>"
HUGE = "x" * 3_000_000
NOT_UTF8 = b"\xff\xfe\x80".decode("utf-8", "surrogateescape")
NO_KEYS: dict[str, str | None] = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
PLACES: dict[str, str | None] = {
    **NO_KEYS,
    **{f"AWS_ENDPOINT_URL_{name}": "{ENDPOINT}" for name in ("STS", "SSO", "SSO_OIDC", "SIGNIN")},
    "AWS_METADATA_SERVICE_TIMEOUT": "1",
    "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "1",
}
NOWHERE: dict[str, str | None] = {name: NOBODY for name in PLACES if name.startswith("AWS_ENDPOINT_URL_")}
ONCE: dict[str, str | None] = {"AWS_MAX_ATTEMPTS": "1"}
QUICK = ("--cli-read-timeout", "1")

# --- keys that stand somewhere


def keys(name: str, *, key: str = "AKIDKEYS", text: str | None = None) -> str:
    """A section of a file with keys; ``text`` in place of the line of the secret key."""
    line = f"aws_secret_access_key = {secret(name)}" if text is None else text
    return f"[default]\naws_access_key_id = {key}\n{line}\naws_session_token = {secret(name + 'token')}\n"


def environment() -> tuple[Scene, dict[str, Scene]]:
    """Variables."""
    id_, key, token = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"
    good = Scene({id_: "AKIDENV", key: secret("env"), token: secret("envtoken")})
    echo = json.dumps({"__type": "InvalidSignatureException", "message": f"not {secret('envtoken')}"})
    return good, {
        "missing": Scene({id_: None, key: None, token: None}),
        "empty key": Scene({id_: ""}),
        "empty secret": Scene({key: ""}),
        "half of it": Scene({key: None}),
        "not UTF-8": Scene({key: secret("env") + NOT_UTF8}),
        "line break in the token": Scene({token: secret("envtoken") + "\n"}),
        "line break in the key": Scene({id_: "AKID\nENV"}),
        "blanks around": Scene({id_: " AKIDENV ", key: f" {secret('env')} "}),
        "huge": Scene({token: secret("envtoken") + "x" * 20_000}),
        "expired": Scene({"AWS_CREDENTIAL_EXPIRATION": BEFORE}),
        "wrong types": Scene({"AWS_CREDENTIAL_EXPIRATION": "soon"}),
        "refused by the service": Scene(replies=({"status": 403, "body": '{"__type": "ExpiredTokenException"}'},)),
        "secret echoed": Scene(replies=({"status": 403, "body": echo},)),
    }


def of_file(name: str) -> tuple[Scene, dict[str, Scene]]:
    """Keys in one of the two files."""
    kind = name.rpartition("/")[2]
    text = keys(kind)
    value = secret(kind)
    return Scene(home={name: text}), {
        "missing": files(name, text=None),
        "empty": files(name, text=""),
        "unreadable": files(name, text=FOLDER),
        "not UTF-8": files(name, text=text + f"# {NOT_UTF8}\n"),
        "cut off in a secret": files(name, text=text[: text.index(value) + 12]),
        "cut off in a name": files(name, text=text[: text.index("access_key =")]),
        "HTML": files(name, text=HTML),
        "half of it": files(name, text=f"[default]\naws_access_key_id = AKIDKEYS\n# {value}\n"),
        "empty secret": files(name, text=keys(kind, text="aws_secret_access_key =")),
        "no name of a secret": files(name, text=keys(kind, text=value)),
        "twice the same": files(name, text=text + f"aws_secret_access_key = {value}\n"),
        "no section": files(name, text=text.removeprefix("[default]\n")),
        "line break in the secret": files(name, text=keys(kind, text=f"aws_secret_access_key = {value}\n  {value}")),
        "huge": files(name, text=text + "# " + HUGE + "\n"),
    }


# --- roles


def sts(action: str, ends: str = LATER, without: str = "") -> str:
    """A document of STS with credentials of a role, ``without`` one of its elements."""
    made = {"AccessKeyId": "ASIDROLE", "SecretAccessKey": secret("role"), "SessionToken": secret("roletoken")}
    inner = "".join(f"<{n}>{v}</{n}>" for n, v in {**made, "Expiration": ends}.items() if n != without)
    return f"<{action}Response><{action}Result><Credentials>{inner}</Credentials></{action}Result></{action}Response>"


def refusal(code: str, message: str = "no") -> str:
    return f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"


XML = "text/xml"


def sts_faults(action: str, told: str) -> dict[str, Scene]:
    """What can go wrong with STS; ``told`` is a secret that was sent to it."""

    def answered(body: str, status: int = 200) -> Scene:
        return Scene(replies=says(body, status=status, Content_Type=XML))

    return {
        "refused connection": Scene(NOWHERE),
        "closed connection": Scene(ONCE, replies=breaks("close")),
        "broken off": Scene(replies=broken_off(sts(action))),
        "hang": Scene(ONCE, replies=breaks("hang"), options=QUICK),
        "403": answered(refusal("AccessDenied"), 403),
        "500": answered("", 500),
        "throttled": answered(refusal("Throttling"), 400),
        "HTML": answered(HTML),
        "empty answer": answered(""),
        "not UTF-8": answered(sts(action).replace("ASID", NOT_UTF8)),
        "cut off in a secret": answered(sts(action)[:150]),
        "half of it": answered(sts(action, without="SecretAccessKey")),
        "without an end": answered(sts(action, without="Expiration")),
        "expired": answered(sts(action, BEFORE)),
        "wrong types": answered(sts(action, "soon")),
        "huge": answered(refusal("AccessDenied", HUGE[:200_000]), 403),
        "secret echoed": answered(refusal("SignatureDoesNotMatch", f"not {told}"), 403),
    }


CACHED = hashlib.sha1(json.dumps({"RoleArn": ROLE}).encode()).hexdigest()


def cached_faults() -> dict[str, Scene]:
    """What can be wrong with the file of a role that is kept."""
    path = f".aws/cli/cache/{CACHED}.json"
    whole = json.dumps(
        {
            "Credentials": {
                "AccessKeyId": "ASIDKEPT",
                "SecretAccessKey": secret("kept"),
                "SessionToken": secret("kepttoken"),
                "Expiration": LATER,
            }
        }
    )
    return {
        "kept: cut off in a secret": files(path, text=whole[: whole.index("kept+") + 4]),
        "kept: empty": files(path, text=""),
        "kept: HTML": files(path, text=HTML),
        "kept: wrong types": files(path, text="[]"),
        "kept: expired": files(path, text=whole.replace(LATER, BEFORE)),
        "kept: whole": files(path, text=whole),
    }


def role_of_profile() -> tuple[Scene, dict[str, Scene]]:
    """``source_profile``."""
    config = f"[default]\nrole_arn = {ROLE}\nsource_profile = base\n[profile base]\n"
    base = keys("base").removeprefix("[default]\n")
    return (
        Scene(home={".aws/config": config + base}, replies=says(sts("AssumeRole"), Content_Type=XML)),
        {
            **sts_faults("AssumeRole", secret("basetoken")),
            **cached_faults(),
            "source without a secret": files(
                ".aws/config", text=config + f"aws_access_key_id = AKIDKEYS\n# {secret('base')}\n"
            ),
            "source is missing": files(".aws/config", text=config.removesuffix("[profile base]\n")),
        },
    )


def role_of_source() -> tuple[Scene, dict[str, Scene]]:
    """``credential_source``."""
    config = f"[default]\nrole_arn = {ROLE}\ncredential_source = Environment\n"
    own = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": secret("env"), "AWS_PROFILE": "default"}
    # Only a profile that was asked for on the command line comes before the environment.
    options = ("--profile", "default")
    return (
        Scene(own, {".aws/config": config}, says(sts("AssumeRole"), Content_Type=XML), options),
        {
            **sts_faults("AssumeRole", secret("env")),
            "source has half of it": Scene({"AWS_SECRET_ACCESS_KEY": None}),
            "source is missing": Scene(NO_KEYS),
        },
    )


def web_identity() -> tuple[Scene, dict[str, Scene]]:
    """A token in a file."""
    token = f"eyJ.{CANARY}.{'x-_' * 8}"
    environ = {"AWS_ROLE_ARN": ROLE, "AWS_WEB_IDENTITY_TOKEN_FILE": "{HOME}/jwt"}
    action = "AssumeRoleWithWebIdentity"
    return (
        Scene(environ, {"jwt": token}, says(sts(action), Content_Type=XML)),
        {
            **sts_faults(action, token),
            "token is missing": files("jwt", text=None),
            "token is empty": files("jwt", text=""),
            "token is unreadable": files("jwt", text=FOLDER),
            "token is not UTF-8": files("jwt", text=token + NOT_UTF8),
            "role is missing": Scene({"AWS_ROLE_ARN": None}),
        },
    )


# --- sign-in


def portal(ends: int = 4102444800000, without: str = "") -> dict[str, Any]:
    """An answer of the portal with credentials."""
    made = {
        "accessKeyId": "ASIDSSO",
        "secretAccessKey": secret("sso"),
        "sessionToken": secret("ssotoken"),
        "expiration": ends,
    }
    return {"roleCredentials": {name: value for name, value in made.items() if name != without}}


def json_faults(good: str, told: str, error: str) -> dict[str, Scene]:
    """What can go wrong with a service that speaks JSON; ``told`` is a secret that was sent to it."""
    cut = good[: good.index(CANARY) + 10]
    return {
        "refused connection": Scene(NOWHERE),
        "closed connection": Scene(ONCE, replies=breaks("close")),
        "broken off": Scene(replies=broken_off(good)),
        "hang": Scene(ONCE, replies=breaks("hang"), options=QUICK),
        "401": Scene(replies=says({"message": "no"}, status=401, x_amzn_ErrorType=error)),
        "403": Scene(replies=says({"message": "no"}, status=403, x_amzn_ErrorType="ForbiddenException")),
        "500": Scene(replies=says("", status=500)),
        "throttled": Scene(replies=says({"message": "no"}, status=429, x_amzn_ErrorType="TooManyRequestsException")),
        "HTML": Scene(replies=says(HTML)),
        "HTML, refused": Scene(replies=says(HTML, status=403)),
        "empty answer": Scene(replies=says("")),
        "empty object": Scene(replies=says("{}")),
        "cut off in a secret": Scene(replies=says(cut)),
        "not UTF-8": Scene(replies=says(good.replace("ASID", NOT_UTF8))),
        "a list": Scene(replies=says("[]")),
        "huge": Scene(replies=says(good[:-1] + ', "more": "' + HUGE + '"}')),
        "secret echoed": Scene(
            replies=says({"message": f"not {told}"}, status=403, x_amzn_ErrorType="ForbiddenException")
        ),
    }


def token_file_faults(path: str, whole: str) -> dict[str, Scene]:
    """What can be wrong with the file of a session."""
    return {
        "file is missing": files(path, text=None),
        "file is empty": files(path, text=""),
        "file is unreadable": files(path, text=FOLDER),
        "file is not UTF-8": files(path, text=whole.replace("wJal", NOT_UTF8)),
        "file is cut off in a secret": files(path, text=whole[: whole.index(CANARY) + 10]),
        "file is HTML": files(path, text=HTML),
        "file is an empty object": files(path, text="{}"),
        "file is a list": files(path, text="[]"),
    }


SSO_LINES = "sso_account_id = 123456789012\nsso_role_name = r\n"


def sso_legacy() -> tuple[Scene, dict[str, Scene]]:
    """Single sign-on that the profile describes itself."""
    config = f"[default]\n{SSO_LINES}sso_region = us-east-1\nsso_start_url = {START}\n"
    path = f".aws/sso/cache/{hashlib.sha1(START.encode()).hexdigest()}.json"
    token = {"startUrl": START, "region": "us-east-1", "accessToken": secret("bearer"), "expiresAt": LATER}
    good = json.dumps(portal())
    return Scene(home={".aws/config": config, path: json.dumps(token)}, replies=says(good)), {
        **json_faults(good, secret("bearer"), "UnauthorizedException"),
        **token_file_faults(path, json.dumps(token)),
        "file has expired": files(path, text=json.dumps({**token, "expiresAt": BEFORE})),
        "file has wrong types": files(path, text=json.dumps({**token, "expiresAt": 5})),
        "half of it": Scene(replies=says(portal(without="secretAccessKey"))),
        "expired": Scene(replies=says(portal(ends=978307200000))),
        "wrong types": Scene(replies=says({"roleCredentials": 5})),
    }


def sso_session() -> tuple[Scene, dict[str, Scene]]:
    """Single sign-on with a session of its own, which is renewed."""
    config = (
        f"[default]\n{SSO_LINES}sso_session = s\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = {START}\n"
    )
    path = f".aws/sso/cache/{hashlib.sha1(b's').hexdigest()}.json"
    token = {
        "startUrl": START,
        "region": "us-east-1",
        "accessToken": secret("bearer"),
        "expiresAt": "{IN 60}",
        "clientId": "client",
        "clientSecret": secret("client"),
        "registrationExpiresAt": LATER,
        "refreshToken": secret("refresh"),
    }
    renewed = {"accessToken": secret("renewed"), "expiresIn": 3600, "refreshToken": secret("next")}
    good = json.dumps(renewed)
    after = says(portal())
    faults = json_faults(good, secret("refresh"), "InvalidGrantException")
    put_off = ("refused connection", "401", "500", "HTML", "cut off in a secret", "secret echoed")
    over = json.dumps({**token, "expiresAt": BEFORE})
    return Scene(home={".aws/config": config, path: json.dumps(token)}, replies=(*says(good), *after)), {
        # While the token lasts, a renewal that fails is put off: what follows is answered the same way.
        **faults,
        **{f"expired, {name}": faults[name].under(files(path, text=over)) for name in put_off},
        **token_file_faults(path, json.dumps(token)),
        "file has expired": files(path, text=over),
        "registration has expired": files(
            path, text=json.dumps({**token, "expiresAt": BEFORE, "registrationExpiresAt": BEFORE})
        ),
        "session is missing": files(".aws/config", text=config.partition("[sso-session")[0]),
    }


def login_token(**members: object) -> str:
    """The file of a login session."""
    token: dict[str, object] = {
        "accessToken": {
            "accessKeyId": "ASIDLOGIN",
            "secretAccessKey": secret("login"),
            "sessionToken": secret("logintoken"),
            "accountId": "123456789012",
            "expiresAt": BEFORE,
        },
        "tokenType": "urn:aws:params:oauth:token-type:access_token_sigv4",
        "clientId": "arn:aws:signin:::devtools/same-device",
        "refreshToken": secret("refresh"),
        "idToken": f"eyJ.{CANARY}.{'id-_' * 8}",
        "dpopKey": KEY,
    }
    token.update(members)
    return json.dumps({name: value for name, value in token.items() if value is not None})


def login_answer(expires: object = 900, without: str = "", **members: object) -> dict[str, Any]:
    """An answer of the sign-in service."""
    made = {
        "accessToken": {
            "accessKeyId": "ASIDNEXT",
            "secretAccessKey": secret("next"),
            "sessionToken": secret("nexttoken"),
        },
        "tokenType": "aws_sigv4",
        "expiresIn": expires,
        "refreshToken": secret("nextrefresh"),
        **members,
    }
    return {name: value for name, value in made.items() if name != without}


LOGIN_FILE = f".aws/login/cache/{hashlib.sha256(SESSION.encode()).hexdigest()}.json"
LOGIN_CONFIG = f"[default]\nlogin_session = {SESSION}\n"


def denied(error: str, status: int) -> Scene:
    body = {"error": error, "message": f"no: {secret('refresh')}"}
    return Scene(replies=says(body, status=status, x_amzn_ErrorType="AccessDeniedException"))


def login_faults() -> dict[str, Scene]:
    """What can be wrong with a login session that is over, and with its renewal."""
    good = json.dumps(login_answer())
    keys_ = json.loads(login_token())["accessToken"]

    def lasting(seconds: int, **members: object) -> Scene:
        ends = {**keys_, "expiresAt": f"{{IN {seconds}}}"}
        return files(LOGIN_FILE, text=login_token(accessToken=ends, **members))

    def without(name: str) -> Scene:
        rest = {member: value for member, value in keys_.items() if member != name}
        return files(LOGIN_FILE, text=login_token(accessToken=rest))

    def key(text: object) -> Scene:
        return files(LOGIN_FILE, text=login_token(dpopKey=text))

    faults = json_faults(good, secret("refresh"), "ValidationException")
    return {
        **faults,
        **token_file_faults(LOGIN_FILE, login_token()),
        # Less than five minutes are left: it is renewed, and what goes wrong is said though it has not expired.
        **{f"expiring, {name}": faults[name].under(lasting(240)) for name in ("refused connection", "500", "HTML")},
        "expiring": lasting(240),
        "lasting": lasting(420).under(Scene(NOWHERE)),
        "lasting long": lasting(3000).under(Scene(NOWHERE)),
        "session is over": denied("TOKEN_EXPIRED", 401),
        "password was changed": denied("USER_CREDENTIALS_CHANGED", 403),
        "no permission": denied("INSUFFICIENT_PERMISSIONS", 403),
        "refused otherwise": denied("AUTHCODE_EXPIRED", 401),
        "refused without a reason": Scene(
            replies=says({"message": "no"}, status=403, x_amzn_ErrorType="AccessDeniedException")
        ),
        "session has another name": files(".aws/config", text=LOGIN_CONFIG.replace("user/u", "user/other")),
        "no refresh token": files(LOGIN_FILE, text=login_token(refreshToken=None)),
        "no key": key(None),
        "no client": files(LOGIN_FILE, text=login_token(clientId=None)),
        "no account": without("accountId"),
        "no access key": without("accessKeyId"),
        "no end": without("expiresAt"),
        "a text for the keys": files(LOGIN_FILE, text=login_token(accessToken=secret("login"))),
        "an end that is none": files(LOGIN_FILE, text=login_token(accessToken={**keys_, "expiresAt": "soon"})),
        "an end without a zone": files(
            LOGIN_FILE, text=login_token(accessToken={**keys_, "expiresAt": "2099-01-01T00:00:00"})
        ),
        "key is cut off": key(KEY[:80]),
        "key is no base64": key("canary"),
        "key is of another kind": key("-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n"),
        "key is empty": key(""),
        "key is of lines alone": key("".join(KEY.splitlines(keepends=True)[::4])),
        "key has no first and last line": key("".join(KEY.splitlines()[1:-1])),
        "key is on one line with its first": key(KEY.replace("\n", "")),
        "key has other line breaks": key(KEY.replace("\n", "\r\n")),
        "key is not ASCII": key(KEY.replace("MHcC", "MH\u00e9C")),
        "key has a number's type": key(5),
        "key is true": key(True),
        "key is a list": key(KEY.splitlines()),
        "key is an object": key({"kty": "EC"}),
        "key is null": files(LOGIN_FILE, text=login_token(dpopKey=0).replace('"dpopKey": 0', '"dpopKey": null')),
        **{f"key is {name}": key(pem(der)) for name, der in KINDS.items()},
        # It is noticed in the last fifteen minutes, and said in the last ten.
        **{
            f"{left} s left, key is {name}": lasting(left, dpopKey=pem(KINDS[name]))
            for left in (240, 420, 720, 1000)
            for name in ("short of a byte", "of RSA", "on P-384", "public alone")
        },
        **{f"{left} s left, key is no text": lasting(left, dpopKey=5) for left in (240, 420, 720, 1000)},
        "answer without keys": Scene(replies=says(login_answer(without="accessToken"))),
        "answer without an end": Scene(replies=says(login_answer(without="expiresIn"))),
        "answer without a refresh token": Scene(replies=says(login_answer(without="refreshToken"))),
        "answer has expired": Scene(replies=says(login_answer(-60))),
        "answer of wrong types": Scene(replies=says(login_answer("soon"))),
        "file cannot be kept": Scene({"AWS_LOGIN_CACHE_DIRECTORY": "{HOME}/none"}),
    }


def login() -> tuple[Scene, dict[str, Scene]]:
    """A session of ``aws login`` that is over and can be renewed."""
    home = {".aws/config": LOGIN_CONFIG, LOGIN_FILE: login_token()}
    return Scene(home=home, replies=says(login_answer())), login_faults()


def role_of_login() -> tuple[Scene, dict[str, Scene]]:
    """A role whose source is a login session."""
    config = f"[default]\nrole_arn = {ROLE}\nsource_profile = me\n[profile me]\nlogin_session = {SESSION}\n"
    then = says(sts("AssumeRole"), Content_Type=XML)
    good = Scene(home={".aws/config": config, LOGIN_FILE: login_token()}, replies=(*says(login_answer()), *then))
    names = (
        "file is missing", "file is cut off in a secret", "file is an empty object", "session is over",
        "password was changed", "no permission", "refused connection", "500", "HTML", "cut off in a secret",
        "no key", "key is cut off", "key is on P-384", "key is public alone", "secret echoed", "hang",
    )  # fmt: skip
    faults = login_faults()
    return good, {name: faults[name] for name in names}


# --- programs and metadata


def process() -> tuple[Scene, dict[str, Scene]]:
    """``credential_process``."""
    made = {
        "Version": 1,
        "AccessKeyId": "ASIDPROC",
        "SecretAccessKey": secret("process"),
        "SessionToken": secret("processtoken"),
        "Expiration": LATER,
    }

    def prints(text: str) -> Scene:
        return files("made", text=text)

    def runs(command: str) -> Scene:
        return files(".aws/config", text=f"[default]\ncredential_process = {command}\n")

    whole = json.dumps(made)
    good = Scene(home={".aws/config": "[default]\ncredential_process = cat {HOME}/made\n", "made": whole})
    return good, {
        "program is missing": runs("{HOME}/none"),
        "program fails": runs("sh -c 'echo broken >&2; exit 3'"),
        "program fails with the secret": runs("sh -c 'cat {HOME}/made >&2; exit 3'"),
        "program fails without a word": runs("false"),
        "program is unreadable": runs("{HOME}"),
        "unbalanced quotes": runs("cat '{HOME}/made"),
        "no command": runs(""),
        "empty answer": prints(""),
        "not UTF-8": prints(whole.replace("ASID", NOT_UTF8)),
        "cut off in a secret": prints(whole[: whole.index(CANARY) + 10]),
        "HTML": prints(HTML),
        "a list": prints("[]"),
        "wrong version": prints(json.dumps({**made, "Version": 2})),
        "half of it": prints(json.dumps({name: made[name] for name in made if name != "SecretAccessKey"})),
        "wrong types": prints(json.dumps({**made, "Expiration": 5})),
        "expired": prints(json.dumps({**made, "Expiration": BEFORE})),
        "huge": prints(json.dumps({**made, "More": HUGE})),
        "two documents": prints(whole * 2),
    }


def metadata_keys(ends: str = LATER, without: str = "", **members: object) -> dict[str, Any]:
    """What the metadata services answer."""
    made = {
        "AccessKeyId": "ASIDMETA",
        "SecretAccessKey": secret("meta"),
        "Token": secret("metatoken"),
        "Expiration": ends,
        **members,
    }
    return {name: value for name, value in made.items() if name != without}


def container_faults() -> dict[str, Scene]:
    """What can go wrong with the service of a container."""
    good = json.dumps(metadata_keys())
    return {
        "refused connection": Scene({"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{NOBODY}/c"}),
        "closed connection": Scene(replies=breaks("close")),
        "broken off": Scene(replies=broken_off(good)),
        "broken off in a secret": Scene(replies=broken_off(good[: good.index(CANARY) + 10])),
        "broken off before it began": Scene(replies=broken_off("")),
        "broken off once": Scene(replies=(*broken_off(good), *says(good))),
        "403": Scene(replies=says("no", status=403)),
        "403, broken off": Scene(replies=broken_off(f"not {secret('auth')}", status=403)),
        "500": Scene(replies=says("", status=500)),
        "secret echoed": Scene(replies=says(f"not {secret('auth')}", status=403)),
        "HTML": Scene(replies=says(HTML)),
        "empty answer": Scene(replies=says("")),
        "cut off in a secret": Scene(replies=says(good[: good.index(CANARY) + 10])),
        "not UTF-8": Scene(replies=says(good.replace("ASID", NOT_UTF8))),
        "a list": Scene(replies=says("[]")),
        "half of it": Scene(replies=says(metadata_keys(without="SecretAccessKey"))),
        "expired": Scene(replies=says(metadata_keys(BEFORE))),
        "wrong types": Scene(replies=says(metadata_keys("soon"))),
        "huge": Scene(replies=says(metadata_keys(more=HUGE))),
        "another host": Scene({"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/c"}),
        "no URL": Scene({"AWS_CONTAINER_CREDENTIALS_FULL_URI": "bogus"}),
    }


def container() -> tuple[Scene, dict[str, Scene]]:
    """A URL, and a token in the environment."""
    environ = {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "{ENDPOINT}/c",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": secret("auth"),
    }
    return Scene(environ, replies=says(metadata_keys())), {
        **container_faults(),
        "line break in the token": Scene({"AWS_CONTAINER_AUTHORIZATION_TOKEN": secret("auth") + "\n"}),
        "hang": Scene(replies=breaks("hang")),
    }


def container_with_file() -> tuple[Scene, dict[str, Scene]]:
    """A URL, and a token in a file."""
    environ = {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "{ENDPOINT}/c",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "{HOME}/auth",
    }
    faults = container_faults()
    kept = (
        "refused connection", "broken off", "broken off once", "403", "500", "secret echoed", "HTML",
        "cut off in a secret", "expired",
    )  # fmt: skip
    return Scene(environ, {"auth": secret("auth")}, says(metadata_keys())), {
        **{name: faults[name] for name in kept},
        "file is missing": files("auth", text=None),
        "file is empty": files("auth", text=""),
        "file is unreadable": files("auth", text=FOLDER),
        "file is not UTF-8": files("auth", text=secret("auth") + NOT_UTF8),
        "file has a line break": files("auth", text=secret("auth") + "\n"),
        "file has two lines": files("auth", text=f"{secret('auth')}\n{secret('auth')}"),
    }


def region_faults(token: str, role: str, whole: dict[str, Any]) -> dict[str, Scene]:
    """What can go wrong where the machine is asked for its region, too; nobody else says it."""
    nobody = {"AWS_DEFAULT_REGION": None}
    zone = "eu-west-1a"
    return {
        "region": Scene(nobody, replies=says(token, zone, token, role, whole)),
        "region is broken off": Scene(nobody, replies=(*says(token), *broken_off(zone), *says(token, role, whole))),
        "token for the region is broken off": Scene(
            nobody, replies=(*broken_off(token), *says(zone, token, role, whole))
        ),
        "region is empty": Scene(nobody, replies=says(token, "", token, role, whole)),
    }


def machine() -> tuple[Scene, dict[str, Scene]]:
    """The metadata service of an instance, version 2."""
    environ: dict[str, str | None] = {
        "AWS_EC2_METADATA_DISABLED": None,
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": "{ENDPOINT}",
    }
    token, role = secret("imds").replace("=", ""), "rolename"
    whole = metadata_keys(Code="Success")

    def answered(body: object, *before: object) -> Scene:
        return Scene(replies=says(*(before or (token, role)), body))

    good = json.dumps(whole)
    return Scene(environ, replies=says(token, role, whole)), {
        **region_faults(token, role, whole),
        "refused connection": Scene({"AWS_EC2_METADATA_SERVICE_ENDPOINT": NOBODY}),
        "closed connection": Scene(replies=breaks("close")),
        "hang": Scene(replies=breaks("hang")),
        "token is broken off": Scene(replies=(*broken_off(token), *says(role, whole))),
        "role is broken off": Scene(replies=(*says(token), *broken_off(role), *says(whole))),
        "broken off": Scene(replies=(*says(token, role), *broken_off(good))),
        "broken off in a secret": Scene(replies=(*says(token, role), *broken_off(good[: good.index(CANARY) + 10]))),
        "broken off once": Scene(
            {"AWS_METADATA_SERVICE_NUM_ATTEMPTS": "2"}, replies=(*says(token, role), *broken_off(good), *says(good))
        ),
        "403": Scene(replies=says("no", status=403)),
        "500": Scene(replies=says("", status=500)),
        "token as HTML": answered(HTML, HTML),
        "token is empty": answered(whole, "", role),
        "role is empty": answered(whole, token, ""),
        "role as HTML": answered(whole, token, HTML),
        "HTML": answered(HTML),
        "empty answer": answered(""),
        "cut off in a secret": answered(good[: good.index(CANARY) + 10]),
        "not UTF-8": answered(good.replace("ASID", NOT_UTF8)),
        "a list": answered("[]"),
        "half of it": answered({name: whole[name] for name in whole if name != "SecretAccessKey"}),
        "refused": answered({"Code": "AssumeRoleUnauthorizedAccess", "Message": f"not {secret('meta')}"}),
        "expired": answered({**whole, "Expiration": BEFORE}),
        "wrong types": answered({**whole, "Expiration": "soon"}),
        "huge": answered({**whole, "more": HUGE}),
        "switched off": Scene({"AWS_EC2_METADATA_DISABLED": "true"}),
    }


#: Provider -> the scene in which it works, and what each fault changes.
PROVIDERS: dict[str, tuple[Scene, dict[str, Scene]]] = {
    "environment": environment(),
    "credentials file": of_file(".aws/credentials"),
    "config file": of_file(".aws/config"),
    "role, source_profile": role_of_profile(),
    "role, credential_source": role_of_source(),
    "role, login session": role_of_login(),
    "web identity": web_identity(),
    "single sign-on, legacy": sso_legacy(),
    "single sign-on, session": sso_session(),
    "login": login(),
    "credential_process": process(),
    "container": container(),
    "container, token file": container_with_file(),
    "instance metadata": machine(),
}
