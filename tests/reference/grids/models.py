"""Service models of one's own, as people leave them: each part of one missing or another thing than it should be."""

from __future__ import annotations

import copy
import itertools
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.cases import Case

    #: A document by the name of its file.
    Files = dict[str, Any]

FOLDER = ".aws/models/sagemaker/2017-07-24/"
SERVICE, PAGINATORS, WAITERS, RULES = "service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1"


def operation(name: str, *errors: str) -> dict[str, Any]:
    """An operation whose input and output are called after it."""
    return {
        "name": name,
        "http": {"method": "POST", "requestUri": "/"},
        "input": {"shape": f"{name}Request"},
        "output": {"shape": f"{name}Response"},
        "errors": [{"shape": error} for error in errors],
        "documentation": f"<p>{name} does what it says.</p>",
    }


def structure(*required: str, **members: str) -> dict[str, Any]:
    """A structure of these members, named with their shapes."""
    return {
        "type": "structure",
        "required": list(required),
        "members": {name: {"shape": shape} for name, shape in members.items()},
    }


WHOLE: Files = {
    SERVICE: {
        "version": "2.0",
        "metadata": {
            "apiVersion": "2017-07-24", "endpointPrefix": "api.sagemaker", "jsonVersion": "1.1", "protocol": "json",
            "protocols": ["json"], "serviceAbbreviation": "SageMaker", "serviceFullName": "Shelves",
            "serviceId": "SageMaker", "signatureVersion": "v4", "signingName": "sagemaker", "targetPrefix": "Shelves",
            "uid": "shelves-2017", "auth": ["aws.auth#sigv4"],
        },
        "operations": {
            "CreateShelf": operation("CreateShelf", "ShelfTaken"),
            "DescribeShelf": operation("DescribeShelf", "ShelfMissing"),
            "ListShelves": operation("ListShelves"),
        },
        "shapes": {
            "CreateShelfRequest": structure(
                "ShelfName", ShelfName="Name", Books="Books", Labels="Labels", Medium="Choice", Wide="Flag",
                Since="When", Cover="Bytes", Load="Ratio", Words="Words", Kind="Kind",
            ),
            "CreateShelfResponse": structure(ShelfArn="Arn", Filled="Volumes", Opened="Moment"),
            "DescribeShelfRequest": structure("ShelfName", ShelfName="Name"),
            "DescribeShelfResponse": structure(
                ShelfName="Name", State="State", Seen="Moment", Marks="Marks", Tags="Words"
            ),
            "ListShelvesRequest": structure(After="Token", Limit="Number", NameContains="Name"),
            "ListShelvesResponse": structure(Shelves="Summaries", Next="Token", Total="Number"),
            "ShelfTaken": {**structure(Message="Text"), "exception": True, "error": {"code": "ShelfTaken"}},
            "ShelfMissing": {**structure(Message="Text"), "exception": True, "error": {"code": "ShelfMissing"}},
            "Books": {"type": "list", "member": {"shape": "Book"}, "min": 1},
            "Book": structure("Title", Title="Text", Pages="Number", Lent="Flag", Within="Books"),
            "Volumes": {"type": "list", "member": {"shape": "Volume"}},
            "Volume": structure(Title="Text"),
            "Labels": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
            "Marks": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Mark"}},
            "Mark": structure(Colour="Text"),
            "Summaries": {"type": "list", "member": {"shape": "Summary"}},
            "Summary": structure(ShelfName="Name", Made="Moment"),
            "Choice": {**structure(Film="Number", Paper="Text"), "union": True},
            "Words": {"type": "list", "member": {"shape": "Word"}},
            "Name": {"type": "string", "min": 2, "max": 8, "pattern": "[a-z]+"},
            "Kind": {"type": "string", "enum": ["Tall", "Flat"]}, "State": {"type": "string", "enum": ["Ready"]},
            "Text": {"type": "string"}, "Word": {"type": "string"}, "Arn": {"type": "string"},
            "Token": {"type": "string"}, "Number": {"type": "integer", "min": 1, "max": 9},
            "Flag": {"type": "boolean"}, "When": {"type": "timestamp"}, "Moment": {"type": "timestamp"},
            "Bytes": {"type": "blob"}, "Ratio": {"type": "double"}, "Unused": {"type": "string"},
        },
        "documentation": "<p>Shelves.</p>",
    },
    PAGINATORS: {
        "pagination": {
            "ListShelves": {
                "input_token": "After", "output_token": "Next", "limit_key": "Limit", "result_key": "Shelves",
                "non_aggregate_keys": ["Total"],
            },
        },
    },
    WAITERS: {
        "version": 2,
        "waiters": {
            "ShelfReady": {
                "operation": "DescribeShelf", "delay": 1, "maxAttempts": 3, "acceptors": [
                    {"state": "success", "matcher": "path", "argument": "State", "expected": "Ready"},
                    {"state": "failure", "matcher": "error", "expected": "ShelfMissing"},
                ],
            },
            "ShelfSeen": {
                "operation": "DescribeShelf", "delay": 1, "maxAttempts": 2, "acceptors": [
                    {"state": "success", "matcher": "pathAny", "argument": "Tags", "expected": "new"},
                    {"state": "failure", "matcher": "pathAll", "argument": "Tags", "expected": "old"},
                ],
            },
        },
    },
    RULES: {
        "version": "1.0",
        "parameters": {
            "Region": {"builtIn": "AWS::Region", "required": False, "documentation": "-", "type": "String"},
            "Endpoint": {"builtIn": "SDK::Endpoint", "required": False, "documentation": "-", "type": "String"},
        },
        "rules": [
            {
                "conditions": [{"fn": "isSet", "argv": [{"ref": "Endpoint"}]}], "type": "endpoint",
                "endpoint": {"url": {"ref": "Endpoint"}, "properties": {}, "headers": {}},
            },
            {
                "conditions": [], "type": "endpoint",
                "endpoint": {"url": "http://{Region}.shelves.test", "properties": {}, "headers": {}},
            },
        ],
    },
}  # fmt: skip

