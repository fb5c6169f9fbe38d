"""What ``--jobs``, ``--timeout``, ``--regions`` and ``--profiles`` say."""

from __future__ import annotations

from copy import copy

from awsshadow.config.settings import Settings
from awsshadow.errors import AwsShadowError, ParameterError, UsageError
from awsshadow.fanout.engine import MOST_JOBS, USUAL_JOBS
from awsshadow.waiting.limits import Limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from awsshadow.invocation import Given, Globals

#: All regions of the partition.
ALL = "all"
_USUAL_PARTITION = "aws"


class Limited:
    """``jobs`` is how many calls are on their way at once, ``timeout`` how long throttling is borne, in seconds."""

    def __init__(self, options: Mapping[str, Given]) -> None:
        """``options`` by name. Raises ParameterError."""
        self.jobs = _jobs(options.get("jobs"))
        self.timeout = Limits.given({k: v for k, v in options.items() if k == "timeout"}).timeout


def _jobs(given: Given | None) -> int:
    if given is None:
        return USUAL_JOBS
    plain = str(given)
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10 and 0 < int(plain) <= MOST_JOBS):
        raise ParameterError(f"argument --jobs: not a whole number from 1 to {MOST_JOBS}: '{plain}'")
    return int(plain)


class Place:
    """A ``profile`` and a ``region``, None for what holds without saying; ``settings`` are those of the profile."""

    def __init__(self, profile: str | None, region: str | None, settings: Settings) -> None:
        self.profile = profile
        self.region = region
        self.settings = settings

    @property
    def globals(self) -> Globals:
        """The global options of a command that is for this place alone."""
        return self.settings.globals

    @property
    def key(self) -> tuple[str, str]:
        """What tells places apart that have limits of their own."""
        return self.profile or "", self.region or ""


def places(
    regions: str | None, profiles: str | None, settings: Settings, environ: Mapping[str, str], data: Mapping[str, Any]
) -> list[Place]:
    """The places that ``--regions`` and ``--profiles`` say, in their order, each once; None for what was not given.

    ``data`` is botocore's endpoint data. Raises UsageError, and AwsShadowError for a profile that there is not.
    """
    options = settings.globals
    for name, given, single in (("region", regions, options.region), ("profile", profiles, options.profile)):
        if given is not None and single is not None:
            raise UsageError(f"argument --{name}s: it cannot be used together with --{name}")
    found = []
    for profile in [None] if profiles is None else _words("profiles", profiles):
        own = copy(options)
        own.profile = profile or options.profile
        there = Settings(own, environ, settings.files)
        if not there.profile_exists:
            raise AwsShadowError(there.complaint)
        for region in [None] if regions is None else _regions(regions, there.get("region"), data):
            local = copy(own)
            local.region = region or options.region
            found.append(Place(profile, region, Settings(local, environ, settings.files)))
    return found


def _words(name: str, text: str) -> list[str]:
    words = [word.strip() for word in text.split(",")]
    if not all(words):
        raise UsageError(f"argument --{name}: expected names with commas between them: '{text}'")
    return list(dict.fromkeys(words))


def _regions(text: str, usual: str | None, data: Mapping[str, Any]) -> Iterable[str]:
    words = _words("regions", text)
    if ALL in words:
        if len(words) > 1:
            raise UsageError(f"argument --regions: '{ALL}' stands alone")
        return regions_of_partition(usual, data)
    for word in words:
        if not (word.isascii() and word.replace("-", "").isalnum() and "-" not in (word[0], word[-1])):
            raise UsageError(f"argument --regions: '{word}' is no name of a region")
    return words


def regions_of_partition(region: str | None, data: Mapping[str, Any]) -> list[str]:
    """The regions of the partition that ``region`` lies in, in alphabetical order; without it, of the usual one."""
    partitions = data["endpoints"]["partitions"]
    of = next((p for p in partitions if region in p["regions"]), None)
    if of is None and region is not None:
        beginning = region.partition("-")[0]
        of = next((p for p in partitions if any(r.partition("-")[0] == beginning for r in p["regions"])), None)
    if of is None:
        of = next(p for p in partitions if p["partition"] == _USUAL_PARTITION)
    return sorted(of["regions"])
