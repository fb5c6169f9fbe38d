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

An error only carries facts. ``report`` writes it, ``main`` turns it into an exit code, and
nothing else in the package prints or exits. This module imports nothing.
"""


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


class UsageError(AwsShadowError):
    """The command line cannot be read.

    ``usage`` is the usage text that follows the message after a blank line, or None.
    """

    exit_code = 252
    code: str | None = "ParamValidation"

    def __init__(self, message: str, usage: str | None = None) -> None:
        super().__init__(message)
        self.usage = usage


class ParameterError(UsageError):
    """A value given for an option, or a whole parameter document, cannot be used."""


class UnknownOptionsError(UsageError):
    """Words that no parser wanted. The reference prints the usage before this message."""

    code = None
    #: One more line for a person at a terminal, naming the option that was probably meant.
    hint: str | None = None


class EarlyUsageError(UsageError):
    """The command line cannot be read even before settings are known: always in the enhanced format."""


class OtherServiceError(UsageError):
    """``command`` is a command of the reference that this package does not have.

    ``hint`` is one more line that says why nothing else could run it.
    """

    hint: str | None = None

    def __init__(self, command: str, message: str, usage: str | None = None) -> None:
        super().__init__(message, usage)
        self.command = command


class ConfigurationError(AwsShadowError):
    """Region, credentials, a setting or the pager; ``code`` is one of
    ``Configuration``, ``NoRegion``, ``NoCredentials`` and ``Pager``."""

    exit_code = 253

    def __init__(self, message: str, code: str = "Configuration") -> None:
        super().__init__(message)
        self.code = code


class ServiceError(AwsShadowError):
    """The service answered with an error.

    ``message`` is the whole sentence of the plain formats; ``fields`` are what the structured
    formats show, in their order (``Message`` and ``Code``).
    """

    exit_code = 254

    def __init__(self, message: str, fields: dict[str, object]) -> None:
        super().__init__(message)
        self.fields = fields


class WaiterFailedError(AwsShadowError):
    """A waiter of the reference failed or gave up; ``reason`` is why the service says that it had to, or empty."""

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


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