#: Where something may be amiss: parts of a document, one within the other.
PARTS = {
    SERVICE: """
        version | documentation | metadata | operations | shapes
        metadata apiVersion | metadata endpointPrefix | metadata jsonVersion | metadata protocol | metadata protocols
        metadata serviceAbbreviation | metadata serviceFullName | metadata serviceId | metadata signatureVersion
        metadata signingName | metadata targetPrefix | metadata uid | metadata auth
        operations CreateShelf | operations CreateShelf name | operations CreateShelf http
        operations CreateShelf http method | operations CreateShelf http requestUri | operations CreateShelf input
        operations CreateShelf input shape | operations CreateShelf output | operations CreateShelf output shape
        operations CreateShelf documentation | operations DescribeShelf errors | operations DescribeShelf errors 0
        operations DescribeShelf errors 0 shape | operations DescribeShelf output shape
        operations ListShelves input | operations ListShelves output
        shapes CreateShelfRequest | shapes CreateShelfRequest type | shapes CreateShelfRequest members
        shapes CreateShelfRequest required | shapes CreateShelfRequest required 0
        shapes CreateShelfRequest members Books | shapes CreateShelfRequest members Books shape
        shapes CreateShelfResponse | shapes CreateShelfResponse type | shapes CreateShelfResponse members
        shapes CreateShelfResponse members Filled | shapes CreateShelfResponse members Filled shape
        shapes ListShelvesRequest members | shapes ListShelvesResponse members
        shapes Books | shapes Books type | shapes Books member | shapes Books member shape | shapes Books min
        shapes Book | shapes Book type | shapes Book members | shapes Book required | shapes Book members Title
        shapes Book members Title shape | shapes Volumes | shapes Volumes type | shapes Volumes member
        shapes Volumes member shape | shapes Volume | shapes Volume type | shapes Volume members
        shapes Labels | shapes Labels type | shapes Labels key | shapes Labels key shape | shapes Labels value
        shapes Labels value shape | shapes Marks key | shapes Marks value | shapes Marks value shape | shapes Mark
        shapes Summaries member | shapes Summary | shapes Summary members
        shapes Choice | shapes Choice type | shapes Choice members | shapes Choice union
        shapes Words member | shapes Word | shapes Word type | shapes Name | shapes Name type | shapes Name min
        shapes Name pattern | shapes Kind enum | shapes Kind enum 0 | shapes State enum
        shapes Number | shapes Number type | shapes Number min | shapes Flag type | shapes When type | shapes Moment
        shapes Moment type | shapes Bytes type | shapes Ratio type | shapes Arn | shapes Arn type
        shapes Token | shapes Text | shapes Text type | shapes Unused | shapes Unused type
        shapes ShelfMissing | shapes ShelfMissing type | shapes ShelfMissing exception | shapes ShelfMissing error
        shapes ShelfMissing error code | shapes ShelfMissing members | shapes ShelfTaken | shapes ShelfTaken type
    """,
    PAGINATORS: """
        pagination | pagination ListShelves | pagination ListShelves input_token
        pagination ListShelves output_token | pagination ListShelves limit_key | pagination ListShelves result_key
        pagination ListShelves non_aggregate_keys | pagination ListShelves more_results
        pagination CreateShelf
    """,
    WAITERS: """
        version | waiters | waiters ShelfReady | waiters ShelfReady operation | waiters ShelfReady delay
        waiters ShelfReady maxAttempts | waiters ShelfReady description | waiters ShelfReady acceptors
        waiters ShelfReady acceptors 0 | waiters ShelfReady acceptors 0 state
        waiters ShelfReady acceptors 0 matcher | waiters ShelfReady acceptors 0 argument
        waiters ShelfReady acceptors 0 expected | waiters ShelfReady acceptors 1
        waiters ShelfReady acceptors 1 expected | waiters ShelfSeen | waiters ShelfSeen acceptors
    """,
    RULES: """
        version | parameters | parameters Region | parameters Region type | parameters Region builtIn
        parameters Endpoint required | rules | rules 0 | rules 0 type | rules 0 conditions | rules 0 conditions 0
        rules 0 conditions 0 fn | rules 0 conditions 0 argv | rules 0 endpoint | rules 0 endpoint url
        rules 0 endpoint properties | rules 0 endpoint headers
    """,
}
MISSING = object()
#: What stands there in its place.
INSTEAD: tuple[Any, ...] = (MISSING, None, 5, "nosuch", [], {"x": "y"})

