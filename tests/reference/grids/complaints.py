"""Every two things wrong at once: the order in which they are looked at decides which is complained of."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Case

#: A variable that is taken away, or what it says.
Environ = dict[str, str | None]

#: What can be wrong in the environment; one setting each, or those of one thing.
VARIABLES: tuple[Environ, ...] = (
    {"AWS_DEFAULT_REGION": "bad region"}, {"AWS_DEFAULT_REGION": None}, {"AWS_SECRET_ACCESS_KEY": None},
    {"AWS_SECRET_ACCESS_KEY": None, "AWS_ACCESS_KEY_ID": None}, {"AWS_METADATA_SERVICE_TIMEOUT": "x"},
    {"AWS_METADATA_SERVICE_NUM_ATTEMPTS": "x"}, {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "not valid"},
    {"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "ipv9"}, {"AWS_RETRY_MODE": "x"}, {"AWS_MAX_ATTEMPTS": "x"},
    {"AWS_MAX_ATTEMPTS": "0"}, {"AWS_CA_BUNDLE": " "}, {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES": "x"},
    {"AWS_DEFAULTS_MODE": "bogus"}, {"AWS_USE_FIPS_ENDPOINT": "x"}, {"AWS_ENDPOINT_URL_SAGEMAKER": "nope"},
    {"AWS_PROFILE": "nope"}, {"AWS_CLI_OUTPUT_ENCODING": "bogus"}, {"AWS_DEFAULT_OUTPUT": "bogus"},
    {"AWS_CREDENTIAL_EXPIRATION": "bogus"}, {"AWS_CREDENTIAL_EXPIRATION": "2001-01-01T00:00:00Z"},
    {"AWS_SDK_UA_APP_ID": "x" * 60}, {"HTTP_PROXY": "http://127.0.0.1:1", "AWS_MAX_ATTEMPTS": "1"},
    {"AWS_PAGER": "nonexistent"},
)  # fmt: skip

#: What can be wrong in the profile.
LINES = (
    "metadata_service_num_attempts = x", "account_id_endpoint_mode = foo", "request_checksum_calculation = foo",
    "sigv4a_signing_region_set = x\nauth_scheme_preference = bogus", "cli_timestamp_format = x",
    "cli_binary_format = x", "services = none", "[broken", "no value",
)  # fmt: skip

#: Profiles without usable keys; the environment has none either.
KEYLESS = ("aws_access_key_id = x", "role_arn = x\nsource_profile = none", "credential_process = false")

#: What can be wrong on the command line.
WORDS = (
    "--query foo[", "--cli-read-timeout x", "--cli-connect-timeout -1", "--endpoint-url http://", "--max-items 0",
    "--starting-token %%%", "--creation-time-after abc", "--max-results abc", "--sort-by file://none", "--output bad",
    "--generate-cli-skeleton output", "--no-sign-request", "--ca-bundle=", "--cli-input-json []", "--nope",
    "--no-paginate --max-items 1", "--region=", "--profile=", "--profile nope", "--cli-error-format json",
)  # fmt: skip

Wrong = tuple[str, Environ, str]


def complaints() -> Iterator[Case]:
    """Each two of the lists above, for a listing; and each one of them for an operation that is no listing."""
    nowhere: Environ = {"AWS_ENDPOINT_URL_SAGEMAKER": None, "HTTPS_PROXY": "{ENDPOINT}"}
    without: Environ = {"AWS_SECRET_ACCESS_KEY": None, "AWS_ACCESS_KEY_ID": None}
    wrong: list[Wrong] = [("", environ, "") for environ in VARIABLES]
    wrong += [("", nowhere if line.startswith("services") else {}, line) for line in LINES]
    wrong += [("", without, line) for line in KEYLESS]
    wrong += [(words, {}, "") for words in WORDS]
    for first, second in itertools.combinations(wrong, 2):
        yield command("list-endpoints", first, second)
    for each in wrong:
        yield command("describe-endpoint --endpoint-name=", each)


def command(operation: str, *wrong: Wrong) -> Case:
    """One command line with all that is ``wrong`` about it."""
    argv = ["sagemaker", *operation.split()]
    environ: Environ = {}
    lines = ["[default]"]
    for words, variables, line in wrong:
        argv += words.split()
        environ |= variables
        lines += [line] * bool(line)
    if environ.get("AWS_ENDPOINT_URL_SAGEMAKER", "") is None:
        environ.setdefault("AWS_MAX_ATTEMPTS", "1")
    reply = {"status": 200, "body": '{"Endpoints": []}'}
    return {"argv": argv, "env": environ, "home": {".aws/config": "\n".join(lines) + "\n"}, "responses": [reply]}
