"""Flag > environment > configuration file > default, as one table (behaviour: input 4.2).

Only settings that awsshadow itself acts on are here. Those of a call (region, credentials,
endpoint, retries, TLS) are resolved by botocore from the same sources; ``region`` is listed
because a skeleton needs to know that there is one.
"""

from __future__ import annotations

import sys

from awsshadow.names import REGION_VARIABLES, SANDBOX_VARIABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from awsshadow.config.files import ConfigFiles, Section
    from awsshadow.invocation import Globals

#: name -> (attribute of Globals, environment variables, key of the profile, default)
TABLE: dict[str, tuple[str | None, tuple[str, ...], str | None, str | None]] = {
    "output": ("output", ("AWS_DEFAULT_OUTPUT",), "output", "json"),
    "region": ("region", REGION_VARIABLES, "region", None),
    "cli_error_format": ("cli_error_format", ("AWS_CLI_ERROR_FORMAT",), "cli_error_format", "enhanced"),
    "cli_timestamp_format": (None, (), "cli_timestamp_format", "iso8601"),
    "cli_binary_format": ("cli_binary_format", (), "cli_binary_format", "base64"),
    "cli_pager": (None, ("AWS_PAGER",), "cli_pager", None),
    "cli_auto_prompt": (None, ("AWS_CLI_AUTO_PROMPT",), "cli_auto_prompt", "off"),
    "cli_help_output": (None, (), "cli_help_output", "terminal"),
    "output_encoding": (None, ("AWS_CLI_OUTPUT_ENCODING",), None, None),
    "metadata_service_timeout": (None, ("AWS_METADATA_SERVICE_TIMEOUT",), "metadata_service_timeout", "1"),
    "metadata_service_num_attempts": (
        None,
        ("AWS_METADATA_SERVICE_NUM_ATTEMPTS",),
        "metadata_service_num_attempts",
        "1",
    ),
    "ec2_metadata_service_endpoint": (
        None,
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT",),
        "ec2_metadata_service_endpoint",
        None,
    ),
    "ec2_metadata_service_endpoint_mode": (
        None,
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",),
        "ec2_metadata_service_endpoint_mode",
        None,
    ),
    "parameter_validation": (None, (), "parameter_validation", "true"),
}

_ERROR_FORMATS = ("legacy", "json", "yaml", "text", "table", "enhanced")


class Settings:
    """The settings of one invocation.

    ``profile`` is the effective profile name or None when none was asked for (an empty
    ``AWS_PROFILE`` is a name). In a sandbox every name is the sandbox's account: one that is in neither file
    counts as none. ``globals``, ``environ`` and ``files`` are kept for the stages that need more.
    """

    def __init__(self, globals: Globals, environ: Mapping[str, str], files: ConfigFiles) -> None:
        self.globals = globals
        self.files = files
        self.environ = environ
        self.profile = globals.profile or next(
            (environ[name] for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE") if name in environ), None
        )
        if environ.get(SANDBOX_VARIABLE) and not self.profile_exists:
            self.profile = None

    def of_profile(self, profile: str | None) -> Settings:
        """The same settings under another profile."""
        other = Settings(self.globals, self.environ, self.files)
        other.profile = profile
        return other

    @property
    def profile_exists(self) -> bool:
        """Whether the profile that was asked for is in one of the files; True when none was."""
        return self.profile is None or self.profile in self.files.profiles

    @property
    def complaint(self) -> str:
        """What is wrong with the profile that was asked for; empty when it exists."""
        return "" if self.profile_exists else f"The config profile ({self.profile}) could not be found"

    @property
    def section(self) -> Section:
        """The keys of the effective profile; empty when it does not exist."""
        return self.files.profiles.get("default" if self.profile is None else self.profile, {})

    def get(self, name: str) -> str | None:
        """The value of the setting ``name``. An environment variable set to nothing counts as set."""
        attribute, variables, key, default = TABLE[name]
        given: str | None = getattr(self.globals, attribute) if attribute else None
        if given is not None:
            return given
        for variable in variables:
            if variable in self.environ:
                return self.environ[variable]
        configured = self.section.get(key) if key else None
        return configured if isinstance(configured, str) else default

    @property
    def validates(self) -> bool:
        """Whether parameters are validated before they are sent: anything but ``true`` turns it off, a section too."""
        configured = self.section.get("parameter_validation", "true")
        return isinstance(configured, str) and configured.lower() == "true"

    @property
    def error_format(self) -> str:
        """The error format; a value the reference does not know silently means ``enhanced``.

        Where it could only stand in a profile that does not exist, the reference loses the code of
        the error as well: that is ``legacy``.
        """
        chosen = self._chosen_error_format()
        return chosen if chosen in _ERROR_FORMATS else "enhanced"

    @property
    def unknown_error_format(self) -> str | None:
        """The error format that was asked for when there is no such format, in lower case."""
        chosen = self._chosen_error_format()
        return chosen if chosen and chosen not in _ERROR_FORMATS else None

    def _chosen_error_format(self) -> str:
        named = self.globals.cli_error_format or "AWS_CLI_ERROR_FORMAT" in self.environ
        if not named and not self.profile_exists:
            return "legacy"
        return (self.get("cli_error_format") or "").lower()

    @property
    def addresses(self) -> list[str]:
        """What was given as an address that requests go to, or go through, whether any will or not."""
        from awsshadow.addresses import addresses_in

        found: list[str | dict[str, str] | None] = [self.globals.endpoint_url]
        for section in (*self.files.profiles.values(), *self.files.sections.values()):
            for block in (section, *section.values()):
                if isinstance(block, dict):
                    found.append(block.get("endpoint_url"))
        return [*addresses_in(self.environ), *[value for value in found if isinstance(value, str) and "@" in value]]

    @property
    def pager(self) -> str | None:
        """The pager's command line, or None when results are not to be paged."""
        if not self.globals.cli_pager:
            return None
        configured = self.get("cli_pager")
        if configured is None:
            configured = self.environ.get("PAGER", "more" if sys.platform == "win32" else "less")
        return configured or None
