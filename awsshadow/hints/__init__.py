"""What to do about an error: lines for a person at a terminal, after the reference's sentence.

Nothing here is loaded unless standard error is a terminal. ``hints.rows`` has a row for each kind of error; a hint is
a function from the error, which carries the facts, and the ``Scene`` to lines. No error is recognised by its text.
"""

from __future__ import annotations

from awsshadow.hints.scene import Scene

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.invocation import Checked, Process

__all__ = ["show"]

#: Keys of a profile whose values are secrets.
_SECRET_KEYS = ("aws_secret_access_key", "aws_session_token", "aws_security_token")


def show(error: Exception | None, process: Process, words: list[str], checked: Checked | None) -> None:
    """Write what can be said about ``error`` to standard error, a terminal; about what went well if it is None.

    ``words`` are those of the command line, ``checked`` what is set, None where that was never looked at. A hint that
    cannot be made is left out, and so is one that Ctrl-C cuts off: it must not hide the error nor take its place.
    """
    scene = Scene(process, words, checked)
    try:
        lines = _lines(error, scene)
        if lines:
            from awsshadow.hints.block import write

            write(lines, scene)
    except (Exception, KeyboardInterrupt):
        return


def _lines(error: Exception | None, scene: Scene) -> list[str]:
    if error is None:
        from awsshadow.hints.remarks import remarks

        return remarks(scene)
    from awsshadow.call.redaction import SECRETS
    from awsshadow.hints.rows import lines_about

    SECRETS.learn_from(scene.environ)
    for section in scene.profiles().values():
        SECRETS.learn(*[section.get(key) for key in _SECRET_KEYS])
    return lines_about(error, scene)
