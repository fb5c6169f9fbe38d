"""A command path -> the page about it, as a tree; the only place that decides what a page says.

Sections, their order and the derivation of each entry are the reference's (behaviour: output 8.3, output 8.4).
"""

from __future__ import annotations

from awsshadow.help import global_options as texts
from awsshadow.help import members, prose, syntax
from awsshadow.help.blocks import (
    CODE,
    COMMAND_LINK,
    TEXT,
    Bullets,
    Document,
    Entry,
    Literal,
    Paragraph,
    Section,
    code,
    plain,
    text,
)
from awsshadow.model import load
from awsshadow.names import argument_name
from awsshadow.own_commands import EXTRA_OUTPUTS, OWN_COMMANDS, has_extras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from awsshadow.help.blocks import Block, Span
    from awsshadow.model import Argument, Slice
    from awsshadow.model.store import Store

SERVICE = "sagemaker"
WAIT = "wait"

_API_PAGE = "https://docs.aws.amazon.com/goto/WebAPI/{uid}/{operation}"

#: How a waiter's acceptor says what it compares: matcher -> words around the argument.
_MATCHERS = {
    "path": "JMESPath query {argument} returns {expected}",
    "pathAll": "JMESPath query {argument} returns {expected} for all elements",
    "pathAny": "JMESPath query {argument} returns {expected} for any element",
    "status": "{expected} response is received",
    "error": "{expected} is thrown",
}


def document(lineage: tuple[str, ...], store: Store, program: str) -> Document:
    """The page for a command path without the program: ``()``, ``("sagemaker", "create-model")``, ...

    Raises KeyError or OSError for a command the store does not have.
    """
    if not lineage:
        return _root(program)
    if lineage == (SERVICE,):
        return _service(store)
    if lineage == (SERVICE, WAIT):
        return _wait(store)
    part = "waiters" if lineage[1] == WAIT else "operations"
    return _command(lineage, load(store, part, lineage[-1]), program)


def _command(lineage: tuple[str, ...], slice: Slice, program: str) -> Document:
    docs = slice.docs()
    about = members.Members(slice.all_shapes(), docs["shapes"])
    description = _description(slice, docs["operation"])
    return Document(
        lineage,
        slice.name,
        _first_sentence(description),
        [
            Section("Description", [*description, *_remarks(slice)]),
            Section("Synopsis", [Literal("\n".join([slice.name, *_synopsis(slice)]))]),
            Section("Options", list(_options(slice, about))),
            *(_extra_options(slice) if has_extras(program) else ()),
            Section("Global Options", _global_options(program)),
            Section("Output", _output(slice, about)),
        ],
    )


def _extra_options(slice: Slice) -> Iterator[Section]:
    """The options that the reference does not have."""
    from awsshadow import extra_options

    kind = "call" if slice.waiter is None else "wait"
    entries: list[Block] = []
    for name, option in extra_options.options_of(kind, slice.name).items():
        term = [code(name), *([text(option.synopsis)] if option.synopsis else [])]
        entries.append(Entry(term, prose.blocks(f"{option.summary}."), name))
    if entries:
        yield Section("Options of awsshadow", entries)


def _description(slice: Slice, documentation: str) -> list[Block]:
    if slice.waiter is None:
        return prose.blocks(documentation)
    waiter = slice.waiter
    success = next(a for a in waiter["acceptors"] if a["state"] == "success")
    event = _MATCHERS[success["matcher"]].format(argument=success.get("argument"), expected=success["expected"])
    pace = (
        f". It will poll every {waiter['delay']} seconds until a successful state has been reached. "
        f"This will exit with a return code of 255 after {waiter['maxAttempts']} failed checks."
    )
    spans = [
        text(f"Wait until {event} when polling with "),
        _command_link(SERVICE, argument_name(slice.operation)),
        text(pace),
    ]
    return [Paragraph(spans)]


def _remarks(slice: Slice) -> Iterator[Block]:
    """What follows the documentation of the operation: where to read on, and paging."""
    url = _API_PAGE.format(uid=slice.metadata["uid"], operation=slice.operation)
    yield Paragraph([text("See also: "), (TEXT, "AWS API Documentation", url)])
    if slice.paginator is None:
        return
    keys = slice.paginator["result_key"]
    spans = [
        code(slice.name),
        text(" is a paginated operation: it may send several requests to fetch all results. With "),
        code("--no-paginate"),
        text(" it sends one. With "),
        code("--output text"),
        text(", a "),
        code("--query"),
        text(" must select from the results of: "),
    ]
    for i, key in enumerate([keys] if isinstance(keys, str) else keys):
        spans += [text(", ")] * bool(i) + [code(key)]
    yield Paragraph(spans)


def _visible(slice: Slice) -> Iterator[list[Argument]]:
    """The options of a page: one or, for those that share an entry, two arguments each."""
    group: list[Argument] = []
    for argument in slice.arguments:
        if argument.hidden:
            continue
        joined = argument.kind == "negation" or (group and group[-1].kind == argument.kind == "document")
        if group and not joined:
            yield group
            group = []
        group.append(argument)
    if group:
        yield group


def _synopsis(slice: Slice) -> Iterator[str]:
    for group in _visible(slice):
        first = group[0]
        names = " | ".join("--" + argument.name for argument in group)
        usage = names if len(group) > 1 or first.type == "boolean" else names + " <value>"
        yield usage if first.required else f"[{usage}]"
    for name, kind, _, _ in texts.GLOBAL_OPTIONS:
        yield f"[--{name}]" if kind == "boolean" else f"[--{name} <value>]"


