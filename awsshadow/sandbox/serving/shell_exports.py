"""What a person pastes to reach a sandbox that stays up: lines for a shell, a profile for the config file."""

from __future__ import annotations

import shlex

from awsshadow.sandbox.serving.client_environment import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHELLS = ("sh", "fish", "powershell")


def export_lines(shell: str, values: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """Lines that set ``values`` and take ``names`` away in a shell: one of ``SHELLS``."""
    if shell == "fish":
        quoted = {name: value.replace("\\", "\\\\").replace("'", "\\'") for name, value in values.items()}
        return [*(f"set -gx {n} '{v}'" for n, v in quoted.items()), f"set -e {' '.join(names)}"]
    if shell == "powershell":
        quoted = {name: value.replace("'", "''") for name, value in values.items()}
        gone = ", ".join(f"Env:{name}" for name in names)
        return [*(f"$env:{n} = '{v}'" for n, v in quoted.items()), f"Remove-Item {gone} -ErrorAction SilentlyContinue"]
    return [*(f"export {n}={shlex.quote(v)}" for n, v in values.items()), f"unset {' '.join(names)}"]


def profile_lines(url: str, region: str) -> list[str]:
    """A profile for ``~/.aws/config``; the general endpoint keeps its other services from AWS."""
    return [
        "[profile sandbox]",
        f"region = {region}",
        f"aws_access_key_id = {KEY}",
        f"aws_secret_access_key = {KEY}",
        f"endpoint_url = {url}",
        "services = sandbox",
        "",
        "[services sandbox]",
        "sagemaker =",
        f"  endpoint_url = {url}",
    ]
