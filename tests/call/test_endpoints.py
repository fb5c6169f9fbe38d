"""Where requests go: computed endpoints of every partition, and the ones a user configures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import AwsShadowError, ConfigurationError, CredentialsError, UnknownProfileError
from tests.call.served import Answering

if TYPE_CHECKING:
    from pathlib import Path

    from botocore.awsrequest import AWSPreparedRequest

    from tests.call.served import Connect, Endpoint

NO_REGION = 'You must specify a region. You can also configure your region by running "aws configure".'

#: region: default, FIPS, dual-stack, both (None: an error; behaviour: output 6.4).
TABLE = {
    "us-east-1": (
        "api.sagemaker.us-east-1.amazonaws.com",
        "api-fips.sagemaker.us-east-1.amazonaws.com",
        "api.sagemaker.us-east-1.api.aws",
        "api.sagemaker-fips.us-east-1.api.aws",
    ),
    "mars": (
        "api.sagemaker.mars.amazonaws.com",
        "api-fips.sagemaker.mars.amazonaws.com",
        "api.sagemaker.mars.api.aws",
        "api.sagemaker-fips.mars.api.aws",
    ),
    "us-gov-west-1": (
        "api.sagemaker.us-gov-west-1.amazonaws.com",
        "api-fips.sagemaker.us-gov-west-1.amazonaws.com",
        "api.sagemaker.us-gov-west-1.api.aws",
        "api.sagemaker-fips.us-gov-west-1.api.aws",
    ),
    "cn-north-1": (
        "api.sagemaker.cn-north-1.amazonaws.com.cn",
        "api.sagemaker-fips.cn-north-1.amazonaws.com.cn",
        "api.sagemaker.cn-north-1.api.amazonwebservices.com.cn",
        "api.sagemaker-fips.cn-north-1.api.amazonwebservices.com.cn",
    ),
    "us-iso-east-1": (
        "api.sagemaker.us-iso-east-1.c2s.ic.gov",
        "api.sagemaker-fips.us-iso-east-1.c2s.ic.gov",
        "api.sagemaker.us-iso-east-1.api.aws.ic.gov",
        "api.sagemaker-fips.us-iso-east-1.api.aws.ic.gov",
    ),
    "eu-isoe-west-1": (
        "api.sagemaker.eu-isoe-west-1.cloud.adc-e.uk",
        "api.sagemaker-fips.eu-isoe-west-1.cloud.adc-e.uk",
        None,
        None,
    ),
    "eusc-de-east-1": (
        "api.sagemaker.eusc-de-east-1.amazonaws.eu",
        "api.sagemaker-fips.eusc-de-east-1.amazonaws.eu",
        "api.sagemaker.eusc-de-east-1.api.amazonwebservices.eu",
        "api.sagemaker-fips.eusc-de-east-1.api.amazonwebservices.eu",
    ),
}
VARIANTS = [(False, False), (True, False), (False, True), (True, True)]


def asked(wire: Connect, region: str | None = None, endpoint_url: str | None = None) -> AWSPreparedRequest:
    """The request of one call, which no network sees."""
    transport = Answering()
    wire("describe-endpoint", transport=transport, region=region, endpoint_url=endpoint_url).call({"EndpointName": "x"})
    return transport.asked[0]


@pytest.mark.parametrize("region", sorted(TABLE))
@pytest.mark.parametrize("variant", range(4))
def test_computed(wire: Connect, environ: pytest.MonkeyPatch, region: str, variant: int) -> None:
    environ.delenv("AWS_ENDPOINT_URL_SAGEMAKER")
    fips, dual = VARIANTS[variant]
    environ.setenv("AWS_USE_FIPS_ENDPOINT", str(fips))
    environ.setenv("AWS_USE_DUALSTACK_ENDPOINT", str(dual))
    host = TABLE[region][variant]
    if host is None:
        with pytest.raises(AwsShadowError, match="Unable to construct a modeled endpoint"):
            asked(wire, region=region)
        return
    request = asked(wire, region=region)
    assert request.url == f"https://{host}/"
    assert f"/{region}/sagemaker/" in request.headers["Authorization"]


@pytest.mark.parametrize("region", ["fips-us-west-2", "us-west-2-fips"])
def test_pseudo_regions(wire: Connect, environ: pytest.MonkeyPatch, region: str) -> None:
    environ.delenv("AWS_ENDPOINT_URL_SAGEMAKER")
    assert asked(wire, region=region).url == "https://api-fips.sagemaker.us-west-2.amazonaws.com/"


CONFIG = """
[default]
services = mine
endpoint_url = http://profile:5
[services mine]
sagemaker =
  endpoint_url = http://services:4
sts =
  endpoint_url = http://other:9
