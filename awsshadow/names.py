"""Member names of the model and argument names of the command line."""

#: The one service of the reference that this package has: its command, and its folder in botocore's data.
SERVICE = "sagemaker"


def argument_name(name: str) -> str:
    """Turn a name of the model into the name typed on the command line.

    ``CreateAutoMLJobV2`` becomes ``create-auto-ml-job-v2``. A hyphen goes before each capital
    that begins a capitalised word (unless it is first) and between a lower-case letter or digit
    and a capital; digits stay with what precedes them and acronyms stay together.
    """
    out: list[str] = []
    last = len(name) - 1
    for i, char in enumerate(name):
        if char.isupper() and i:
            before = name[i - 1]
            word = i < last and name[i + 1].islower()
            if word or before.islower() or before.isdigit():
                out.append("-")
        out.append(char.lower())
    return "".join(out)
