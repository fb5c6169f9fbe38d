"""Names: of members and arguments (behaviour: input 1.11), of the service, of variables that many parts read."""

#: Where a region is looked for, the first one that is set wins: the reference's order.
REGION_VARIABLES = ("AWS_REGION", "AWS_DEFAULT_REGION")

#: Names the folder of a sandbox; makes awsshadow answer from there.
SANDBOX_VARIABLE = "AWSSHADOW_SANDBOX"

#: Set, operations that change something are refused.
READ_ONLY_VARIABLE = "AWSSHADOW_READ_ONLY"

#: What the sandbox makes of names of objects where an S3 is there: ``strict`` when they have to exist.
SANDBOX_S3_VARIABLE = "AWSSHADOW_SANDBOX_S3"

#: Names the output format, before what the reference reads; its own formats and the others.
OUTPUT_VARIABLE = "AWSSHADOW_OUTPUT"
#: What happens when whoever reads the output has ended, as ``head`` does: ``quiet`` or as the reference does.
BROKEN_PIPE_VARIABLE, QUIET = "AWSSHADOW_BROKEN_PIPE", "quiet"

#: The region of the sandbox when nothing names one.
SANDBOX_REGION = "us-east-1"

#: The one service of the reference that this package has: its command, and its folder in botocore's data.
SERVICE = "sagemaker"


def argument_name(name: str) -> str:
    """Turn a name of the model into the name typed on the command line.

    ``CreateAutoMLJobV2`` becomes ``create-auto-ml-job-v2``. A hyphen goes before each capital
    that begins a capitalised word (unless it is first) and between a lower-case letter or digit
    and a capital; digits stay with what precedes them and acronyms stay together.
    """
    words: list[str] = []
    begin, last = 0, len(name) - 1
    for i, char in enumerate(name):
        if char.isupper() and i:
            before = name[i - 1]
            word = i < last and name[i + 1].islower()
            if word or before.islower() or before.isdigit():
                words.append(name[begin:i])
                begin = i
    words.append(name[begin:])
    return "-".join(words).lower()


def with_article(noun: str) -> str:
    """``noun``, what a kind of resources is called, behind its indefinite article; of ``u`` all are as in ``user``."""
    return f"{'an' if noun.startswith(('a', 'e', 'i', 'o', 'mlflow')) else 'a'} {noun}"
