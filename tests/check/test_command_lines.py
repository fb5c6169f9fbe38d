"""Commands in scripts, Makefiles and workflow files: what can be known to be wrong, and nothing else."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from awsshadow.check.command_lines import CommandChecker
from awsshadow.check.scripts import fragments
from tests.support.cases import holding
from tests.support.cases import load as recorded

if TYPE_CHECKING:
    from pathlib import Path

    from awsshadow.model.store import FolderStore


def wrong(store: FolderStore, text: str, path: str = "s.sh", strict: bool = False) -> list[tuple[int, str]]:
    """The line and the rule of everything that is wrong."""
    checker = CommandChecker(store, {}, strict, ("mine",))
    return [(found.line, found.rule) for found in checker.findings(path, fragments(path, text))]


@pytest.mark.parametrize(
    "command",
    [
        "aws sagemaker describe-model --model-name m",
        "aws sagemaker describe-model --model-nam=m --region eu-west-1 --output text --query 'ModelArn' --no-cli-pager",
        "aws --region $R --output $O sagemaker describe-model --model-name $M",
        "aws $GLOBAL sagemaker describe-model $ARGS",
        'aws sagemaker describe-model "$@"',
        'aws sagemaker describe-model "${ARGS[@]}" --output json',
        "aws sagemaker $OPERATION --nonsense",
        "aws sagemaker $OPERATION --endpoint-name e; aws sagemaker wait $STATE --endpoint-name e",
        "aws $SERVICE describe-modl",
        "aws sagemaker describe-model --$NAME x",
        "aws sagemaker describe-model --model-name",
        "aws s3 cp sagemaker x; aws logs tail --x; echo aws sagemaker describe-modl; grep 'aws sagemaker nope' f",
        "# aws sagemaker nope",
        "aws sagemaker help; aws sagemaker create-model help; aws sagemaker wait help; aws sagemaker wait",
        "aws sagemaker mine --whatever",
        "aws sagemaker create-model --cli-input-json file://not-there.json",
        "aws sagemaker create-model --cli-input-json -",
        'aws sagemaker create-model --cli-input-json "$DOCUMENT"',
        "aws sagemaker create-model --cli-input-json '{\"ModelName\": \"'$NAME'\", \"EnableNetworkIsolation\": '$B'}'",
        "aws sagemaker create-model --generate-cli-skeleton",
        "aws sagemaker create-model --model-name m --primary-container file://$HOME/x.json",
        "aws sagemaker create-model --model-name m --primary-container Image=$I,Mode=$MODE",
        "aws sagemaker create-model --model-name m --tags $TAGS",
        "aws sagemaker create-model --model-name m --tags Key=a,Value=b Key=c,Value=$D $MORE",
        (
            "aws sagemaker create-endpoint-config --endpoint-config-name c --production-variants "
            '\'[{"VariantName": "v", "InitialInstanceCount": \'"$N"\', "InstanceType": "\'$T\'"}]\''
        ),
        "aws sagemaker list-models --max-items $N --page-size=$P --creation-time-after $T --sort-order $S",
        "aws sagemaker list-models --query \"Models[?ModelName=='$NAME']\"",
        "awsshadow sagemaker list-models --output jsonl",
        "awsshadow sagemaker delete-model --model-name m --dry-run",
        "awsshadow sagemaker list-models --creation-time-after now-7d",
        "awsshadow sandbox run -- aws sagemaker list-models",
        "xargs -n1 aws sagemaker delete-model --model-name < names",
        "aws sagemaker wait endpoint-in-service --endpoint-name e",
        "aws sagemaker add-tags --resource-arn $(aws sagemaker describe-model --model-name m) --tags Key=a,Value=b",
    ],
)
def test_nothing_is_wrong(store: FolderStore, command: str) -> None:
    expected = [(1, "usage")] if command.endswith("--model-name") and "xargs" not in command else []
    assert wrong(store, command) == expected


@pytest.mark.parametrize(
    ("command", "rules"),
    [
        ("aws sagemaker describe-modl --model-name m", ["unknown-operation"]),
        ("aws sagemaker wait endpoint-in-servic --endpoint-name e", ["unknown-operation"]),
        ("aws sagemaker delete-model --modl-name m", ["unknown-option"]),
        ("aws sagemaker delete-model --model-name m --foo bar --baz", ["unknown-option", "unknown-option"]),
        ("aws sagemaker delete-model --model-name m extra", ["usage"]),
        ("aws sagemaker delete-model", ["missing-option"]),
        ("aws sagemaker create-endpoint --region r", ["missing-option", "missing-option"]),
        ("aws sagemaker wait endpoint-in-service", ["missing-option"]),
        ("aws sagemaker list-models --output xml", ["usage"]),
        ("aws sagemaker list-models --output xml --color pink --foo", ["unknown-option", "usage", "usage"]),
        ("aws sagemaker list-models --output jsonl", ["usage"]),
        ("aws sagemaker list-models --max-items ten", ["usage"]),
        ("aws sagemaker list-models --no-paginate --max-items 1", ["usage"]),
        ("aws sagemaker create-model --cli-input-json - --cli-input-yaml -", ["usage"]),
        ("aws sagemaker list-models --sort Name", ["usage"]),
        ("aws sagemaker list-models --query 'Models['", ["value"]),
        ("aws sagemaker list-models --sort-order Down", ["enum"]),
        ("aws sagemaker list-models --sort-order=Down $MORE", ["enum"]),
        ("aws sagemaker list-models --creation-time-after now-7d", ["wrong-type"]),
        ("aws sagemaker delete-model --model-name m --dry-run", ["unknown-option"]),
        ("awsshadow sagemaker wait endpoint-deleted --endpoint-name e --dry-run", ["usage"]),
        ("aws sagemaker delete-model --model-name -m", ["usage"]),
        ("aws sagemaker delete-model --model-name 'a b'", ["pattern"]),
        ("aws sagemaker create-model --model-name m --tags Key=a", ["missing-member"]),
        ("aws sagemaker create-model --model-name m --tags Key=a,Value=b Key", ["value"]),
        ("aws sagemaker create-model --model-name m --primary-container '{\"Image\": '", ["value"]),
        ("aws sagemaker create-model --model-name m --primary-container Imge=$I", ["unknown-member"]),
        ("aws sagemaker create-model --cli-input-json '{\"ModelNam\": \"m\"}'", ["unknown-member"]),
        ("aws sagemaker create-model --cli-input-json '{\"ModelName\": \"m\"'", ["syntax"]),
        ("aws sagemaker create-model --cli-input-yaml 'Tags: []'", ["missing-member"]),
        ("$AWS sagemaker describe-modl", ["unknown-operation"]),
        ("/usr/local/bin/aws sagemaker describe-modl", ["unknown-operation"]),
        ("aws-vault exec me -- aws sagemaker describe-modl", ["unknown-operation"]),
        ("x=$(aws sagemaker describe-modl | jq .)", ["unknown-operation"]),
        ("if ! AWS_PAGER= aws sagemaker describe-modl; then :; fi", ["unknown-operation"]),
    ],
)  # fmt: skip
def test_what_is_wrong(store: FolderStore, command: str, rules: list[str]) -> None:
    assert sorted(rule for _, rule in wrong(store, command)) == rules


def test_lines_and_levels(store: FolderStore) -> None:
    text = "#!/bin/sh\naws sagemaker list-models \\\n  --sort-order Down \\\n  --foo\naws sagemaker nope\n"
    assert wrong(store, text) == [(4, "unknown-option"), (3, "enum"), (5, "unknown-operation")]
    checker = CommandChecker(store, {}, strict=True)
    assert {found.level for found in checker.findings("s.sh", fragments("s.sh", text))} == {"error"}


def test_suggestions(store: FolderStore) -> None:
    found = [
        one.message
        for text in ("aws sagemaker describe-modl", "aws sagemaker delete-model --modl-name x")
        for one in CommandChecker(store, {}, strict=False).findings("s", [(1, text)])
    ]
    assert [message.partition("; ")[2] for message in found] == [
        "did you mean describe-model?",
        "did you mean --model-name?",
    ]


MAKEFILE = """\
AWS ?= aws
NAMES := $(shell aws sagemaker list-modls)
# aws sagemaker nope
all: dep ; aws sagemaker nope1
deploy: all
\t@echo aws sagemaker nope
\t-@$(AWS) sagemaker create-endpoint --endpoint-name $(NAME) \\
\t  --endpoint-confg-name "$$X" # aws sagemaker nope
\tfor n in $$(aws sagemaker nope2); do aws sagemaker delete-model --model-name $${n}; done
\taws sagemaker list-models $(MORE) $@ '$(X)'
"""


def test_makefiles(store: FolderStore) -> None:
    rules = [(2, "unknown-operation"), (4, "unknown-operation"), (8, "unknown-option"), (9, "unknown-operation")]
    for name in ("Makefile", "GNUmakefile", "sub/x.mk"):
        assert wrong(store, MAKEFILE, name) == rules


WORKFLOW = """\
on: push
env: {X: aws sagemaker nope}
jobs:
  a:
    steps:
      - run: aws sagemaker nope1
      - name: b
        run: |

          # aws sagemaker nope
          aws sagemaker delete-model \\
            --model-nme ${{ inputs.name }}
          aws sagemaker list-models --sort-order '${{ x }}' --max-items ${{ y }}
      - run: |
          print("aws sagemaker nope")
        shell: python
      - run: >-
          aws sagemaker list-models
          --nope