"""


@pytest.mark.parametrize(
    ("options", "variables", "config", "url"),
    [
        ({"endpoint_url": "http://flag:1/a/b/"}, {}, CONFIG, "http://flag:1/a/b/"),
        (
            {},
            {"AWS_ENDPOINT_URL_SAGEMAKER": "http://own:2", "AWS_ENDPOINT_URL": "http://all:3"},
            CONFIG,
            "http://own:2/",
        ),
        ({}, {"AWS_ENDPOINT_URL": "http://all:3?x=1"}, CONFIG, "http://all:3/?x=1"),
        ({}, {"AWS_ENDPOINT_URL_SAGEMAKER": ""}, CONFIG, "http://services:4/"),
        ({}, {}, "[default]\nendpoint_url = http://profile:5\n", "http://profile:5/"),
        ({}, {"AWS_USE_FIPS_ENDPOINT": "true"}, "[default]\nendpoint_url = http://profile:5\n", "http://profile:5/"),
        (
            {},
            {"AWS_ENDPOINT_URL": "http://all:3", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"},
            CONFIG,
            "https://api.sagemaker.us-east-1.amazonaws.com/",
        ),
    ],
)
def test_configured(
    wire: Connect,
    environ: pytest.MonkeyPatch,
    tmp_path: Path,
    options: dict[str, str],
    variables: dict[str, str],
    config: str,
    url: str,
) -> None:
    environ.delenv("AWS_ENDPOINT_URL_SAGEMAKER")
    for name, value in variables.items():
        environ.setenv(name, value)
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text(config)
    assert asked(wire, **options).url == url


@pytest.mark.parametrize(
    ("variables", "error", "text"),
    [
        ({"AWS_DEFAULT_REGION": "a_b"}, AwsShadowError, "Provided region_name 'a_b' doesn't match a supported format."),
        ({"AWS_REGION": ""}, AwsShadowError, "Invalid endpoint: https://api.sagemaker..amazonaws.com"),
        ({"AWS_ENDPOINT_URL_SAGEMAKER": "nope"}, AwsShadowError, "Invalid endpoint: nope"),
        ({"AWS_DEFAULT_REGION": None}, ConfigurationError, NO_REGION),
        ({"AWS_DEFAULT_REGION": None, "AWS_RETRY_MODE": "legacy"}, ConfigurationError, NO_REGION),
        (
            {"AWS_DEFAULT_REGION": None, "AWS_SECRET_ACCESS_KEY": None},
            CredentialsError,
            "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY",
        ),
        (
            {"AWS_DEFAULT_REGION": "a_b", "AWS_SECRET_ACCESS_KEY": None},
            AwsShadowError,
            "Provided region_name 'a_b' doesn't match a supported format.",
        ),
        ({"AWS_PROFILE": ""}, UnknownProfileError, "The config profile () could not be found"),
        (
            {"AWS_ACCOUNT_ID_ENDPOINT_MODE": "foo"},
            AwsShadowError,
            (
                "The configured value 'foo' for 'account_id_endpoint_mode' is invalid. "
                "Valid values are: ('preferred', 'disabled', 'required')."
            ),
        ),
    ],
)
def test_refused(
    wire: Connect,
    environ: pytest.MonkeyPatch,
    variables: dict[str, str | None],
    error: type[AwsShadowError],
    text: str,
) -> None:
    environ.delenv("AWS_ENDPOINT_URL_SAGEMAKER")
    for name, value in variables.items():
        if value is None:
            environ.delenv(name)
        else:
            environ.setenv(name, value)
    with pytest.raises(error) as caught:
        wire("describe-endpoint")
    assert caught.value.message == text
    assert type(caught.value) is error


def test_first_region_variable_wins(wire: Connect, environ: pytest.MonkeyPatch) -> None:
    environ.setenv("AWS_REGION", "eu-west-1")
    assert "/eu-west-1/sagemaker/" in asked(wire).headers["Authorization"]


@pytest.mark.parametrize("kind", ["read", "connect"])
def test_negative_timeouts(wire: Connect, kind: str) -> None:
    given = {kind: "-1"}
    with pytest.raises(AwsShadowError) as caught:
        wire("describe-endpoint", cli_read_timeout=given.get("read"), cli_connect_timeout=given.get("connect"))
    assert caught.value.message == (
        f"Attempted to set {kind} timeout to -1, but the timeout cannot be set to a value less than or equal to 0."
    )


@pytest.mark.parametrize("value", ["", " "])
def test_empty_ca_bundle(wire: Connect, environ: pytest.MonkeyPatch, value: str) -> None:
    environ.setenv("AWS_CA_BUNDLE", value)
    with pytest.raises(AwsShadowError, match=r"^Invalid CA bundle: the configured value"):
        wire("describe-endpoint")


def test_missing_ca_bundle(wire: Connect) -> None:
    connected = wire("describe-endpoint", endpoint_url="https://127.0.0.1:1", ca_bundle="/does/not/exist")
    with pytest.raises(AwsShadowError):
        connected.call({"EndpointName": "x"})


def test_proxy_gets_the_whole_address(wire: Connect, environ: pytest.MonkeyPatch, endpoint: Endpoint) -> None:
    environ.setenv("HTTP_PROXY", endpoint.url)
    wire("describe-endpoint", endpoint_url="http://nowhere.invalid/x").call({"EndpointName": "x"})
    assert endpoint.seen[0].path == "http://nowhere.invalid/x"
