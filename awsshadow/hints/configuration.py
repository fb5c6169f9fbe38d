"""Region, profile, credentials and settings: what is missing and where it would stand."""

from __future__ import annotations

import os
from json import JSONDecodeError
from shlex import quote

from awsshadow.command_line.usage_errors import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.errors import (
        AwsShadowError,
        ConfigFileError,
        ConfigurationError,
        CredentialsError,
        ServiceError,
        UnknownProfileError,
    )
    from awsshadow.hints.scene import Scene

#: So many profiles are named.
_MOST = 8
#: Codes of services for credentials that are over, and for those that nobody has.
EXPIRED = ("ExpiredToken", "ExpiredTokenException", "RequestExpired")
INVALID = (
    "InvalidClientTokenId", "UnrecognizedClientException", "InvalidSignatureException", "SignatureDoesNotMatch",
    "InvalidAccessKeyId",
)  # fmt: skip
#: Key of a profile -> how what it gives is renewed, in the order in which the keys count.
_RENEWALS = (
    ("sso_session", "Renew the session: aws sso login{option}"),
    ("sso_start_url", "Renew the session: aws sso login{option}"),
    ("login_session", "Renew the session: aws login{option}"),
    ("role_arn", "Profile {name} assumes a role: renew the credentials that it does so with"),
    ("aws_session_token", "Profile {name} holds temporary credentials in {file}: put new ones there"),
    ("aws_access_key_id", "Profile {name} holds keys in {file}: replace them"),
    ("credential_process", "credential_process of profile {name} gave them: run it by hand, or renew what it reads"),
)


def configuration(error: ConfigurationError, scene: Scene) -> list[str]:
    """No region, or no credentials."""
    found = {"NoRegion": _no_region, "NoCredentials": _no_credentials}.get(error.code or "")
    return found(scene) if found else []


def _no_region(scene: Scene) -> list[str]:
    lines = ["Give --region, or set AWS_REGION, or `region` in the profile"]
    having = [f"{name} ({keys['region']})" for name, keys in scene.profiles().items() if keys.get("region")]
    if having:
        lines.append(f"Profiles with a region: {_some(having)}; choose one by --profile")
    elif scene.profiles():
        lines.append(f"Profiles, none of which has a region: {_some([*scene.profiles()])}")
    return [*lines, *_sections_that_are_no_profiles(scene)]


def _no_credentials(scene: Scene) -> list[str]:
    lines = []
    names = [*scene.profiles()]
    if names and scene.profile not in names:
        lines.append(f"There is no profile `default`. Choose one by --profile or AWS_PROFILE: {_some(names)}")
    if scene.has_extras:
        lines.append(f"`{scene.program} doctor` shows where credentials were looked for")
    return [*lines, *_sections_that_are_no_profiles(scene)]


