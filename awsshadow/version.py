"""The line that ``--version`` prints (behaviour: input 1.13)."""

from __future__ import annotations

import os
import sys

from awsshadow import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: The release of the AWS CLI whose behaviour this is; scripts test for it.
REFERENCE_VERSION = "2.36.7"


def version_line(program: str, environ: Mapping[str, str]) -> str:
    """``program``'s version line, without a line feed.

    Under the name ``aws`` it begins as the reference's does, since scripts look for that, and then
    says what it is; under another name it begins with awsshadow.
    """
    system, release, machine = _platform()
    words = [f"awsshadow/{__version__}", f"Python/{'.'.join(map(str, sys.version_info[:3]))}", f"{system}/{release}"]
    if program == "aws":
        words.insert(0, f"aws-cli/{REFERENCE_VERSION}")
    if environ.get("AWS_EXECUTION_ENV"):
        words.append(f"exec-env/{environ['AWS_EXECUTION_ENV']}")
    words.append(f"source/{machine}{_distribution()}")
    return " ".join(words)


def _platform() -> tuple[str, str, str]:
    if sys.platform == "win32":
        import platform

        return platform.system(), platform.release(), platform.machine()
    found = os.uname()
    return found.sysname, found.release, found.machine


def _distribution() -> str:
    """``.debian.12`` on Debian 12, from os-release; empty where there is no such file."""
    fields: dict[str, str] = {}
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                for line in file:
                    key, equals, value = line.strip().partition("=")
                    if equals:
                        fields.setdefault(key, value.strip("\"'"))
        except OSError:
            continue
        break
    if "ID" not in fields:
        return ""
    return "." + ".".join(v for v in (fields["ID"], fields.get("VERSION_ID", "").partition(".")[0]) if v)
