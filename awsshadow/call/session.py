"""botocore's session, with events and a User-Agent that cost a call less, and whether there are proxies at all.

Both classes put something cheaper in the place of what botocore's do for themselves. Where botocore stops calling
it, what is done instead is right, too, and only costs more; ``tests/call/test_imports.py`` would tell.
"""

from __future__ import annotations

import os
import sys

from botocore.hooks import HierarchicalEmitter
from botocore.session import Session

from awsshadow.call.useragent import SteadyUserAgent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: How the variables end that name a proxy, or the hosts that need none.
_PROXY = "_proxy"
#: Systems that have proxies among their own settings.
_WITH_PROXIES = ("darwin", "win32")


def names_proxies() -> bool:
    """Whether the environment says anything about proxies. As it is read, the case of a name does not count."""
    return any(name.lower().endswith(_PROXY) and value for name, value in os.environ.items())


def may_have_proxies() -> bool:
    """Whether urllib has to be asked for proxies, whose module for that is a large one."""
    return sys.platform in _WITH_PROXIES or names_proxies()


class TrustingEmitter(HierarchicalEmitter):  # type: ignore[misc]
    """Events whose handlers are taken at their word.

    botocore asks of each handler that it takes whatever keywords there will be, and has ``inspect`` read its signature
    for that. Here all are botocore's and this package's own, and a test asks it of them.
    """

    def _verify_accept_kwargs(self, _: Any) -> bool:
        return True


class ThriftySession(Session):  # type: ignore[misc]
    """A session that puts its User-Agent together once, by itself."""

    def __init__(self, variables: dict[str, tuple[Any, ...]], profile: str | None) -> None:
        super().__init__(variables, TrustingEmitter(), include_builtin_handlers=False, profile=profile)

    def _register_user_agent_creator(self) -> None:
        self.register_component("user_agent_creator", SteadyUserAgent.of_process())

    def user_agent(self) -> str:
        """The name and version alone: a client asks for the text, and sends that of the component."""
        return f"{self.user_agent_name}/{self.user_agent_version}"
