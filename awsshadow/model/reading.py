"""Which operations only read."""

READING = ("BatchDescribe", "Describe", "Get", "List", "Query", "Search")


def reads(operation: str) -> bool:
    """Whether ``operation``, as the model names it, changes nothing."""
    return operation.startswith(READING)