#: Whole files that are hardly any; the first characters stand for the file itself.
TEXTS = (
    "", "x", "{", "null", "[]", "{}", "5", '"x"', "\ufeff{}", "\udcff", '{"a": "\udcff"}', "[" * 2000, '{"a": NaN}',
    '{"version": "2.0", "version": "1.0"}', "\0", "{}x", "// c\n{}", "{'a': 1}",
)  # fmt: skip
EXTRAS = (
    *TEXTS, '{"merge": {}}', '{"merge": null}', '{"merge": []}', '{"merge": 5}', '{"merge": "x"}', '{"x": {}}',
    '{"version": 1.0, "merge": {"operations": {"CreateShelf": {"name": "Other"}}}}', '{"merge": {"shapes": 5}}',
    '{"merge": {"shapes": {"Name": {"type": "integer"}}}}', '{"merge": {"shapes": {"Name": 5}}}',
    '{"merge": {"version": {"a": 1}}}', '{"merge": {"operations": []}}', '{"merge": {"pagination": null}}',
    '{"merge": {"waiters": {"ShelfReady": null}}}',
    '{"merge": {"pagination": {"ListShelves": {"limit_key": "nosuch"}}}}',
)  # fmt: skip
#: Folders that a file may be in by mistake, instead of the right one or beside it.
FOLDERS = (
    ".aws/models/sagemaker/2099-01-01/", ".aws/models/sagemaker/latest/", ".aws/models/sagemaker/2000-01-01/",
    ".aws/models/sagemaker/", ".aws/models/SageMaker/2017-07-24/", ".aws/models/sagemakr/2017-07-24/",
    ".aws/models/api.sagemaker/2017-07-24/", ".aws/models/", ".aws/models/sagemaker/2017-07-24/x/",
    ".aws/models/sagemaker/ /",
)  # fmt: skip
#: Other changes: what names nothing, names itself, or is there twice.
CHANGES: dict[str, Callable[[Files], object]] = {
    "a list of itself": lambda files: files[SERVICE]["shapes"]["Words"].update(member={"shape": "Words"}),
    "a map of itself": lambda files: files[SERVICE]["shapes"]["Labels"].update(value={"shape": "Labels"}),
    "a structure of itself": lambda files: files[SERVICE]["shapes"]["Volume"]["members"].update(
        Whole={"shape": "Volume"}
    ),
    "an answer of itself": lambda files: files[SERVICE]["shapes"]["Volumes"].update(member={"shape": "Volumes"}),
    "an input that is a list": lambda files: files[SERVICE]["operations"]["CreateShelf"].update(
        input={"shape": "Books"}
    ),
    "an output that is text": lambda files: files[SERVICE]["operations"]["DescribeShelf"].update(
        output={"shape": "Text"}
    ),
    "an operation without a name of its own": lambda files: files[SERVICE]["operations"].update({"": {}}),
    "an operation with an odd name": lambda files: files[SERVICE]["operations"].update(
        {"../Odd Name": operation("CreateShelf")}
    ),
    "an operation called wait": lambda files: files[SERVICE]["operations"].update(Wait=operation("ListShelves")),
    "an operation called help": lambda files: files[SERVICE]["operations"].update(Help=operation("ListShelves")),
    "two operations of one command": lambda files: files[SERVICE]["operations"].update(
        createShelf=operation("ListShelves")
    ),
    "two members of one option": lambda files: files[SERVICE]["shapes"]["CreateShelfRequest"]["members"].update(
        shelfName={"shape": "Number"}
    ),
    "a member called as a global option": lambda files: files[SERVICE]["shapes"]["CreateShelfRequest"][
        "members"
    ].update(Region={"shape": "Text"}),
    "a member with an odd name": lambda files: files[SERVICE]["shapes"]["CreateShelfRequest"]["members"].update(
        {"odd name": {"shape": "Text"}, "": {"shape": "Text"}}
    ),
    "a required member that is not there": lambda files: files[SERVICE]["shapes"]["CreateShelfRequest"][
        "required"
    ].append("Absent"),
    "a waiter with an odd name": lambda files: files[WAITERS]["waiters"].update(
        {"odd name": files[WAITERS]["waiters"]["ShelfReady"]}
    ),
    "a waiter on an unknown operation": lambda files: files[WAITERS]["waiters"]["ShelfSeen"].update(operation="Gone"),
    "an acceptor that is no expression": lambda files: files[WAITERS]["waiters"]["ShelfReady"]["acceptors"][0].update(
        argument="a["
    ),
    "a waiter on a listing": lambda files: files[WAITERS]["waiters"]["ShelfReady"].update(operation="ListShelves"),
    "no waiters": lambda files: files[WAITERS].update(waiters={}),
    "a paginator for an unknown operation": lambda files: files[PAGINATORS]["pagination"].update(
        Gone={"input_token": "A", "output_token": "B", "result_key": "C"}
    ),
    "a paginator with a limit that is text": lambda files: files[PAGINATORS]["pagination"]["ListShelves"].update(
        limit_key="NameContains"
    ),
    "a paginator with two tokens": lambda files: files[PAGINATORS]["pagination"]["ListShelves"].update(
        input_token=["After", "Gone"], output_token=["Next", "Gone"]
    ),
    "a paginator with another key": lambda files: files[PAGINATORS]["pagination"]["ListShelves"].update(unknown=1),
    "a paginator with a key that is no expression": lambda files: files[PAGINATORS]["pagination"]["ListShelves"].update(
        result_key="a["
    ),
    "documentation that is none": lambda files: files[SERVICE]["shapes"]["Name"].update(documentation=5),
    "documentation of a member that is none": lambda files: files[SERVICE]["shapes"]["CreateShelfRequest"]["members"][
        "ShelfName"
    ].update(documentation=5),
    "deprecated": lambda files: files[SERVICE]["operations"]["CreateShelf"].update(deprecated=5),
    "an event stream": lambda files: files[SERVICE]["shapes"]["DescribeShelfResponse"]["members"]["Seen"].update(
        eventstream=True
    ),
    "a payload": lambda files: files[SERVICE]["shapes"]["DescribeShelfResponse"].update(payload="ShelfName"),
    "a payload that is not there": lambda files: files[SERVICE]["shapes"]["DescribeShelfResponse"].update(payload="x"),
    "another protocol": lambda files: files[SERVICE]["metadata"].update(protocol="query", protocols=["query"]),
    "protocols nobody knows": lambda files: files[SERVICE]["metadata"].update(protocols=["nosuch"]),
}

