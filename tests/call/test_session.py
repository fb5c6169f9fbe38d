"""What botocore is spared: nothing that anybody would miss. That handlers take what they get, every test here asks."""

from __future__ import annotations

import os
from urllib.request import getproxies_environment

import pytest
from botocore.hooks import HierarchicalEmitter

from awsshadow.call.session import ThriftySession, TrustingEmitter, may_have_proxies


def test_the_emitter_takes_any_handler() -> None:
    def handler(one: object) -> object:
        return one

    with pytest.raises(ValueError, match="must accept keyword"):
        HierarchicalEmitter().register("event", handler)
    emitter = TrustingEmitter()
    emitter.register("event", handler)
    with pytest.raises(TypeError):
        emitter.emit("event", one=1, other=2)


def test_a_session_says_who_it_is() -> None:
    session = ThriftySession({}, None)
    session.user_agent_name, session.user_agent_version = "name", "1"
    assert session.user_agent() == "name/1"


@pytest.mark.parametrize(
    "named",
    [
        {},
        {"http_proxy": "http://p"},
        {"HTTPS_PROXY": "http://p"},
        {"All_Proxy": "p"},
        {"no_proxy": "localhost"},
        {"http_proxy": ""},
        {"PROXY": "p", "proxy": "p", "MY_PROXY_HOST": "p"},
    ],
)
def test_urllib_is_asked_for_proxies_where_it_would_find_any(
    named: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", "linux")
    assert may_have_proxies() == bool(getproxies_environment())
    monkeypatch.setattr("sys.platform", "darwin")
    assert may_have_proxies()
