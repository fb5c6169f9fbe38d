"""``--cli-auto-prompt``: ask for the command line, with completion and documentation beside it.

The only part that knows prompt-toolkit, which is an optional extra.
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.config.settings import Settings
    from awsshadow.streams import Streams

OFF, ON, ON_PARTIAL = "off", "on", "on-partial"
#: As if off; a line that cannot be read says what asking about it would have needed.
UNAVAILABLE = "missing"

#: Words with which nobody wants to be asked anything.
_NEVER = ("help", "--version", "--no-cli-auto-prompt")

_OPTION = "--cli-auto-prompt"
#: What is set here holds whatever the profile is.
_VARIABLE = "AWS_CLI_AUTO_PROMPT"

MISSING = "--cli-auto-prompt needs prompt-toolkit; install it with: pip install 'awsshadow[auto-prompt]'"

DUMB = "--cli-auto-prompt needs a terminal whose cursor moves; TERM says that this one is dumb"


class Abandoned(Exception):  # noqa: N818 - not an error: the user has changed their mind
    """The user left the prompt with Ctrl-C or Ctrl-D."""


def wanted(argv: Sequence[str], settings: Settings, streams: Streams) -> str:
    """Whether to ask: ``off``, ``on`` (before anything is run) or ``on-partial`` (after a usage error).

    ``missing`` where that is only configured, there is a terminal, and prompt-toolkit is not installed.
    """
    if any(word in argv for word in _NEVER):
        return OFF
    if _OPTION in argv:
        return ON
    if _VARIABLE not in settings.environ and not settings.profile_exists:
        return OFF
    mode = (settings.get("cli_auto_prompt") or "").lower()
    if mode not in (ON, ON_PARTIAL):
        return OFF
    at_terminal = streams.is_tty("stdin") and streams.is_tty("stdout")
    return UNAVAILABLE if at_terminal and not is_installed() else mode


def is_installed() -> bool:
    """Whether there is a prompt-toolkit; it is not loaded."""
    from importlib.util import find_spec

    return find_spec("prompt_toolkit") is not None


def ask(argv: Sequence[str], program: str, environ: dict[str, str], streams: Streams, settings: Settings) -> list[str]:
    """Let the user complete ``argv`` on the terminal; return the words to run.

    Raises AwsShadowError without a terminal fit for it or without prompt-toolkit, Abandoned when the user leaves.
    """
    if not (streams.is_tty("stdin") and streams.is_tty("stdout")):
        if streams.stderr is not None:
            streams.stderr.write("Warning: Input is not a terminal (fd=0).\n")
        from awsshadow.prompt.preview import complaint

        raise AwsShadowError(complaint([word for word in argv if word != _OPTION], environ, settings))
    try:
        from awsshadow.prompt.screen import PromptScreen, is_dumb
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "prompt_toolkit":
            raise
        raise AwsShadowError(MISSING) from None
    if is_dumb(environ):
        raise AwsShadowError(DUMB)
    return PromptScreen(program, environ, streams).run([word for word in argv if word != _OPTION])
