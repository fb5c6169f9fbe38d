"""What ``awsshadow`` and ``awsshadow sagemaker`` say alone, on a terminal: what people begin with."""

from __future__ import annotations

from awsshadow.terminal.folding import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.terminal.appearance import Appearance

#: Columns before a command and between it and what is said about it.
_MARGINS = 2 + 3
_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"

#: The words alone -> a sentence, the commands that people begin with, and where to read on.
_PAGES = {
    (): (
        "Amazon SageMaker on the command line, as the AWS CLI has it.",
        (
            ("{program} doctor", "what is set up, and what is missing"),
            ("{program} sagemaker list-endpoints", "a first call to your account"),
            ("{program} sagemaker create-model help", "what a command takes"),
            ("{program} sandbox run -- bash script.sh", "rehearse a script without an account"),
            ('eval "$({program} completion bash)"', "complete with Tab"),
        ),
        "All commands and options: {program} help",
    ),
    ("sagemaker",): (
        "The operations of Amazon SageMaker.",
        (
            ("{program} sagemaker list-models", "what there is"),
            ("{program} sagemaker describe-endpoint --endpoint-name NAME", "one of them in full"),
            ("{program} sagemaker create-model help", "what a command takes"),
            ("{program} sagemaker create-model --generate-cli-skeleton", "a document to fill in"),
            ("{program} sagemaker wait endpoint-in-service --endpoint-name NAME", "until it is ready"),
        ),
        "All operations: {program} sagemaker help",
    ),
}


def is_start(words: list[str]) -> bool:
    """Whether the words of a command line are those of a start page."""
    return tuple(words) in _PAGES


def start_page(words: list[str], program: str, look: Appearance) -> str:
    """The page for ``words``, fitted to the width of ``look``; with its final newline."""
    sentence, commands, further = _PAGES[tuple(words)]
    filled = [(command.format(program=program), about) for command, about in commands]
    width = max(len(command) for command, _ in filled)
    beside = width + _MARGINS + max(len(about) for _, about in filled) <= look.columns
    bold, dim, reset = (_BOLD, _DIM, _RESET) if look.is_coloured else ("", "", "")
    lines = [*fold(sentence, look.columns), "", "Begin with:"]
    for command, about in filled:
        if beside:
            lines.append(f"  {bold}{command}{reset}{' ' * (width - len(command) + 3)}{dim}{about}{reset}")
        else:
            # A command stays whole, to be copied; the terminal breaks it where it must.
            lines.append(f"  {bold}{command}{reset}")
            lines += [f"      {dim}{line}{reset}" for line in fold(about, look.columns - 6)]
    return "\n".join(["", *lines, "", *fold(further.format(program=program), look.columns), ""])