def _options(slice: Slice, about: members.Members) -> Iterator[Block]:
    for group in _visible(slice):
        first = group[0]
        name = "--" + first.name
        term: list[Span] = []
        for argument in group:
            term += [text(" | ")] * bool(term) + [code("--" + argument.name)]
        if first.member is None or first.shape is None:
            kind, children = _generated(slice, first, about)
            yield Entry([*term, text(f" ({kind})")], children, name)
            continue
        mark = " [required]" if first.required else ""
        term.append(text(f" ({about.type(first.shape)}){mark}"))
        yield Entry(term, about.member(slice.input_shape or "", first.member, first.shape), name)
        yield from _syntax(slice, first.shape)


def _generated(slice: Slice, argument: Argument, about: members.Members) -> tuple[str, list[Block]]:
    """Type and text of an option that is no member; a page is as long as the service's limit allows."""
    children = prose.blocks(texts.GENERATED_OPTIONS[argument.name])
    limit = (slice.paginator or {}).get("limit_key")
    if argument.name == "page-size" and limit:
        children += about.constraints(about.shapes[slice.input_shape or ""]["members"][limit]["shape"])
    return argument.type, children


def _syntax(slice: Slice, shape: str) -> Iterator[Block]:
    if slice.shapes[shape]["type"] not in syntax.COMPLEX:
        return
    words = syntax.words(slice.shapes, shape)
    if words is not None:
        yield Literal(words, "Syntax:")
        return
    short = syntax.shorthand(slice.shapes, shape)
    if short:
        yield Literal(short, "Shorthand Syntax:")
    yield Literal(syntax.json_form(slice.shapes, shape), "JSON Syntax:")


def _global_options(program: str) -> list[Block]:
    entries: list[Block] = []
    for name, kind, words, choices in texts.GLOBAL_OPTIONS:
        children = prose.blocks(words)
        more = EXTRA_OUTPUTS if name == "output" and has_extras(program) else {}
        if choices:
            children.append(Bullets([[Paragraph([text(choice)])] for choice in (*choices, *more)]))
        entries.append(Entry([code("--" + name), text(f" ({kind})")], children, "--" + name))
    return entries


def _output(slice: Slice, about: members.Members) -> list[Block]:
    shape = None if slice.waiter is not None else slice.output_shape
    return (shape and about.output(shape)) or [Paragraph([text("None")])]


def _service(store: Store) -> Document:
    index = store.index()
    summaries = {**store.summaries(), WAIT: texts.WAIT_DESCRIPTION.partition(".")[0]}
    commands = _commands((SERVICE,), sorted([*index["operations"], WAIT]), summaries)
    description = prose.blocks(store.documentation())
    sections = [Section("Description", description), Section("Available Commands", commands)]
    return Document((SERVICE,), SERVICE, texts.SERVICE_SUMMARY, sections)


def _wait(store: Store) -> Document:
    description = prose.blocks(texts.WAIT_DESCRIPTION)
    commands = _commands((SERVICE, WAIT), sorted(store.index()["waiters"]), {})
    sections = [Section("Description", description), Section("Available Commands", commands)]
    return Document((SERVICE, WAIT), WAIT, _first_sentence(description), sections)


def _commands(lineage: tuple[str, ...], names: list[str], summaries: dict[str, str]) -> list[Block]:
    items: list[list[Block]] = []
    for name in names:
        spans = [_command_link(*lineage, name)]
        if summaries.get(name):
            spans.append(text(" - " + summaries[name]))
        items.append([Paragraph(spans)])
    return [Bullets(items)]


def _command_link(*lineage: str) -> Span:
    return (CODE, lineage[-1], COMMAND_LINK + "/".join(lineage))


def _root(program: str) -> Document:
    commands = {SERVICE: texts.SERVICE_SUMMARY}
    if has_extras(program):
        commands |= OWN_COMMANDS
    synopsis = f"{program} [options] <command> <subcommand> [parameters]"
    sections = [
        Section("Description", prose.blocks(texts.ROOT_DESCRIPTION)),
        Section("Synopsis", [Literal(synopsis), *prose.blocks(texts.ROOT_USAGE)]),
        Section("Global Options", _global_options(program)),
        Section("Available Commands", _commands((), list(commands), commands)),
    ]
    return Document((), program, texts.ROOT_SUMMARY, sections)


#: What a person may type first, with a word about each; ``{}`` is the program.
_EXAMPLES = (
    ("List what serves:", "{} sagemaker list-endpoints --query 'Endpoints[].EndpointName' --output text"),
    ("Read about a command:", "{} sagemaker create-endpoint help"),
    ("Write a document to fill in:", "{} sagemaker create-model --generate-cli-skeleton > model.json"),
    ("Send it:", "{} sagemaker create-model --cli-input-json file://model.json"),
    ("Rehearse a script without an account:", "{} sandbox run -- bash script.sh"),
)


def commands_first(page: Document, program: str) -> Document:
    """The page about the program as a person reads it: the commands and examples of them, then the options."""
    examples: list[Block] = []
    for sentence, line in _EXAMPLES:
        examples += [Paragraph([text(sentence)]), Literal(line.format(program))]
    options = [section for section in page.sections if section.title == "Global Options"]
    others = [section for section in page.sections if section not in options]
    return Document(page.lineage, page.title, page.summary, [*others, Section("Examples", examples), *options])


def _first_sentence(blocks: list[Block]) -> str:
    for block in blocks:
        if isinstance(block, Paragraph):
            return plain(block.spans).partition(". ")[0].rstrip(".:")
    return ""
