"""What the options that are no members of any input do, in this project's own words.

Texts are small pieces of HTML, read by ``prose`` like the model's. Order and type names are the
reference's (behaviour: output 8.3).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    #: Name, type as shown, text, and the values that may be chosen from.
    Row = tuple[str, str, str, tuple[str, ...]]

_BINARY_FORMAT = (
    "How binary values are typed: <code>base64</code> expects them encoded (the default), "
    "<code>raw-in-base64-out</code> as they are. Content read with <code>fileb://</code> is always taken as it is."
)

#: The global options in the order of the synopsis.
GLOBAL_OPTIONS: tuple[Row, ...] = (
    ("debug", "boolean", "Write a log of everything that is done to standard error.", ()),
    ("endpoint-url", "string", "Send requests to this URL instead of the endpoint of the region.", ()),
    (
        "no-verify-ssl",
        "boolean",
        "Do not check the certificate of the server. Without this option, each TLS connection is checked.",
        (),
    ),
    (
        "no-paginate",
        "boolean",
        "Send one request and show its page of results, even when there are more pages.",
        (),
    ),
    ("output", "string", "How results are laid out.", ("json", "text", "table", "yaml", "yaml-stream", "off")),
    ("query", "string", "A JMESPath expression; only what it selects from the result is shown.", ()),
    ("profile", "string", "The profile of your configuration and credentials files to use.", ()),
    ("region", "string", "The region to send requests to, whatever the environment and the configuration say.", ()),
    ("version", "string", "Show the version and stop.", ()),
    ("color", "string", "Whether output is coloured; <code>auto</code> means: on a terminal.", ("on", "off", "auto")),
    ("no-sign-request", "boolean", "Send requests unsigned. Credentials are not looked up.", ()),
    (
        "ca-bundle",
        "string",
        "A file of CA certificates to check the server against, whatever the environment and the configuration say.",
        (),
    ),
    (
        "cli-read-timeout",
        "int",
        "How many seconds to wait for data from the server; 60 by default, and 0 means without end.",
        (),
    ),
    (
        "cli-connect-timeout",
        "int",
        "How many seconds to wait for a connection to the server; 60 by default, and 0 means without end.",
        (),
    ),
    (
        "cli-binary-format",
        "string",
        _BINARY_FORMAT,
        ("base64", "raw-in-base64-out"),
    ),
    ("no-cli-pager", "boolean", "Do not show results in a pager.", ()),
    ("cli-auto-prompt", "boolean", "Ask for the command and its options, with suggestions, before it is run.", ()),
    ("no-cli-auto-prompt", "boolean", "Do not ask, whatever the environment and the configuration say.", ()),
    (
        "cli-error-format",
        "string",
        "How errors are laid out; <code>enhanced</code> by default.",
        ("legacy", "json", "yaml", "text", "table", "enhanced"),
    ),
)

#: Every operation's generated options: name -> text.
GENERATED_OPTIONS = {
    "cli-input-json": (
        "A JSON document to take parameters from, in the form that <code>--generate-cli-skeleton</code> prints. "
        "Options on the command line win over what the document says. Strings of the document are taken literally, "
        "so it cannot hold arbitrary binary values. The same document as YAML goes to <code>--cli-input-yaml</code>; "
        "only one of the two may be given."
    ),
    "cli-input-yaml": "The same as <code>--cli-input-json</code>, written as YAML. Only one of the two may be given.",
    "starting-token": (
        "Where to go on: the <code>NextToken</code> that an earlier, shortened answer of this command showed."
    ),
    "page-size": (
        "How many items to ask for in one request. It does not change how many are shown in all; a smaller number "
        "means more and shorter requests, which helps when the service times out."
    ),
    "max-items": (
        "How many items to show in all. When there are more, the answer holds a <code>NextToken</code>: give it to "
        "<code>--starting-token</code> to go on. Use it only with this command, never as a token of the service."
    ),
    "generate-cli-skeleton": (
        "Print a sample document and send nothing. <code>input</code>, or no value, prints a JSON document for "
        "<code>--cli-input-json</code>, and <code>yaml-input</code> a YAML one for <code>--cli-input-yaml</code>. "
        "<code>output</code> checks the other options and prints an answer of the form the command would give. "
        "The samples may change from version to version."
    ),
}

SERVICE_SUMMARY = "Create, run and manage machine learning resources with Amazon SageMaker AI"

ROOT_SUMMARY = "A drop-in for aws sagemaker"

ROOT_DESCRIPTION = (
    "Calls the SageMaker control plane with the command lines, requests and output of the AWS CLI. "
    "Each operation of the service is a command below <code>sagemaker</code>."
)

ROOT_USAGE = (
    "Put <code>help</code> after any command to read about it. In a synopsis, options in square brackets may be "
    "left out."
)

WAIT_DESCRIPTION = "Poll until a resource has reached a state. Each command below waits for one such state."
