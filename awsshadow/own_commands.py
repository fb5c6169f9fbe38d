"""The commands that ``aws`` does not have: name -> one line about it.

The command ``name`` is the object ``command`` of the module ``awsshadow.commands.name``. They exist
under every name but ``aws``, under which there is nothing but the reference's own commands.
"""

OWN_COMMANDS = {
    "completion": "Print the completion script of a shell",
    "doctor": "Say what awsshadow sees: versions, files, settings, credentials",
    "link": "Put a link called aws beside awsshadow",
    "man": "Write the manual pages where man finds them",
    "running": "Show what runs, and so costs, in one region or in many",
    "sandbox": "Rehearse scripts against a local SageMaker control plane",
    "site": "Write the reference pages and guides as a web site",
    "wait": "Wait until a resource has come to rest, or is in a status",
}

REFERENCE_NAME = "aws"


def has_extras(program: str) -> bool:
    """Whether there is what the reference does not have under the name ``program``: never under its own."""
    return program != REFERENCE_NAME
