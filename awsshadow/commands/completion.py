"""``awsshadow completion SHELL``: the script that makes a shell ask ``awsshadow_completer``."""

from __future__ import annotations

import os

import click

from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.values import OneOf
from awsshadow.complete.candidates import candidates
from awsshadow.errors import AwsShadowError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console

SHELLS = {"bash": "awsshadow.bash", "zsh": "_awsshadow", "fish": "awsshadow.fish", "powershell": "awsshadow.ps1"}
#: shell -> the line that sets its completion up for good
_LINES = {
    "bash": "echo 'eval \"$({command})\"' >> ~/.bashrc",
    "zsh": "echo 'eval \"$({command})\"' >> ~/.zshrc",
    "fish": "{command} > ~/.config/fish/completions/{name}.fish",
    "powershell": "Add-Content $PROFILE '{command} | Out-String | Invoke-Expression'",
}

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
#: In the wheel the scripts lie beside the completer, in a checkout at the top.
_FOLDERS = (os.path.join(_PACKAGE, "complete", "scripts"), os.path.join(_PACKAGE, "..", "completions"))
#: The name the scripts complete for, and how the lines begin in which they say so.
_NAME = "awsshadow"
_REGISTERS = ("#compdef ", "compdef ", "complete ", "Register-ArgumentCompleter ")


@click.command(
    "completion",
    cls=Command,
    help="""<p>Prints the completion script of a shell, for this program or for the name it is called by.</p>
<dl><dt>bash, in <code>~/.bashrc</code></dt><dd><code>eval "$({program} completion bash)"</code></dd>
<dt>zsh, in <code>~/.zshrc</code> after compinit</dt><dd><code>eval "$({program} completion zsh)"</code></dd>
<dt>fish</dt><dd><code>{program} completion fish &gt; ~/.config/fish/completions/awsshadow.fish</code></dd>
<dt>PowerShell, in <code>$PROFILE</code></dt>
<dd><code>{program} completion powershell | Out-String | Invoke-Expression</code></dd></dl>""",
)
@click.argument(
    "shell", type=OneOf(tuple(SHELLS)), cls=Argument,
    about="One of <code>bash</code>, <code>zsh</code>, <code>fish</code> and <code>powershell</code>.",
)  # fmt: skip
@click.argument(
    "name", required=False, default=_NAME, cls=Argument,
    about="The command to complete for, such as <code>aws</code>; <code>awsshadow</code> without it.",
)  # fmt: skip
@click.pass_obj
def command(console: Console, shell: str, name: str) -> None:
    """Print the script. Raises UsageError for a name that is none."""
    if not name or name.startswith("-") or not all(c.isalnum() or c in "-_.+" for c in name):
        raise UsageError(f"completion takes the name of a command, not '{name}'")
    text = _named(_script(SHELLS[shell]), name)
    console.write(_operations(console.environ) + text if shell == "bash" else text)
    if console.look().is_terminal:  # a script on the screen helps nobody
        console.flush()
        own = "" if name == _NAME else f" {name}"
        line = _LINES[shell].format(command=f"{console.program} completion {shell}{own}", name=name)
        console.say(f"\nThis is for {shell} to read. To set it up, type:\n  {line}\n")


def _script(name: str) -> str:
    for folder in _FOLDERS:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
    raise AwsShadowError(f"this installation has no {name}")


def _named(script: str, name: str) -> str:
    """``script`` for the command ``name``."""
    lines = []
    for line in script.split("\n"):
        words = line.split(" ")
        registers = line.lstrip().startswith(_REGISTERS)
        lines.append(" ".join(name if registers and word == _NAME else word for word in words))
    return "\n".join(lines)


def _operations(environ: dict[str, str]) -> str:
    """The operations of now, so that bash need not start a program to ask for them."""
    found = candidates(["sagemaker"], "", environ, {})
    return "_awsshadow_operations='" + "\n".join(name for name, _ in found) + "'\n" if found else ""
