"""What botocore is spared: nothing that anybody would miss. That handlers take what they get, every test here asks."""

from __future__ import annotations

import pytest
from botocore.hooks import HierarchicalEmitter

from awsshadow.call.session import ThriftySession, TrustingEmitter


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
