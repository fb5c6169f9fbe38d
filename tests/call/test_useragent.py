"""The User-Agent of every request beside what botocore would make of it."""

from __future__ import annotations

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


def test_clients_do_not_share_a_text() -> None:
    _, first = agents(Config(user_agent_extra="first"))
    second = first.with_client_config(Config(user_agent_extra="second"))
    assert first.to_string().endswith(" first")
    assert second.to_string().endswith(" second")
