"""The commands and output formats that ``aws`` does not have: name -> one line about it.

The command ``name`` is the object ``command`` of the module ``awsshadow.commands.name``. They exist
under every name but ``aws``, under which there is nothing but the reference's own commands.
"""

OWN_COMMANDS = {
    "check": "Check input documents, and the commands in scripts, without a service",
    "completion": "Print the completion script of a shell",
    "diff": "Show how what is there differs from documents",
    "doctor": "Say what awsshadow sees: versions, files, settings, credentials",
    "export": "Print the document that creates another resource like one that is there",
    "link": "Put a link called aws beside awsshadow",
    "man": "Write the manual pages where man finds them",
    "remove": "Delete or stop resources, with what hangs on them, by a plan",
    "running": "Show what runs, and so costs, in one region or in many",
    "sandbox": "Rehearse scripts against a local SageMaker control plane",
    "schema": "Print what operations take as JSON Schema",
    "site": "Write the reference pages and guides as a web site",
    "tail": "Show the log of a job, an endpoint, a cluster or a pipeline's steps",
    "wait": "Wait until a resource has come to rest, or is in a status",
}

#: Formats that the reference does not have, with what is said about them.
EXTRA_OUTPUTS = {
    "jsonl": "A line of JSON for each item, as the pages come",
    "csv": "A row for each item, commas between cells",
    "tsv": "A row for each item, tabs between cells",
}

REFERENCE_NAME = "aws"


def has_extras(program: str) -> bool:
    """Whether there is what the reference does not have under the name ``program``: never under its own."""
    return program != REFERENCE_NAME
