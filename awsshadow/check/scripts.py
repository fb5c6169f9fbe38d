"""The shell text of a file: of a script all of it, of a Makefile its recipes, of a workflow what its steps run."""

from __future__ import annotations

import os
import re

from awsshadow.arguments import yaml12
from awsshadow.check.documents import Malformed
from awsshadow.check.shell import MARK, behind_bracket
from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    #: The line on which a piece of shell text begins, and the text.
    Fragment = tuple[int, str]

#: Keys of workflow files (GitHub, GitLab, CircleCI, CodeBuild, Argo, compose) under which shell text stands.
_KEYS = frozenset(("run", "script", "before_script", "after_script", "commands", "command"))
_OTHER_SHELLS = ("python", "pwsh", "powershell", "cmd", "node", "perl", "ruby")
_EXPRESSION = re.compile(r"\$\{\{.*?\}\}|\$\[\[.*?\]\]", re.DOTALL)
_TARGET = re.compile(r"^[^\t#=\n][^=\n]*?::?(?!=)[^;\n]*;(.*)$")


def fragments(path: str, text: str) -> list[Fragment]:
    """The pieces of shell text in a file. Raises Malformed for a workflow that is no YAML."""
    name = os.path.basename(path).lower()
    if name.endswith((".yml", ".yaml")):
        return list(_workflow(text))
    if name in ("makefile", "gnumakefile") or name.endswith((".mk", ".mak")) or name.startswith("makefile."):
        return list(_makefile(text))
    return [(1, text)]


def _workflow(text: str) -> Iterator[Fragment]:
    try:
        for node in yaml12.compose_all(text):
            yield from _steps(node, frozenset())
    except yaml12.YAMLError as error:
        line, said = yaml12.place_of(error)
        raise Malformed(line, f"no YAML: {said}") from None
    except (AwsShadowError, RecursionError) as error:
        raise Malformed(1, f"no YAML that can be read: {error}") from None


def _steps(node: Any, above: frozenset[int]) -> Iterator[Fragment]:
    if node is None or id(node) in above:
        return
    above |= {id(node)}
    if node.id == "sequence":
        for item in node.value:
            yield from _steps(item, above)
    elif node.id == "mapping":
        shells = [v.value for k, v in node.value if k.value == "shell" and v.id == "scalar"]
        is_shell = not any(shell.split()[:1] and shell.split()[0] in _OTHER_SHELLS for shell in shells)
        for key, value in node.value:
            if key.id == "scalar" and key.value in _KEYS:
                if is_shell:
                    yield from _texts(value)
                if value.id != "scalar":
                    yield from _steps(value, above)
            else:
                yield from _steps(value, above)


def _texts(node: Any) -> Iterator[Fragment]:
    """The texts of a node that is one, or a list of them."""
    for item in node.value if node.id == "sequence" else [node]:
        if item.id == "scalar":
            below = item.style in ("|", ">")
            yield item.start_mark.line + 1 + below, _EXPRESSION.sub(_marked, item.value)


def _marked(found: re.Match[str]) -> str:
    return MARK + "\n" * found.group().count("\n")


def _makefile(text: str) -> Iterator[Fragment]:
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        begin = at
        while _goes_on(lines[at]) and at + 1 < len(lines):
            at += 1
        at += 1
        first, *others = lines[begin:at]
        whole = "\n".join([first, *(line.removeprefix("\t") for line in others)])
        recipe = whole[1:] if first.startswith("\t") else _behind_target(whole)
        if recipe is not None:
            yield begin + 1, _shell_of(recipe.lstrip(" \t").lstrip("@-+ "))
        yield from _shell_functions(whole, begin + 1)


def _goes_on(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _behind_target(line: str) -> str | None:
    """What stands behind the semicolon of ``target: needs; recipe``."""
    found = _TARGET.match(line.partition("\n")[0])
    return None if found is None else line[found.start(1) :]


def _shell_functions(text: str, line: int) -> Iterator[Fragment]:
    """What ``$(shell ...)`` runs."""
    for found in re.finditer(r"(?<!\$)\$[({]shell[ \t]", text):
        end = behind_bracket(text, found.start() + 1)
        yield line + text.count("\n", 0, found.start()), _shell_of(text[found.end() : end - 1])


def _shell_of(text: str) -> str:
    """A recipe as make hands it to the shell: ``$$`` is a dollar, and its own variables are not known."""
    found: list[str] = []
    at = 0
    while at < len(text):
        if text[at] != "$" or at + 1 == len(text):
            found.append(text[at])
            at += 1
        elif text[at + 1] == "$":
            found.append("$")
            at += 2
        else:
            end = behind_bracket(text, at + 1) if text[at + 1] in "({" else at + 2
            found.append(MARK + "\\\n" * text.count("\n", at, end))
            at = end
    return "".join(found)
