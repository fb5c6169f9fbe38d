"""What is refused once the global options are known, before the operation is looked at.

The order is the reference's, because it decides which of several errors a user sees (behaviour: input 1.1).
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError, ConfigurationError, NumberError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.config.settings import Settings
    from awsshadow.streams import Streams


def check_endpoint_url(url: str) -> None:
    """Raise UsageError for an address without a scheme."""
    from urllib.parse import urlsplit

    if not urlsplit(url).scheme:
        raise UsageError(
            f'Bad value for --endpoint-url "{url}": scheme is missing.  '
            "Must be of the form http://<hostname>/ or https://<hostname>/"
        )


def check(settings: Settings, streams: Streams) -> None:
    """Raise AwsShadowError or ConfigurationError for a setting that no command can use; set the streams' encoding."""
    for name in ("cli_read_timeout", "cli_connect_timeout"):
        text = getattr(settings.globals, name)
        if text is not None:
            _integer(text, f"--{name.replace('_', '-')}")
    _set_encoding(settings, streams)
    stamp = settings.get("cli_timestamp_format")
    if stamp not in ("wire", "iso8601"):
        raise ConfigurationError(f'Unknown cli_timestamp_format value: {stamp}, valid values are "wire" or "iso8601"')
    binary = settings.get("cli_binary_format")
    if binary not in ("base64", "raw-in-base64-out"):
        raise AwsShadowError(repr(binary))
    _check_machine(settings)


def _set_encoding(settings: Settings, streams: Streams) -> None:
    encoding = settings.get("output_encoding")
    if encoding is None:
        return
    for stream in (streams.stdout, streams.stderr):
        if stream is not None:
            try:
                stream.reconfigure(encoding=encoding, errors="strict")  # type: ignore[attr-defined]
            except LookupError:
                raise AwsShadowError(f"Unknown codec `{encoding}` specified for AWS_CLI_OUTPUT_ENCODING.") from None


def _check_machine(settings: Settings) -> None:
    """What is set for the machine's metadata service, up to where a profile would be read that does not exist."""
    _integer(settings.get("metadata_service_timeout") or "", "AWS_METADATA_SERVICE_TIMEOUT")
    if not settings.profile_exists:
        return
    _integer(settings.get("metadata_service_num_attempts") or "", "AWS_METADATA_SERVICE_NUM_ATTEMPTS")
    place, mode = (settings.get(f"ec2_metadata_service_endpoint{end}") for end in ("", "_mode"))
    if place or mode is not None:
        from awsshadow.call.metadata import check_metadata_service

        check_metadata_service(place, mode)


def _integer(text: str, where: str) -> None:
    try:
        int(text)
    except ValueError as error:
        raise NumberError(str(error), text, where) from None
