"""``awsshadow sandbox ...``: ways into the sandbox, and what a person does with what it keeps.

Each command is a module of its own, imported when it is asked for.
"""

from __future__ import annotations

from awsshadow.commands.tree.groups import LazyGroup

SUMMARIES = {
    "run": "Run a command whose AWS clients reach the sandbox",
    "serve": "Stay up as an endpoint on 127.0.0.1",
    "ls": "List the resources in the sandbox",
    "dump": "Write all that is kept, as lines of JSON, to standard output",
    "load": "Put what dump wrote in the place of what is kept",
    "reset": "Forget everything",
    "clock": "Show or change the time in the sandbox",
    "faults": "Make calls or resources fail on purpose",
    "fail": "Make resources of these names fail, or their updates",
    "log": "Add lines to the logs in the sandbox",
    "coverage": "Say for each operation what stands behind it",
}

command = LazyGroup(
    "sandbox",
    __name__,
    SUMMARIES,
    help="""<p>A simulated SageMaker control plane on this machine: models, endpoints, shadow tests and the rest, kept
in a folder, without an account and without a network. There are three ways in:</p>
<dl><dt><code>{program} sandbox run -- bash script.sh</code></dt>
<dd>runs a command; any AWS client in it reaches the sandbox, none reaches AWS</dd>
<dt><code>{program} sandbox serve</code></dt>
<dd>stays up, and prints what makes clients reach it</dd>
<dt><code>export AWSSHADOW_SANDBOX=DIR</code></dt>
<dd>every {program} command answers by itself, from what is kept in DIR</dd></dl>
<p>It is a simulation: <code>{program} sandbox coverage</code> says what stands behind each operation.</p>""",
)
