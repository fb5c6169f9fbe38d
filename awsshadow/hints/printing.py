"""Results that could not be written."""

from __future__ import annotations

from awsshadow.names import BROKEN_PIPE_VARIABLE, QUIET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.errors import AwsShadowError, NoStandardOutputError, PagerError
    from awsshadow.hints.scene import Scene

#: Where the encoding of the streams comes from, the first that is set.
_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")


def no_pager(error: PagerError, scene: Scene) -> list[str]:
    """A pager that does not exist."""
    names = [name for name in ("AWS_PAGER", "PAGER") if scene.environ.get(name)]
    where = names[0] if names else "cli_pager of the profile" if scene.section.get("cli_pager") else ""
    said = f"{where} names {error.command}, which is not on the PATH" if where else f"{error.command} is not installed"
    done = "The request was sent and its result is shown above. " if error.shown else ""
    return [f"{done}{said}. Without a pager: --no-cli-pager, or export AWS_PAGER="]


def no_stdout(error: NoStandardOutputError, scene: Scene) -> list[str]:  # noqa: ARG001
    """Standard output that was closed."""
    return ["Standard output is closed (`>&-`), so there is nowhere to write the result. To see none: > /dev/null"]


def written(error: AwsShadowError, scene: Scene) -> list[str]:
    """A reader that has gone, or characters that the stream's encoding does not have."""
    reasons = (error, error.__cause__)
    if any(isinstance(reason, BrokenPipeError) for reason in reasons):
        quietly = f"; to end without a word: export {BROKEN_PIPE_VARIABLE}={QUIET}" if scene.has_extras else ""
        return [
            (
                "The program that read the output has ended, as head does: what it read is whole. To ask for less: "
                f"--max-items, or --query{quietly}"
            )
        ]
    if any(isinstance(reason, UnicodeEncodeError) for reason in reasons):
        return _encoding(scene)
    return []


def _encoding(scene: Scene) -> list[str]:
    if "AWS_CLI_OUTPUT_ENCODING" in scene.environ:
        named = scene.environ["AWS_CLI_OUTPUT_ENCODING"]
        return [f"AWS_CLI_OUTPUT_ENCODING={named} has no such character: set AWS_CLI_OUTPUT_ENCODING=utf-8"]
    found = next((f"{name}={scene.environ[name]}" for name in _LOCALE if scene.environ.get(name)), "no locale is set")
    encoding = getattr(scene.streams.stdout, "encoding", None) or "ascii"
    return [
        (
            f"The output is written in {encoding} ({found}), which has no such character. Set "
            "AWS_CLI_OUTPUT_ENCODING=utf-8, or LC_ALL=C.UTF-8"
        )
    ]