ANSWERS = {
    "create": {"ShelfArn": "arn:x", "Filled": [{"Title": "a"}], "Opened": 1700000000},
    "describe": {
        "ShelfName": "ab",
        "State": "Ready",
        "Seen": 1700000000,
        "Marks": {"a": {"Colour": "red"}},
        "Tags": ["old", "old"],
    },
    "list": {"Shelves": [{"ShelfName": "ab", "Made": 1700000000}, {"ShelfName": "cd"}], "Total": 2},
    "waiting": {"ShelfName": "ab", "State": "Filling"},
    "error": {"__type": "ShelfMissing", "Message": "no such shelf", "message": "no such shelf"},
}
NESTED = (
    "--books", "Title=a,Pages=2,Within=[{Title=b}]", "--labels", "a=b", "--medium", "Film=1", "--wide", "--since",
    "2024-01-01", "--cover", "aGk=", "--load", "0.5", "--words", "a", "b", "--kind", "Tall",
)  # fmt: skip
DOCUMENT = json.dumps(
    {
        "ShelfName": "ab", "Books": [{"Title": "a", "Within": [{"Title": "b"}]}], "Labels": {"a": "b"},
        "Medium": {"Paper": "c"}, "Words": ["d"], "Cover": "aGk=", "Kind": "Tall",
    },
)  # fmt: skip
#: Of so many commands one is tried with a damage.
STEP = 4
#: What is asked for, and what it is answered.
COMMANDS: tuple[tuple[list[str], str], ...] = (
    (["create-shelf", "--shelf-name", "ab"], "create"),
    (["create-shelf", "--shelf-name", "ab", *NESTED], "create"),
    (["create-shelf", "--cli-input-json", DOCUMENT], "create"),
    (["create-shelf", "--generate-cli-skeleton"], "create"),
    (["create-shelf", "--generate-cli-skeleton", "yaml-input"], "create"),
    (["create-shelf", "--shelf-name", "ab", "--generate-cli-skeleton", "output"], "create"),
    (["create-shelf"], "create"),
    (["create-shelf", "--shelf-name", "ab", "--nosuch"], "create"),
    (["describe-shelf", "--shelf-name", "ab"], "describe"),
    (["describe-shelf", "--shelf-name", "ab"], "error"),
    (["list-shelves"], "list"),
    (["list-shelves", "--max-items", "1", "--page-size", "5"], "list"),
    (["list-shelves", "--after", "x", "--output", "text"], "list"),
    (["wait", "shelf-ready", "--shelf-name", "ab"], "describe"),
    (["wait", "shelf-ready", "--shelf-name", "ab"], "error"),
    (["wait", "shelf-ready", "--shelf-name", "ab"], "waiting"),
    (["wait", "shelf-seen", "--shelf-name", "ab"], "describe"),
    (["wait", "shelf-redy"], "describe"),
    (["creat-shelf"], "create"),
)


