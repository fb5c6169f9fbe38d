"""The scripts in the shells they are for."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from awsshadow.commands.completion import SHELLS
from tests.complete.conftest import ROOT
from tests.support.endpoint import Endpoint

pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed: shells cannot be driven")

#: Seconds a shell may take; a machine under load is slow.
PATIENCE = 60


def needs(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")


#: The commands under test become functions that show their words.
SHOW = r"""show() { printf '<%s' "<$1"; shift; printf '|%s' "$@"; printf '>%s' '>'; }"""
FUNCTIONS = 'awsshadow() { show awsshadow "$@"; }; aws() { show aws "$@"; }'
BASH = [
    'eval "$(awsshadow completion bash)"; eval "$(awsshadow completion bash aws)"',
    "bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; PS1='$ '",
]
ZSH = [
    "PS1='$ '; unsetopt beep; unset zle_bracketed_paste; bindkey -e; autoload -Uz compinit; compinit -u -D",
    'eval "$(awsshadow completion zsh)"; eval "$(awsshadow completion zsh aws)"',
]


class Typist:
    """An interactive shell in a pseudo-terminal; ``line`` asks what it made of some keys."""

    def __init__(self, command: list[str], setup: list[str], environ: dict[str, str]) -> None:
        needs(command[0])
        self.shell = pexpect.spawn(
            command[0], command[1:], env=environ, cwd=environ["HOME"], encoding="utf-8", timeout=PATIENCE,
            dimensions=(24, 200),
        )  # fmt: skip
        for text in [*setup, SHOW, FUNCTIONS, "echo ready''-now"]:
            self.shell.sendline(text)
        self.shell.expect("ready-now")

    def line(self, keys: str, after: str = "") -> str:
        """Type ``keys``, a tab and what comes ``after``; read the words the shell would run."""
        self.shell.send(keys + "\t")
        self.shell.sendline(after)
        self.shell.expect(r"<<(.*?)>>")
        words: str = self.shell.match[1]
        return words.replace("\r", "").replace("\n", "")


@pytest.fixture(scope="module")
def start_bash(shell_environ: dict[str, str]) -> Iterator[Callable[[], Typist]]:
    typists = []

    def start() -> Typist:
        typists.append(Typist(["bash", "--norc", "--noprofile", "-i"], BASH, shell_environ))
        return typists[-1]

    yield start
    for typist in typists:
        typist.shell.close(force=True)


@pytest.fixture(scope="module")
def bash(start_bash: Callable[[], Typist]) -> Typist:
    return start_bash()


@pytest.fixture(scope="module")
def zsh(shell_environ: dict[str, str]) -> Iterator[Typist]:
    typist = Typist(["zsh", "-f", "-i"], ZSH, shell_environ)
    yield typist
    typist.shell.close(force=True)


#: What is typed before the tab, and the words after it.
TYPED = [
    ("awsshadow sagem", "awsshadow|sagemaker"),
    ("awsshadow sagemaker create-inference-e", "awsshadow|sagemaker|create-inference-experiment"),
    ("awsshadow sandbox clo", "awsshadow|sandbox|clock"),
    ("awsshadow sandbox clock set fr", "awsshadow|sandbox|clock|set|frozen"),
    ("awsshadow --debug sandbox serve --shell=f", "awsshadow|--debug|sandbox|serve|--shell=fish"),
    ("awsshadow sandbox coverage create-inference-e", "awsshadow|sandbox|coverage|create-inference-experiment"),
    ("true; FOO=1 aws sagemaker wait image-c", "aws|sagemaker|wait|image-created"),
    *((f"aws sagemaker {keys}", f"aws|sagemaker|{words}") for keys, words in [
        ("wait image-c", "wait|image-created"),
        ("list-models --max-i", "list-models|--max-items"),
        ("list-models --sort-by N", "list-models|--sort-by|Name"),
        ("list-models --sort-by=N", "list-models|--sort-by=Name"),
        ("list-models --sort-by 'N", "list-models|--sort-by|Name"),
        ('list-models --sort-by "N', "list-models|--sort-by|Name"),
        ("--region=us-west-1 list-models --output yaml-", "--region=us-west-1|list-models|--output|yaml-stream"),
        ("create-app --cli-input-json file://data/in", "create-app|--cli-input-json|file://data/input.json"),
        ("create-app --cli-input-json=file://data/in", "create-app|--cli-input-json=file://data/input.json"),
        ("create-app --cli-input-json file://data/two", "create-app|--cli-input-json|file://data/two words"),
        ("create-app --cli-input-json 'file://data/two w", "create-app|--cli-input-json|file://data/two words"),
        ("list-models --query Models[].ModelN", "list-models|--query|Models[].ModelName"),
        ("list-models --query 'Models[].ModelN", "list-models|--query|Models[].ModelName"),
        ("list-models --query 'Models[0].[ModelArn, ModelN", "list-models|--query|Models[0].[ModelArn, ModelName"),
        ('list-apps --query "Apps[?A==\'x\'].DomainI', "list-apps|--query|Apps[?A=='x'].DomainId"),
        ("create-model --vpc-config SecurityGroupIds=a,Sub",
         "create-model|--vpc-config|SecurityGroupIds=a,Subnets=["),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "words"), TYPED)
def test_bash(bash: Typist, keys: str, words: str) -> None:
    assert bash.line(keys) == words


@pytest.mark.parametrize(("keys", "words"), TYPED)
def test_zsh(zsh: Typist, keys: str, words: str) -> None:
    # zsh closes a quote together with the word; a query goes on, so it is left to the user.
    quote = next((char for char in keys if char in "'\""), "") if "--query" in keys else ""
    assert zsh.line(keys, quote) == words


def test_bash_in_the_middle_of_a_line(bash: Typist) -> None:
    back = "\x02" * len(" --sort-order Ascending")
    assert bash.line("aws sagemaker list-models --sort-by N --sort-order Ascending" + back) == (
        "aws|sagemaker|list-models|--sort-by|Name|--sort-order|Ascending"
    )


def test_zsh_in_the_middle_of_a_line(zsh: Typist) -> None:
    back = "\x02" * len(" --sort-order Ascending")
    assert zsh.line("aws sagemaker list-models --sort-by N --sort-order Ascending" + back) == (
        "aws|sagemaker|list-models|--sort-by|Name|--sort-order|Ascending"
    )


#: Names as a service could send them: what a shell would run or split, and what it would make files of.
HOSTILE = [
    "r$(touch${IFS}ran)", "r`touch ran`", "r;touch ran", "r&&touch ran", "r|tee ran", "r>ran", "r'x", "r\\x", "-rf",
    "two words", "st*r", "q?x", "h#sh", "plain",
]  # fmt: skip
DESCRIBE = "aws sagemaker describe-endpoint --endpoint-name"


@pytest.fixture
def hostile_bash(shell_environ: dict[str, str], endpoint: Endpoint, tmp_path: Path) -> Iterator[Typist]:
    """A shell in a folder whose files are called like names of the service, and beside files of odd names."""
    endpoint.script([{"body": json.dumps({"Endpoints": [{"EndpointName": name} for name in HOSTILE]})}])
    for name in ("star", "stir", "qax", "odd$(touch ran).json", "it's.json"):
        (tmp_path / name).write_text("")
    made = {"HOME": str(tmp_path), "AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url, "XDG_CACHE_HOME": str(tmp_path / "c")}
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"}
    typist = Typist(["bash", "--norc", "--noprofile", "-i"], BASH, {**shell_environ, **made, **keys})
    yield typist
    typist.shell.close(force=True)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        (f"{DESCRIBE} r", "r"),
        (f"{DESCRIBE} two", "two words"),
        (f"{DESCRIBE} 'two", "two words"),
        (f'{DESCRIBE} "two', "two words"),
        (f"{DESCRIBE} st", "st*r"),
        (f"{DESCRIBE} q", "q?x"),
        (f"{DESCRIBE} h", "h#sh"),
        (f"{DESCRIBE} p", "plain"),
        ("aws sagemaker create-app --cli-input-json file://odd", "file://odd$(touch ran).json"),
        ("aws sagemaker create-app --cli-input-json 'file://odd", "file://odd$(touch ran).json"),
        ('aws sagemaker create-app --cli-input-json "file://odd', "file://odd$(touch ran).json"),
        ("aws sagemaker create-app --cli-input-json file://it", "file://it's.json"),
        ("aws sagemaker create-app --cli-input-json 'file://it", "file://it's.json"),
    ],
)
def test_bash_runs_nothing_of_what_it_completes(hostile_bash: Typist, keys: str, word: str) -> None:
    assert hostile_bash.line(keys).rpartition("|")[2] == word


def test_a_pattern_does_not_become_the_files_that_it_fits(hostile_bash: Typist) -> None:
    hostile_bash.shell.sendline("_awsshadow_completed() { printf '[%s]' \"${COMPREPLY[@]}\"; }")
    hostile_bash.shell.sendline("awsshadow_completer() { printf 'st*\\nsagemaker\\n'; }")
    hostile_bash.shell.sendline("COMP_LINE='aws s' COMP_POINT=5 COMP_CWORD=1 COMP_WORDS=(aws s); _awsshadow")
    hostile_bash.shell.sendline("_awsshadow_completed")
    hostile_bash.shell.expect_exact("[st\\*][sagemaker]")


def test_powershell_quotes_what_is_more_than_a_word() -> None:
    """There is no PowerShell to run; what its script must say is known."""
    script = (ROOT / "completions" / SHELLS["powershell"]).read_text()
    assert """$typed = "'" + $text.Replace("'", "''") + "'\"""" in script
    assert "CompletionResult]::new($typed, $text," in script