def _some(names: list[str]) -> str:
    more = f", and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def unknown_profile(error: UnknownProfileError, scene: Scene) -> list[str]:
    """The profiles that there are, and a section that was meant for one."""
    name = error.profile
    if not name:
        variable = next((v for v in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE") if scene.environ.get(v) == ""), None)
        if variable is not None:
            return [f"{variable} is set to nothing, which is the name of a profile too: unset {variable}"]
    sections = {} if scene.settings is None else scene.settings.files.sections
    if name in sections:
        return [f"{scene.config_path()} has a section [{name}]: there it has to be called [profile {name}]"]
    names = [*scene.profiles()]
    if not names:
        return [f"There are no profiles in {scene.config_path()} nor in {_credentials_path(scene)}"]
    near = nearest(name, names, 0.6)
    if near:
        return [f"Nearest: {', '.join(near)}"]
    return [f"Profiles that there are: {_some(names)}", *_sections_that_are_no_profiles(scene)]


def _credentials_path(scene: Scene) -> str:
    return scene.environ.get("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")


def _sections_that_are_no_profiles(scene: Scene) -> list[str]:
    """Sections of the configuration file that look like profiles but for their name."""
    sections = {} if scene.settings is None else scene.settings.files.sections
    keys = {"region", "role_arn", "source_profile", "aws_access_key_id", "output", "credential_process", "sso_session"}
    found = [name for name, section in sections.items() if " " not in name and keys & section.keys()]
    return [f"{scene.config_path()} has [{name}], which has to be called [profile {name}]" for name in found[:_MOST]]


def unreadable_file(error: ConfigFileError, scene: Scene) -> list[str]:  # noqa: ARG001
    """Where a configuration file is wrong; not what stands there, which may be a secret."""
    where = f"Line {error.line} of {error.path} is wrong" if error.line else f"{error.path} is not written so"
    return [f"{where}. The file has sections such as [profile dev], and below each lines such as region = us-east-1"]


def no_session(error: CredentialsError, scene: Scene) -> list[str]:
    """Credentials that could not be had: a session that is over or was never begun, a program that failed."""
    if error.kind == "process":
        command = scene.section.get("credential_process")
        return [f"Run it by hand to see what is wrong: {command}"] if command else []
    if error.kind == "partial":
        return ["The access key and the secret key go together: set both, in the same place"]
    if error.kind == "login extra":
        return ["Install what renews it, once: pip install 'awsshadow[login]'", *renewal(scene)]
    return renewal(scene)


def expired(error: ServiceError, scene: Scene) -> list[str]:
    """Credentials that the service takes no more, with the command that renews them."""
    code = error.fields.get("Code")
    if code in EXPIRED:
        return renewal(scene)
    if code in INVALID:
        return [
            (
                f"The service does not know these keys, which come from {_origin(scene)}. Check that they are "
                "whole, active and of this partition, and that the clock here is right"
            )
        ]
    return []


def renewal(scene: Scene) -> list[str]:
    """How to get new credentials, by the way in which the profile gets its own."""
    if _from_environment(scene):
        return [
            (
                "These credentials come from variables of the environment: set new ones, or unset AWS_ACCESS_KEY_ID "
                "and the others to use a profile"
            )
        ]
    name, keys = scene.profile, scene.section
    seen = {name}
    while keys.get("source_profile") in scene.profiles() and keys["source_profile"] not in seen:
        name = keys["source_profile"]
        seen.add(name)
        keys = scene.profiles()[name]
    option = "" if name == "default" else f" --profile {quote(name)}"
    said = next((said for key, said in _RENEWALS if keys.get(key)), "Sign in again, as these credentials were got")
    return [said.format(name=name, option=option, file=_credentials_path(scene))]


def _from_environment(scene: Scene) -> bool:
    explicit = scene.settings is not None and scene.settings.globals.profile is not None
    return not explicit and bool(scene.environ.get("AWS_ACCESS_KEY_ID"))


def _origin(scene: Scene) -> str:
    return "the environment (AWS_ACCESS_KEY_ID)" if _from_environment(scene) else f"profile {scene.profile}"


def suspects(error: AwsShadowError, scene: Scene) -> list[str]:
    """Settings and files that are certainly wrong and let Python fail in the way that it did."""
    cause = error.__cause__
    for kind, look in _SUSPECTS:
        if isinstance(cause, kind) and (lines := look(scene)):
            return lines
    return []


def _attempts(scene: Scene) -> list[str]:
    """``AWS_MAX_ATTEMPTS`` and its key."""
    found = scene.environ.get("AWS_MAX_ATTEMPTS")
    name = "AWS_MAX_ATTEMPTS"
    if found is None:
        found, name = scene.section.get("max_attempts"), f"max_attempts of profile {scene.profile}"
    if not isinstance(found, str):
        return []
    try:
        int(found)
    except ValueError:
        said = "nothing" if not found else repr(found)
        return [f"{name} is set to {said}, and has to be a number: set one, or unset it"]
    return []


def _process_output(scene: Scene) -> list[str]:
    """``credential_process`` that prints something else than JSON."""
    for name, keys in _chain(scene):
        if "credential_process" in keys:
            return [
                (
                    f"credential_process of profile {name} has to print one JSON document with Version, AccessKeyId "
                    f"and SecretAccessKey, and printed something else. Run it by hand: {keys['credential_process']}"
                )
            ]
    return []


def _sso_cache(scene: Scene) -> list[str]:
    """A token of a sign-in session whose file is no JSON."""
    import hashlib
    import json

    for name, keys in _chain(scene):
        session = keys.get("sso_session") or keys.get("sso_start_url")
        if not isinstance(session, str):
            continue
        digest = hashlib.sha1(session.encode(), usedforsecurity=False).hexdigest()
        path = os.path.join("~", ".aws", "sso", "cache", f"{digest}.json")
        try:
            with open(os.path.expanduser(path), encoding="utf-8") as file:
                json.load(file)
        except FileNotFoundError:
            continue
        except (OSError, ValueError):
            option = "" if name == "default" else f" --profile {quote(name)}"
            return [f"The file of the sign-in session, {path}, is damaged. Write a new one: aws sso login{option}"]
    return []


def _chain(scene: Scene) -> list[tuple[str, dict[str, object]]]:
    """The profile in use and those it gets its credentials from."""
    name, profiles = scene.profile, scene.profiles()
    found: list[tuple[str, dict[str, object]]] = []
    while name in profiles and name not in [one for one, _ in found]:
        found.append((name, profiles[name]))
        name = str(profiles[name].get("source_profile"))
    return found


def _source(scene: Scene) -> list[str]:
    """A profile that takes its credentials from one that does not exist."""
    for name, keys in _chain(scene):
        source = keys.get("source_profile")
        if source is not None and source not in scene.profiles():
            near = nearest(str(source), scene.profiles(), 0.6)
            said = f"Nearest: {', '.join(near)}" if near else f"Profiles that there are: {_some([*scene.profiles()])}"
            return [f"source_profile of profile {name} is {source}, which there is not. {said}"]
    return []


def _address(scene: Scene) -> list[str]:
    """An endpoint without a scheme, or a region that is none."""
    if scene.settings is None:
        return []
    given = scene.settings.globals.endpoint_url
    for name, url in (("--endpoint-url", given), *((name, scene.environ.get(name)) for name in _ENDPOINTS)):
        if url:
            first, mark, _ = url.partition("://")
            if not mark or first not in ("http", "https"):
                return [f"{name} is {url}: an address begins with http:// or https://, as in http://{url}"]
            break
    region = scene.settings.get("region")
    if region == "":
        return ["The region is empty: set --region or AWS_REGION to one, or unset it"]
    if region and not region.replace("-", "").isalnum():
        fixed = "".join(char if char.isalnum() else "-" for char in region.strip().lower())
        return [f"A region is written as in us-east-1. Was {region!r} meant as {fixed}?"]
    return []


#: Variables that say where the service is, the first that is set counts.
_ENDPOINTS = ("AWS_ENDPOINT_URL_SAGEMAKER", "AWS_ENDPOINT_URL")
#: What Python raised -> what may be the reason.
_SUSPECTS = (
    (KeyError, _sso_cache),
    (Exception, _source),
    (ValueError, _address),
    (JSONDecodeError, _process_output),
    (ValueError, _attempts),
)
