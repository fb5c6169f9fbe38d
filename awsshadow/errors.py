"""What can go wrong, one class per exit code (behaviour: output 5.2).

::

    AwsShadowError                255   anything not named below
    +-- UsageError                252   the command line cannot be read
    |   +-- ParameterError        252   a value of an option cannot be used
    |   +-- UnknownOptionsError   252   words that no parser wanted
    |   +-- EarlyUsageError       252   the same, before any setting is known
    |   +-- OtherServiceError     252   a command of the reference that is not ours
    +-- ConfigurationError        253   region, credentials, a setting, the pager
    +-- ServiceError              254   the service answered with an error
    +-- WaiterFailedError         255   a waiter of the reference ended badly
    +-- EndedElsewhereError         3   what was waited for came to rest in another state
    +-- TimedOutError             124   it did not come to rest in the time given
    +-- PartlyFailedError           4   some of many calls failed

The classes below these have the same exit codes; they carry what a hint at a terminal is made of (``hints``).

An error only carries facts. ``report`` writes it, ``main`` turns it into an exit code, and
nothing else in the package prints or exits. This module imports nothing.
"""

#: What is said once below an error that a prompt was configured for and could have asked about.
PROMPT_MISSING = (
    "cli_auto_prompt is set, but asking needs prompt-toolkit; install it with: pip install 'awsshadow[auto-prompt]'"
)


class AwsShadowError(Exception):
    """The root of every error this package raises on purpose.

    ``message`` is the text after ``aws: [ERROR]: ``. ``code`` is the code the structured error
    formats show and the enhanced format puts before the message; None means that the reference
    prints this error as a plain block whatever the error format is.
    """

    exit_code = 255
    code: str | None = None

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InterruptedLines(KeyboardInterrupt):
    """Ctrl-C between lines that another program reads: not even an empty one is to follow."""


class UsageError(AwsShadowError):
    """The command line cannot be read.

    ``usage`` is the usage text that follows the message after a blank line, or None. ``notice`` is a
    line for a person at a terminal about something else that is missing.
    """

    exit_code = 252
    code: str | None = "ParamValidation"
    notice: str | None = None

    def __init__(self, message: str, usage: str | None = None) -> None:
        super().__init__(message)
        self.usage = usage


class ParameterError(UsageError):
    """A value given for an option, or a whole parameter document, cannot be used."""


class MalformedValueError(ParameterError):
    """The text of an option or a document does not follow the grammar of ``language``: JSON, YAML or shorthand.

    ``offset`` counts characters of ``text`` up to the place, and is None where it is not known.
    """

    def __init__(self, message: str, option: str, text: str, offset: int | None, language: str) -> None:
        super().__init__(message)
        self.option = option
        self.text = text
        self.offset = offset
        self.language = language


class ShorthandError(ParameterError):
    """A text does not follow the grammar of shorthand; ``offset`` counts characters from its beginning."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class UnreadableFile(AwsShadowError):  # noqa: N818 - named for what the user has, as the message is
    """The file ``path`` cannot be read or decoded. What is wrong with it is the message."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path


class UnreadableValueError(ParameterError):
    """The file ``path`` that ``option`` names cannot be read or decoded."""

    def __init__(self, message: str, option: str, path: str) -> None:
        super().__init__(message)
        self.option = option
        self.path = path


class Problem:
    """One thing that is wrong with a request.

    ``kind`` is ``unknown`` (``given`` is the key, ``allowed`` are the known ones), ``missing`` (``given`` is the key,
    ``allowed`` are those that are there) or ``type`` (``given`` is the value, ``allowed`` holds the kind of shape that
    was wanted). ``path`` is the place, as messages show it.
    """

    __slots__ = ("allowed", "given", "kind", "path")

    def __init__(self, kind: str, path: str, given: object, allowed: list[str]) -> None:
        self.kind = kind
        self.path = path
        self.given = given
        self.allowed = allowed


class InvalidParametersError(ParameterError):
    """The parameters do not fit the shapes of the model: ``problems``, those that a hint can say more about."""

    def __init__(self, message: str, problems: list[Problem]) -> None:
        super().__init__(message)
        self.problems = problems


class MissingOptionsError(UsageError):
    """Required options are absent: ``names``. ``unknown`` are the words on the line that no option is called."""

    def __init__(self, message: str, usage: str, names: list[str], unknown: list[str]) -> None:
        super().__init__(message, usage)
        self.names = names
        self.unknown = unknown


class InvalidChoiceError(UsageError):
    """``word`` is none of ``names``. ``suggests``: the message names similar ones."""

    def __init__(self, message: str, usage: str, word: str, names: list[str], suggests: bool) -> None:
        super().__init__(message, usage)
        self.word = word
        self.names = names
        self.suggests = suggests


