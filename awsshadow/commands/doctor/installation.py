"""How awsshadow is installed: PATH, completion, cache, pager, extras."""

from __future__ import annotations

import os
import shlex
import shutil
from importlib.util import find_spec

from awsshadow.errors import AwsShadowError
from awsshadow.handover import next_aws
from awsshadow.model import find_store
from awsshadow.paths import cache_folder, is_private
from awsshadow.terminal.checks import GOOD, NOTICE, Check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from awsshadow.commands.tree.console import Console
    from awsshadow.config.settings import Settings

_OWN = "awsshadow"
#: shell -> where its completion may be set up, and the line that does it, in words.
_SHELLS = {
    "bash": (
        ("~/.bashrc", "~/.bash_profile", "~/.profile", "~/.bash_completion"),
        'Add to ~/.bashrc: eval "$(awsshadow completion bash)"',
    ),
    "zsh": (("~/.zshrc", "~/.zprofile"), 'Add to ~/.zshrc: eval "$(awsshadow completion zsh)"'),
    "fish": (
        ("~/.config/fish/completions/awsshadow.fish", "~/.config/fish/config.fish"),
        "awsshadow completion fish > ~/.config/fish/completions/awsshadow.fish",
    ),
}
#: Where scripts lie that a shell loads by the name of the command.
_BY_NAME = ("~/.local/share/bash-completion/completions/awsshadow", "/etc/bash_completion.d/awsshadow")


def cache(environ: dict[str, str]) -> Iterator[Check]:
    """The cache of slices: whether it is ours alone, and what other versions of botocore left there."""
    place = cache_folder(environ)
    if place is None or not os.path.isdir(place):
        return
    if not is_private(place):
        remedy = f"Make it yours alone: chmod 700 {shlex.quote(place)}"
        yield Check("cache", f"{place} can be written by others and is not used", NOTICE, remedy)
        return
    try:
        used = getattr(find_store(environ), "folder", None)
    except AwsShadowError:  # said elsewhere
        used = None
    old = [e.path for e in os.scandir(place) if e.path != used and os.path.exists(os.path.join(e.path, "stamp"))]
    if old:
        sentence = f"{place}: {len(old)} of other service models, {sum(map(_size, old)) / 1e6:.1f} MB"
        remove = f"rm -r {' '.join(map(shlex.quote, old))}"
        yield Check("cache", sentence, NOTICE, f"If no other environment uses them: {remove}")
    else:
        yield Check("cache", place, GOOD)


def _size(folder: str) -> int:
    """Bytes of all files in a folder."""
    return sum(os.path.getsize(os.path.join(top, name)) for top, _, names in os.walk(folder) for name in names)


def pager(settings: Settings, environ: Mapping[str, str]) -> Iterator[Check]:
    """The pager that results go through on a terminal, and whether it is there."""
    command = settings.pager
    if not command:
        yield Check("pager", "none")
        return
    try:
        program = shlex.split(command)[0]
    except (ValueError, IndexError):
        program = command
    if shutil.which(program, path=environ.get("PATH")):
        yield Check("pager", command)
    else:
        remedy = "Install it, or go without: export AWS_PAGER= (results on a terminal fail otherwise)."
        yield Check("pager", f"{command}: no such program", NOTICE, remedy)


def path_order(console: Console) -> Iterator[Check]:
    """Whether ``awsshadow`` and ``aws`` on PATH are this program."""
    path = console.environ.get("PATH", "")
    here = os.path.realpath(console.path)
    folder = os.path.dirname(os.path.abspath(console.path))
    first = shutil.which(_OWN, path=path)
    if first is None:
        remedy = f'export PATH="{folder}:$PATH"'
        if os.path.isfile(os.path.join(folder, "activate")):
            remedy = f". {os.path.join(folder, 'activate')}"
        yield Check("PATH", f"there is no {_OWN} on it", NOTICE, remedy)
    elif os.path.realpath(first) == here or os.path.dirname(os.path.realpath(first)) == folder:
        yield Check("PATH", f"{_OWN} is {first}", GOOD)
    else:
        yield Check("PATH", f"{_OWN} is {first}, which is not this one", NOTICE, f'export PATH="{folder}:$PATH"')
    yield from _aws(console, path, here)


def _aws(console: Console, path: str, here: str) -> Iterator[Check]:
    found = [os.path.join(folder, "aws") for folder in path.split(os.pathsep) if folder]
    found = [name for name in found if os.path.isfile(name) and os.access(name, os.X_OK)]
    ours = [name for name in found if os.path.realpath(name) == here]
    if ours and found[0] == ours[0]:
        yield Check("aws", f"{ours[0]}: this program", GOOD)
    elif ours:
        remedy = f'export PATH="{os.path.dirname(ours[0])}:$PATH"'
        yield Check("aws", f"{found[0]} comes before the link {ours[0]}", NOTICE, remedy)
    elif found:
        yield Check("aws", f"{found[0]}: not this program; awsshadow link DIR puts one in front")
    other = next_aws(console.environ, console.path)
    yield Check("next aws", other or "none: only sagemaker commands work")


def completion(environ: Mapping[str, str]) -> Iterator[Check]:
    """Whether the user's shell completes, and the line to add where it does not."""
    if shutil.which("awsshadow_completer", path=environ.get("PATH")) is None:
        remedy = "Put the folder of awsshadow on PATH: awsshadow_completer lies beside it."
        yield Check("completion", "awsshadow_completer is not on PATH", NOTICE, remedy)
        return
    shell = os.path.basename(environ.get("SHELL", ""))
    if shell not in _SHELLS:
        yield Check("completion", "not known for this shell: awsshadow completion help")
        return
    files, line = _SHELLS[shell]
    for name in (*_BY_NAME, *files):
        if _sets_it_up(os.path.expanduser(name), name):
            yield Check("completion", f"{shell}, in {name}", GOOD)
            return
    yield Check("completion", f"not set up for {shell}", NOTICE, line)


def _sets_it_up(path: str, name: str) -> bool:
    if name in _BY_NAME or name.endswith(f"{_OWN}.fish"):
        return os.path.isfile(path)
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = [line for line in file if not line.lstrip().startswith("#")]
    except OSError:
        return False
    return any("awsshadow completion" in line or "awsshadow_completer" in line for line in lines)


def extras(settings: Settings | None) -> Iterator[Check]:
    """What can be installed besides, and whether it is wanted."""
    asks = settings is not None and (settings.get("cli_auto_prompt") or "").lower() in ("on", "on-partial")
    yield _extra("auto-prompt", "prompt_toolkit", "prompt-toolkit", "is set" if asks else "")
    signs_in = settings is not None and any("login_session" in section for section in _sources(settings))
    yield _extra("login", "cryptography", "cryptography", "the session of the profile is renewed" if signs_in else "")


def _extra(name: str, module: str, package: str, wanted: str) -> Check:
    """Whether an extra is installed; ``wanted`` says why it has to be, empty where nothing needs it."""
    install = f"pip install 'awsshadow[{name}]'"
    if find_spec(module) is not None:
        return Check(name, f"{package} is installed", GOOD)
    if wanted:
        return Check(name, f"{wanted}, and {package} is not installed", NOTICE, install)
    return Check(name, f"not installed ({install})")


def _sources(settings: Settings) -> Iterator[Mapping[str, object]]:
    """The profile, and those that its role comes from."""
    section, seen = settings.section, [settings.profile]
    while True:
        yield section
        source = section.get("source_profile")
        if source in seen or source not in settings.files.profiles:
            return
        seen.append(source)
        section = settings.files.profiles[source]
