"""Member names of the model, argument names of the command line, and the service's own name."""

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