class UnknownOptionsError(UsageError):
    """Words that no parser wanted. The reference prints the usage before this message.

    ``words`` are they; ``options`` are those that there are.
    """

    code = None

    def __init__(
        self, message: str, usage: str | None = None, words: list[str] | None = None, options: list[str] | None = None
    ) -> None:
        super().__init__(message, usage)
        self.words = words or []
        self.options = options or []


class EarlyUsageError(UsageError):
    """The command line cannot be read even before settings are known: always in the enhanced format."""


class OtherServiceError(UsageError):
    """``command`` is a command of the reference, or of a later one (``is_newer``), that this package does not have.

    ``hint`` is one more line that says why nothing else could run it.
    """

    hint: str | None = None

    def __init__(self, command: str, message: str, usage: str | None = None, is_newer: bool = False) -> None:
        super().__init__(message, usage)
        self.command = command
        self.is_newer = is_newer


class ConfigurationError(AwsShadowError):
    """Region, credentials, a setting or the pager; ``code`` is one of
    ``Configuration``, ``NoRegion``, ``NoCredentials`` and ``Pager``."""

    exit_code = 253

    def __init__(self, message: str, code: str = "Configuration") -> None:
        super().__init__(message)
        self.code = code


class PagerError(ConfigurationError):
    """The pager ``command`` does not exist. ``shown``: the result has been written all the same."""

    def __init__(self, message: str, command: str) -> None:
        super().__init__(message, "Pager")
        self.command = command
        self.shown = False


class NumberError(AwsShadowError):
    """``text`` is no number. ``where`` is the option, variable or setting, ``path`` the place within its value."""

    def __init__(self, message: str, text: object, where: str = "") -> None:
        super().__init__(message)
        self.text = text
        self.where = where
        self.path = ""


class BytesValueError(AwsShadowError):
    """``option`` was given the bytes of a file where text is wanted."""

    def __init__(self, message: str, option: str) -> None:
        super().__init__(message)
        self.option = option


class ConfigFileError(AwsShadowError):
    """The configuration file ``path`` cannot be read; ``line`` is the first that is wrong, 0 if that is not known."""

    def __init__(self, message: str, path: str, line: int) -> None:
        super().__init__(message)
        self.path = path
        self.line = line


class UnknownProfileError(AwsShadowError):
    """There is no profile called ``profile``."""

    def __init__(self, message: str, profile: str) -> None:
        super().__init__(message)
        self.profile = profile


class CredentialsError(AwsShadowError):
    """Credentials cannot be had. ``kind`` says from where: ``sso``, ``login``, ``login extra`` (what renews
    a session is not installed), ``process`` or ``partial``."""

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class ConnectionFailedError(AwsShadowError):
    """No answer came. ``kind`` is ``connect``, ``proxy``, ``tls`` or ``timeout``, ``url`` what was asked, if known."""

    def __init__(self, message: str, kind: str, url: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.url = url


class TimestampError(AwsShadowError):
    """An answer has a timestamp, ``value``, that no calendar has."""

    def __init__(self, message: str, value: object) -> None:
        super().__init__(message)
        self.value = value


class NoStandardOutputError(AwsShadowError):
    """Standard output was closed before the start; the reference says so in words of its internals."""

    def __init__(self, message: str = "Cannot write to standard output: it is closed") -> None:
        super().__init__(message)


class ServiceError(AwsShadowError):
    """The service answered with an error.

    ``message`` is the whole sentence of the plain formats; ``fields`` are what the structured
    formats show, in their order (``Message`` and ``Code``). ``operation`` is what was called, in the model's words.
    """

    exit_code = 254

    def __init__(self, message: str, fields: dict[str, object], operation: str = "") -> None:
        super().__init__(message)
        self.fields = fields
        self.operation = operation


class WaiterFailedError(AwsShadowError):
    """A waiter of the reference failed or gave up.

    ``closing`` is what a person at a terminal is told below the message, pieces with tones: the state, why the service
    says that it had to fail, its log, or that the resource goes on.
    """

    def __init__(self, message: str, closing: "list[tuple[str, str]] | None" = None) -> None:
        super().__init__(message)
        self.closing = closing or []


class EndedElsewhereError(AwsShadowError):
    """What was waited for came to rest in another state, as in a failure. Only where an extra was typed."""

    exit_code = 3


class TimedOutError(AwsShadowError):
    """The time given for a wait is over. Only where an extra was typed; the code is that of ``timeout(1)``."""

    exit_code = 124


class PartlyFailedError(AwsShadowError):
    """Some of the calls that a command made failed; what the others answered has been printed.

    Only where an extra was typed. ``exit_code`` is that of the errors where all of them failed.
    """

    exit_code = 4

    def __init__(self, message: str, exit_code: int = 4) -> None:
        super().__init__(message)
        self.exit_code = exit_code
