"""Words and a fragment -> what may come next, each with a description."""

from __future__ import annotations

from awsshadow.command_line.option_parser import ONE
from awsshadow.command_line.options import GLOBALS
from awsshadow.complete.partial_line import Line
from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    Candidate = tuple[str, str]

#: A value that begins like this names a file, whatever the option.
_PATHS = ("file://", "fileb://")


def candidates(words: list[str], fragment: str, environ: dict[str, str], own: dict[str, str]) -> list[Candidate]:
    """What may replace ``fragment`` after ``words`` (without the program), in the order of the tables.

    ``own`` are the top-level commands besides ``sagemaker``, with their descriptions. Errors of the
    installation mean no candidates: a shell has no place to show them.
    """
    try:
        if not own.keys().isdisjoint(words):
            from awsshadow.complete import own_commands  # its click costs more than all the rest

            found = own_commands.candidates(words, fragment, environ, own)
            if found is not None:
                return found
        return candidates_of(Line(words, environ, bool(own)), fragment, own)
    except (AwsShadowError, OSError, LookupError, ValueError, RecursionError):
        return []


def candidates_of(line: Line, fragment: str, own: dict[str, str]) -> list[Candidate]:
    """The same for words already understood.

    Raises what a damaged installation raises: AwsShadowError, OSError, LookupError or ValueError.
    """
    option, equals, value = fragment.partition("=")
    if equals and option.startswith("--"):
        if option not in line.rows:
            return []
        return [(f"{option}={text}", about) for text, about in _values(line, option, value)]
    if (line.awaiting or fragment.startswith(_PATHS)) and not fragment.startswith("--"):
        found = _values(line, line.awaiting, fragment)
        # One value is enough for the others: what follows may be the next option.
        if line.awaiting and line.rows[line.awaiting].arity != ONE and not fragment and line.described:
            found += _options(line, fragment)
        return found
    return _next(line, fragment, own)


def _values(line: Line, option: str | None, fragment: str) -> list[Candidate]:
    from awsshadow.complete import values  # a name is asked for more often than a value, and needs none of this

    return (
        values.paths(fragment)
        if option is None or fragment.startswith(_PATHS)
        else values.values(line, option, fragment)
    )


def _next(line: Line, fragment: str, own: dict[str, str]) -> list[Candidate]:
    path, names = line.path, dict[str, str]()
    if line.stray:
        return []
    if fragment.startswith("-") or line.described:
        return _options(line, fragment)
    if not path:
        names = {"sagemaker": "Train, deploy and manage machine learning models", **own, "help": "Show help"}
    elif path == ["sagemaker"]:
        names = {**line.store.summaries(), "wait": "Wait until a resource reaches a state", "help": "Show help"}
    elif path == ["sagemaker", "wait"]:
        names = {**dict.fromkeys(line.store.index()["waiters"], ""), "help": "Show help"}
    return [(name, about) for name, about in names.items() if name.startswith(fragment)]


def _options(line: Line, fragment: str) -> list[Candidate]:
    named = [name for name in line.rows if name.startswith(fragment) and name not in line.used]
    if all(line.described.get(name) for name in named):  # the operation's own: the text of the others is not needed
        return [(name, line.described[name]) for name in named]
    from awsshadow.help.global_options import GENERATED_OPTIONS, GLOBAL_OPTIONS  # in the order of the synopsis

    said = {f"--{name}": text for name, text in GENERATED_OPTIONS.items()}
    own = [name for name in line.rows if name not in GLOBALS]
    found = [(name, line.described.get(name) or first_sentence(said.get(name, ""))) for name in own]
    found += [(f"--{name}", first_sentence(text)) for name, _, text, _ in GLOBAL_OPTIONS]
    return [option for option in found if option[0].startswith(fragment) and option[0] not in line.used]


def first_sentence(text: str) -> str:
    """The first sentence of a text in small pieces of HTML, without its marks and its full stop."""
    return text.replace("<code>", "").replace("</code>", "").partition(". ")[0].rstrip(".")
