"""Profiles, regions, endpoints, proxies and aliases."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import LIST, NO_KEYS, SOME_ENDPOINTS, case
from tests.reference.recombine import REGIONS
from tests.support.cases import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reference.grids.scenes import Environ
    from tests.support.cases import Case


def profiles() -> Iterator[Case]:
    """Each way to choose a profile, with keys and regions set and not."""
    files = {
        ".aws/config": "[default]\nregion = eu-west-1\n\n[profile dev]\nregion = ap-northeast-1\noutput = text\n\n"
        "[profile noreg]\noutput = yaml\n\n[bare]\noutput = table\n",
        ".aws/credentials": "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = secretfile\n\n[dev]\n"
        "aws_access_key_id = AKDEV\naws_secret_access_key = secretdev\naws_session_token = tokdev\n",
    }
    chosen: tuple[tuple[list[str], dict[str, str]], ...] = (
        ([], {}), (["--profile", "dev"], {}), (["--profile", "noreg"], {}), (["--profile", "missing"], {}),
        (["--profile", ""], {}),
        ([], {"AWS_PROFILE": "dev"}), ([], {"AWS_DEFAULT_PROFILE": "dev"}), ([], {"AWS_PROFILE": "missing"}),
        ([], {"AWS_PROFILE": "dev", "AWS_DEFAULT_PROFILE": "noreg"}), (["--profile", "noreg"], {"AWS_PROFILE": "dev"}),
        ([], {"AWS_PROFILE": ""}), (["--profile", "bare"], {}), (["--profile", "default"], {"AWS_PROFILE": "missing"}),
    )  # fmt: skip
    keys: tuple[Environ, ...] = (
        {},
        {**NO_KEYS},
        {"AWS_SECRET_ACCESS_KEY": None},
        {"AWS_ACCESS_KEY_ID": None},
    )
    regions: tuple[Environ, ...] = ({}, {"AWS_DEFAULT_REGION": None}, {"AWS_REGION": "us-west-2"})
    for (words, named), key, region, home in itertools.product(chosen, keys, regions, (files, {})):
        yield case([*LIST, *words], SOME_ENDPOINTS, env={**named, **key, **region}, home=home)


def endpoints() -> Iterator[Case]:
    """Each region and kind of endpoint; each way to name a proxy."""
    for region, fips, dualstack in itertools.product(REGIONS, (False, True), (False, True)):
        environ: Environ = {
            "AWS_ENDPOINT_URL_SAGEMAKER": None,
            "AWS_MAX_ATTEMPTS": "1",
            "HTTPS_PROXY": "{ENDPOINT}",
        }
        environ |= {"AWS_USE_FIPS_ENDPOINT": "true"} if fips else {}
        environ |= {"AWS_USE_DUALSTACK_ENDPOINT": "true"} if dualstack else {}
        yield case([*LIST, "--region", region], SOME_ENDPOINTS, env=environ)
    proxies = (
        "{ENDPOINT}",
        "http://127.0.0.1:1",
        "",
        "127.0.0.1:1",
        "http://u:p@127.0.0.1:1",
        "socks5://127.0.0.1:1",
    )
    names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY")
    for name, proxy, excluded in itertools.product(names, proxies, (None, "127.0.0.1", "*", "localhost,.0.0.1")):
        environ = {name: proxy, "NO_PROXY": excluded, "AWS_MAX_ATTEMPTS": "1"}
        yield case(LIST, SOME_ENDPOINTS, env=environ)
        yield case(LIST, SOME_ENDPOINTS, env={**environ, "AWS_ENDPOINT_URL_SAGEMAKER": "https://localhost:1"})


def aliases() -> Iterator[Case]:
    """The aliases of the recorded cases, used in other ways."""
    text = next(case["home"] for case in load() if case["kind"] == "alias")
    commands = (
        "sm list-endpoints", "sm", "eps", "eps --output json", "eps --max-items 1", "eps extra", "hello", "hello a b",
        "hello 'a b'",
        "badalias", "loop", "loop x", "loud", "loud --output json", "multi", "multi --query length(Endpoints)",
        "sagemaker ls",
        "sagemaker ls --output json", "sagemaker show", "sagemaker show prod", "sagemaker show prod --output text",
        "sagemaker sh",
        "sagemaker sh a b", "sagemaker sh 'a b' $HOME", "sagemaker list-models", "sagemaker list-models --max-items 1",

        "sagemaker fails", "sagemaker fails x", "sagemaker lss", "ep", "--output yaml eps",
        "sagemaker --output yaml ls", "sm ls",
        "--region eu-west-1 loud", "sagemaker ls --nope", "sagemaker wait ls", "--version eps", "hello --version",
        "--profile x hello",
    )  # fmt: skip
    for command in commands:
        words = command.replace("'a b'", "a_b").split()
        yield case([word.replace("a_b", "a b") for word in words], SOME_ENDPOINTS, home=text)