def instead(files: Files, name: str, path: list[str], value: object) -> None:
    """Put ``value`` where ``path`` leads in the document ``name``; MISSING takes away what is there."""
    holder = files[name]
    for word in path[:-1]:
        holder = holder[int(word)] if isinstance(holder, list) else holder[word]
    last: Any = int(path[-1]) if isinstance(holder, list) else path[-1]
    if value is not MISSING:
        holder[last] = value
    elif isinstance(holder, list) or last in holder:
        del holder[last]


def damages() -> Iterator[tuple[str, dict[str, str]]]:
    """What is amiss, in words, and the files of the user's home."""
    for name, parts in PARTS.items():
        for path, value in itertools.product(parts.replace("\n", "|").split("|"), INSTEAD):
            if path.strip():
                files = copy.deepcopy(WHOLE)
                instead(files, name, path.split(), value)
                yield f"{name}: {path.strip()} = {'-' if value is MISSING else json.dumps(value)}", home(files)
    for said, change in CHANGES.items():
        files = copy.deepcopy(WHOLE)
        change(files)
        yield said, home(files)
    for name, text in itertools.product(WHOLE, TEXTS):
        yield f"{name}: the text {text[:20]!r}", {**home(WHOLE), f"{FOLDER}{name}.json": text}
    for name, text in itertools.product(WHOLE, EXTRAS):
        yield f"{name} extras: {text[:60]!r}", {**home(WHOLE), f"{FOLDER}{name}.sdk-extras.json": text}
    for name, folder in itertools.product(WHOLE, FOLDERS):
        others = {other: document for other, document in WHOLE.items() if other != name}
        yield f"{name} in {folder}", {**home(others), f"{folder}{name}.json": json.dumps(WHOLE[name])}
        yield f"{name} in {folder} too", {**home(WHOLE), f"{folder}{name}.json": "{}"}
    for folder in FOLDERS:
        yield f"all in {folder}", {f"{folder}{name}.json": json.dumps(WHOLE[name]) for name in WHOLE}


def home(files: Files) -> dict[str, str]:
    """``files`` where they belong."""
    return {f"{FOLDER}{name}.json": json.dumps(document, separators=(",", ":")) for name, document in files.items()}


def damaged_models() -> Iterator[Case]:
    """Each damage for some of the commands, and for the next one some others."""
    for number, (_, files) in enumerate(damages()):
        for words, answer in COMMANDS[number % STEP :: STEP]:
            replies = [{"status": 400 if answer == "error" else 200, "body": json.dumps(ANSWERS[answer])}]
            yield {"argv": ["sagemaker", *words], "home": files, "responses": replies}
