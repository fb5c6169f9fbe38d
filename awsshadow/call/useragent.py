"""The User-Agent header, put together once instead of twice a request (behaviour: output 6.2)."""

from __future__ import annotations

import os
import sys

from botocore.compat import HAS_CRT
from botocore.context import get_context
from botocore.useragent import UserAgentString

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

#: Systems of which ``os.uname`` tells what ``platform`` does.
_PLAIN_SYSTEMS = ("linux", "darwin")


class SteadyUserAgent(UserAgentString):  # type: ignore[misc]
    """A session's ``user_agent_creator``: botocore's text, kept for as long as it cannot change.

    Of what it is made of only the features change between the requests of a client.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._texts: dict[frozenset[str], str] = {}

    @classmethod
    def of_process(cls) -> Self:
        """What ``from_environment`` makes, without ``platform`` where the system itself says the same.

        ``platform`` takes ``sys.version`` apart by a pattern, and is imported for these five words alone.
        """
        if HAS_CRT or sys.platform not in _PLAIN_SYSTEMS or sys.implementation.name != "cpython":
            agent: Self = cls.from_environment()
            return agent
        system = os.uname()
        return cls(
            platform_name=system.sysname,
            platform_version=system.release,
            platform_machine=system.machine,
            python_version=sys.version.split()[0],
            python_implementation="CPython",
            execution_env=os.environ.get("AWS_EXECUTION_ENV"),
        )

    def with_client_config(self, client_config: Any) -> Self:
        """A copy for the client of this configuration."""
        agent: Self = super().with_client_config(client_config)
        agent._texts = {}
        return agent

    def to_string(self) -> str:
        """The value of the header for a request made now."""
        context = get_context()
        features = frozenset(() if context is None else context.features)
        text: str | None = self._texts.get(features)
        if text is None:
            text = self._texts[features] = super().to_string()
        return text
