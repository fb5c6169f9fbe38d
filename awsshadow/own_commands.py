"""The commands that ``aws`` does not have: name -> module and one line about it.

Each module has ``main(arguments, program, environ, streams) -> int``. They exist under every name
but ``aws``, under which there is nothing but the reference's own commands.
"""

OWN_COMMANDS = {
    "completion": ("awsshadow.complete.completer", "Print the completion script of a shell"),
    "doctor": ("awsshadow.commands.doctor", "Say what awsshadow sees: versions, files, settings, credentials"),
    "link": ("awsshadow.commands.link", "Put a link called aws beside awsshadow"),
    "man": ("awsshadow.commands.man", "Write the manual pages where man finds them"),
    "sandbox": ("awsshadow.commands.sandbox", "Rehearse scripts against a local SageMaker control plane"),
}

REFERENCE_NAME = "aws"
