"""The User-Agent of every request beside what botocore would make of it."""

from __future__ import annotations

import pytest
from botocore.config import Config
from botocore.context import start_as_current_context
from botocore.useragent import UserAgentString, register_feature_ids

from awsshadow.call.useragent import SteadyUserAgent


def agents(config: Config) -> list[UserAgentString]:
    made = []
    for kind in (UserAgentString, SteadyUserAgent):
        session = kind.from_environment()
        session.set_session_config("name", "1.2", "md/command#a.b")
        session.set_client_features({"A"})
        made.append(session.with_client_config(config))
    return made


def test_same_text_with_every_set_of_features() -> None:
    stock, steady = agents(Config(user_agent_appid="mine", retries={"mode": "standard"}))
    for features in ([], ["WAITER"], ["PAGINATOR"], []):
        with start_as_current_context():
            register_feature_ids(features)
            for _ in range(2):
                assert sorted(steady.to_string().split()) == sorted(stock.to_string().split())


@pytest.mark.parametrize("named", [None, "AWS_Lambda_python3.13"])
def test_what_the_system_is_called_is_what_botocore_calls_it(
    named: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if named is not None:
        monkeypatch.setenv("AWS_EXECUTION_ENV", named)
    own, stock = (
        agent.with_client_config(Config())
        for agent in (SteadyUserAgent.of_process(), UserAgentString.from_environment())
    )
    with start_as_current_context():
        assert own.to_string() == stock.to_string()


@pytest.mark.parametrize(("attribute", "value"), [("HAS_CRT", True), ("_PLAIN_SYSTEMS", ())])
def test_elsewhere_platform_is_asked(attribute: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"awsshadow.call.useragent.{attribute}", value)
    monkeypatch.setattr("platform.system", lambda: "Elsewhere")
    assert "md/Elsewhere" in SteadyUserAgent.of_process().with_client_config(Config()).to_string()


def test_clients_do_not_share_a_text() -> None:
    _, first = agents(Config(user_agent_extra="first"))
    second = first.with_client_config(Config(user_agent_extra="second"))
    assert first.to_string().endswith(" first")
    assert second.to_string().endswith(" second")
