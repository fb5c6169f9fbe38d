"""What looks wrong about a command that went well: it did what it was told, which may not be what was meant."""

from __future__ import annotations

from awsshadow.invocation import Call
from awsshadow.model import find_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.hints.scene import Scene


def remarks(scene: Scene) -> list[str]:
    """The lines about a command that went well; mostly none, and then little is loaded."""
    return [*_web_page(scene), *_version_option(scene), *_query_in_quotes(scene), *_lengths_of_time(scene)]


def _web_page(scene: Scene) -> list[str]:
    if not scene.streams.remarks:
        return []
    from awsshadow.hints.service import web_page

    return web_page(scene.streams.remarks[0], scene)


def _version_option(scene: Scene) -> list[str]:
    """``--version`` among the options of an operation: the program's, where another one was meant."""
    words = scene.words
    if scene.command is not None or "--version" not in words or "sagemaker" not in words:
        return []
    at = words.index("--version")
    operation = next((word for word in words[words.index("sagemaker") + 1 :] if word[:1] != "-"), "")
    if at < words.index("sagemaker") or not operation:
        return []
    store = find_store(scene.environ)
    if not store.has("operations", operation):
        return []
    options = [f"--{row[0]}" for row in store.options("operations", operation)]
    meant = [name for name in options if name.startswith("--version-")] or [o for o in options if "-version" in o]
    value = f" {words[at + 1]}" if at + 1 < len(words) and words[at + 1][:1] != "-" else ""
    said = f"--version prints the version of the program: {operation} was not run."
    return [f"{said} Write {meant[0]}{value}" if meant else said]


def _query_in_quotes(scene: Scene) -> list[str]:
    """A query whose quotes another shell left in place: its result is its own text."""
    query = None if scene.settings is None else scene.settings.globals.query
    if not isinstance(scene.command, Call) or query is None:
        return []
    text = query.strip()
    if len(text) > 2 and text[0] == text[-1] == "'" and "'" not in text[1:-1]:
        return [
            (
                f"--query {text} is a text to JMESPath, and so its own result: the shell has left the single quotes in "
                f'place. Write --query "{text[1:-1]}"'
            )
        ]
    return []


def _lengths_of_time(scene: Scene) -> list[str]:
    command = scene.command
    if command is None or all(a.type != "timestamp" for a in command.slice.arguments if a.name in command.given):
        return []
    from awsshadow.hints.parameters import lengths_of_time

    return lengths_of_time(command, scene)