def test_bash_starts_no_program_for_an_operation(start_bash: Callable[[], Typist]) -> None:
    bash = start_bash()
    bash.shell.sendline("awsshadow_completer() { echo wrong; }")
    assert bash.line("awsshadow sagemaker create-inference-e") == "awsshadow|sagemaker|create-inference-experiment"
    assert bash.line("awsshadow sagemaker list-models --max-i") == "awsshadow|sagemaker|list-models|wrong"


def test_zsh_loads_the_script_from_its_path(shell_environ: dict[str, str]) -> None:
    setup = [f"fpath=({ROOT / 'completions'} $fpath)", *ZSH[:1]]
    typist = Typist(["zsh", "-f", "-i"], setup, shell_environ)
    assert typist.line("awsshadow sagemaker wait image-c") == "awsshadow|sagemaker|wait|image-created"
    typist.shell.close(force=True)


def test_zsh_shows_descriptions(zsh: Typist) -> None:
    zsh.shell.send("aws sagemaker create-inference-\t\t")
    zsh.shell.expect("create-inference-experiment +-- ")
    zsh.shell.send("\x03")


def test_an_old_line_may_name_the_new_completer(start_bash: Callable[[], Typist]) -> None:
    bash = start_bash()
    bash.shell.sendline("complete -C awsshadow_completer aws")
    assert bash.line("aws sagemaker wait image-c") == "aws|sagemaker|wait|image-created"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("awsshadow sagemaker create-inference-e", ["create-inference-experiment"]),
        ("aws sagemaker wait endpoint-", ["endpoint-deleted", "endpoint-in-service"]),
        ("true; aws sagemaker wait image-c", ["image-created"]),
        ("aws sagemaker list-models --sort-by ", ["Name", "CreationTime"]),
        ("aws sagemaker list-models --sort-by=N", ["--sort-by=Name"]),
        ("aws sagemaker create-model --cli-input-json file://data/in", ["file://data/input.json"]),
        ("aws sagemaker list-models --query 'Models[].ModelN", ["Models[].ModelName"]),
        ("aws sagemaker nothing ", []),
        ("awsshadow sandbox clock ", ["show", "advance", "set", "help"]),
        ("awsshadow sandbox serve --sh", ["--shell"]),
    ],
)
def test_fish(shell_environ: dict[str, str], line: str, expected: list[str]) -> None:
    needs("fish")
    script = "awsshadow completion fish | source; awsshadow completion fish aws | source; complete -C $argv[1]"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script, line],
        env=shell_environ, cwd=shell_environ["HOME"], capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.stderr == ""
    assert [row.split("\t")[0] for row in done.stdout.splitlines()] == expected