script:
  - aws sagemaker nope2
  - "aws sagemaker nope3"
build: {commands: [aws sagemaker nope4], command: {run: aws sagemaker nope5}}
"""


def test_workflow_files(store: FolderStore) -> None:
    assert wrong(store, WORKFLOW, "w.yml") == [
        (6, "unknown-operation"),
        (12, "unknown-option"),
        (18, "unknown-option"),
        (21, "unknown-operation"),
        (22, "unknown-operation"),
        (23, "unknown-operation"),
        (23, "unknown-operation"),
    ]


def test_documents_beside_the_script(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text('{"ModelName": "m",\n "Tags": [{"Key": "a"}]}')
    (tmp_path / "c.json").write_text('{"Imag": "i"}')
    script = str(tmp_path / "s.sh")
    text = (
        "aws sagemaker create-model --cli-input-json file://m.json\n"
        "aws sagemaker create-model --model-name m --primary-container file://c.json\n"
    )
    checker = CommandChecker(store, {}, strict=False)
    found = [(one.file, one.line, one.rule) for one in checker.findings(script, fragments(script, text))]
    assert found == [(str(tmp_path / "m.json"), 2, "missing-member"), (script, 2, "unknown-member")]
    (tmp_path / "m.json").write_text("{")
    assert [(one.file, one.rule) for one in checker.findings(script, [(1, text.splitlines()[0])])] == [
        (str(tmp_path / "m.json"), "syntax")
    ]


def test_options_complete_a_document(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("Tags: []\n")
    script = str(tmp_path / "s.sh")
    assert wrong(store, "aws sagemaker create-model --cli-input-yaml file://d.yaml --model-name $M", script) == []


#: Rules that the reference holds as well, before it sends anything.
OF_THE_REFERENCE = (
    "unknown-operation", "unknown-option", "missing-option", "usage", "value", "syntax", "missing-member",
    "unknown-member", "wrong-type", "union",
)  # fmt: skip


def test_the_verdict_on_recorded_commands_is_that_of_the_reference(store: FolderStore) -> None:
    """Of those that it carried out none is refused here, of those that it refused nearly all are."""
    checker = CommandChecker(store, {}, strict=True)
    carried_out = refused = missed = 0
    for case in holding(recorded()):
        argv, code = case["argv"], case["expect"]["rc"]
        elsewhere = (
            case["kind"] in {"alias", "own-model"}
            or case.get("files")
            or any("://" in word or "$" in word for word in argv)
        )
        # A made-up answer that does not fit the model is the reference's own mistake.
        made_up = "--generate-cli-skeleton output" in " ".join(argv)
        if elsewhere or made_up or "sagemaker" not in argv:
            continue
        found = {one.rule for one in checker.findings("/none/s.sh", [(1, "aws " + shlex.join(argv))])}
        if code == 0:
            assert not found & set(OF_THE_REFERENCE), (argv, found)
            carried_out += 1
        elif code == 252:
            refused += bool(found)
            missed += not found
    assert carried_out > 2000
    assert refused > 400
    assert missed < refused / 18