@pytest.mark.parametrize("line", ["awsshadow sagemaker create-inference-e", "awsshadow sandbox res"])
def test_fish_shows_descriptions(shell_environ: dict[str, str], line: str) -> None:
    needs("fish")
    script = f"awsshadow completion fish | source; complete -C '{line}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script], env=shell_environ, capture_output=True, text=True, timeout=PATIENCE
    )
    assert "\t" in done.stdout


@pytest.mark.parametrize(
    ("shell", "words"), [("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"]), ("fish", ["fish", "-n"])]
)
def test_scripts_are_well_formed(shell: str, words: list[str]) -> None:
    needs(shell)
    done = subprocess.run([*words, str(ROOT / "completions" / SHELLS[shell])], capture_output=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, b"")


def test_powershell_counts_the_cursor_from_its_own_command() -> None:
    """There is no PowerShell to run; what its script must say is known."""
    script = (ROOT / "completions" / SHELLS["powershell"]).read_text()
    assert "Register-ArgumentCompleter -Native -CommandName awsshadow -ScriptBlock {" in script
    assert "$cursor - $command.Extent.StartOffset" in script
    assert "Remove-Item Env:COMP_LINE, Env:COMP_POINT, Env:AWSSHADOW_COMPLETE" in script
    assert script.count("{") == script.count("}")
    assert script.count("(") == script.count(")")
