"""``awsshadow diff`` in a sandbox and against a scripted service."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.export.yaml_text import document
from tests.export.test_export import ARN, DENIED, MODEL, NO_TAGS, ROLE, service

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.export.conftest import Box
    from tests.export.test_export import Service

__all__ = ["service"]


@pytest.fixture
def model_file(box: Box, empty_home: Path) -> Path:
    """The document of a model that is there."""
    box.world.ok("CreateModel", **MODEL, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    path = empty_home / "model.yaml"
    path.write_text(box.ok("export", "model", "m"))
    return path


class TestModel:
    def test_nothing_differs(self, box: Box, model_file: Path) -> None:
        assert box.run("diff", str(model_file)) == (0, "", "")
        assert box.run("diff", "create-model", "model.yaml") == (0, "", "")

    def test_what_differs_is_shown(self, box: Box, model_file: Path) -> None:
        text = model_file.read_text().replace("a: 'no'", "a: 'yes'").replace("Image: i", "Image: j")
        model_file.write_text(text)
        code, stdout, stderr = box.run("diff", "model.yaml")
        assert (code, stderr) == (1, "")
        assert stdout.startswith("--- live: model m in us-east-1\n+++ model.yaml\n@@ -1,9 +1,9 @@\n ModelName: m\n")
        changed = [line for line in stdout.splitlines()[3:] if line[0] in "+-"]
        assert changed == ["-  Image: i", "+  Image: j", "-    a: 'no'", "+    a: 'yes'"]
        assert "\x1b" not in stdout
        assert "\x1b[31m-  Image: i\x1b[0m\n" in box.run("diff", "model.yaml", terminal=True)[1]

    @pytest.mark.usefixtures("model_file")
    def test_for_programs(self, box: Box) -> None:
        document = {"ModelName": "m", "ExecutionRoleArn": f"{ROLE}2", "Tags": [{"Key": "b", "Value": "2"}]}
        code, stdout, stderr = box.run("diff", "create-model", "-", "--output", "json", stdin=json.dumps(document))
        assert (code, stderr) == (1, "")
        assert json.loads(stdout) == {
            "Results": [
                {
                    "File": "-", "Operation": "create-model", "Resource": ARN,
                    "Differences": [
                        {"Path": "ExecutionRoleArn", "Live": ROLE, "File": f"{ROLE}2"},
                        {"Path": "Tags[1]", "Live": {"Key": "a", "Value": "1"}},
                    ],
                    "NotCompared": [],
                }
            ]
        }  # fmt: skip

    def test_only_what_the_document_has_is_asked_for(self, service: Service) -> None:
        service.answers({**MODEL, "ModelArn": ARN}, DENIED)
        assert service.run("diff", "create-model", "-", stdin='{"ModelName": "m"}') == (0, "", "")
        assert [request["headers"]["x-amz-target"] for request in service.endpoint.requests()] == [
            "SageMaker.DescribeModel"
        ]

    def test_tags_that_nobody_may_read_are_an_error(self, service: Service) -> None:
        service.answers({**MODEL, "ModelArn": ARN}, DENIED)
        document = {"ModelName": "m", "Tags": [{"Key": "a", "Value": "b"}]}
        code, stdout, stderr = service.run("diff", "create-model", "-", stdin=json.dumps(document))
        assert (code, stdout) == (254, "")
        assert "(AccessDeniedException) when calling the ListTags operation" in stderr

    def test_a_schema_and_a_mark_of_the_byte_order_are_passed_over(self, service: Service) -> None:
        service.answers({**MODEL, "ModelArn": ARN}, NO_TAGS)
        document = {"$schema": ".schemas/create-model.json", "ModelName": "m"}
        assert service.run("diff", "-", stdin="\ufeff" + json.dumps(document)) == (0, "", "")


class TestStreams:
    def test_what_was_exported_for_several_names(self, box: Box) -> None:
        for name in ("one", "two"):
            box.world.ok("CreateModel", **{**MODEL, "ModelName": name})
        text = box.ok("export", "model", "one", "two")
        assert box.run("diff", "-", stdin=text) == (0, "", "")
        code, stdout, _ = box.run(
            "diff", "-", "--output", "json", stdin=text.replace("ModelName: two", "ModelName: three")
        )
        first, second = json.loads(stdout)["Results"]
        assert (code, first["Differences"], second["Error"]["Code"]) == (254, [], "ValidationException")

    def test_lines_are_those_of_the_file(self, box: Box, empty_home: Path) -> None:
        box.world.ok("CreateModel", **MODEL)
        head = "# awsshadow: create-model\n"
        text = f"# both\n---\n{head}ModelName: m\n---\n{head}ModelNme: m\n--- \n# end\n"
        (empty_home / "models.yaml").write_text(text)
        code, stdout, stderr = box.run("diff", "models.yaml")
        assert (code, stdout) == (252, "")
        assert "models.yaml:7: the input has no member ModelNme" in stderr

    def test_a_line_of_dashes_in_a_text_is_no_mark(self, box: Box) -> None:
        definition = '{\n"Version": "2020-12-01",\n"Steps": []\n}\n---\n'
        text = document({"PipelineName": "p", "PipelineDefinition": definition})
        assert "  ---\n" in text
        code, _, stderr = box.run("diff", "create-pipeline", "-", stdin=text)
        assert (code, "does not exist" in stderr) == (254, True)


class TestUpdates:
    def test_an_update(self, box: Box) -> None:
        box.endpoint()
        document: dict[str, Any] = {
            "EndpointName": "blue",
            "EndpointConfigName": "c",
            "RetainAllVariantProperties": True,
        }
        code, stdout, stderr = box.run("diff", "update-endpoint", "-", stdin=json.dumps(document))
        assert (code, stdout) == (0, "")
        assert stderr == "-: not compared, because the service does not show it: RetainAllVariantProperties\n"
        document["EndpointConfigName"] = "d"
        code, stdout, _ = box.run("diff", "update-endpoint", "-", stdin=json.dumps(document))
        assert (code, "-EndpointConfigName: c\n+EndpointConfigName: d\n" in stdout) == (1, True)

    def test_members_with_other_names(self, box: Box) -> None:
        made = box.full.make("NotebookInstance")
        name = made["NotebookInstanceName"]
        document = {"NotebookInstanceName": name, "LifecycleConfigName": "other"}
        code, stdout, _ = box.run("diff", "update-notebook-instance", "-", stdin=json.dumps(document))
        assert (code, "+LifecycleConfigName: other\n" in stdout) == (1, True)


class TestWhich:
    def test_a_domain_is_found_by_its_id(self, box: Box) -> None:
        domain = box.world.make("Domain")
        text = box.ok("export", "domain", domain["DomainId"])
        code, _, stderr = box.run("diff", "-", stdin=text)
        assert (code, "- does not say DomainId, by which a domain is asked for: name it by --resource" in stderr) == (
            252,
            True,
        )
        for named in (domain["DomainId"], domain["DomainArn"]):
            assert box.run("diff", "-", "--resource", named, stdin=text) == (0, "", "")

    @pytest.mark.usefixtures("model_file")
    def test_another_one_like_it(self, box: Box) -> None:
        box.world.ok("CreateModel", **{**MODEL, "ModelName": "other"})
        code, stdout, _ = box.run("diff", "model.yaml", "--resource", "other")
        assert (code, "-ModelName: other\n+ModelName: m\n" in stdout) == (1, True)


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{", "file.yaml:"),
            ("- a", "the document is no object"),
            ("ModelName: m\nImage: i\n", "file.yaml:2: the input has no member Image"),
            ("ModelName: [m]\n", "file.yaml:1: ModelName must be a text"),
            ("Tags: []\n", "file.yaml does not say ModelName, by which a model is asked for"),
        ],
    )
    def test_of_documents(self, box: Box, empty_home: Path, text: str, said: str) -> None:
        (empty_home / "file.yaml").write_text(text)
        code, stdout, stderr = box.run("diff", "create-model", "file.yaml")
        assert (code, stdout, said in stderr) == (252, "", True), stderr

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["create-modl", "f"], "* create-model\n"),
            (["create-model"], "the following arguments are required: FILE"),
            ([], "the following arguments are required: [OPERATION] FILE..."),
            (["list-models", "model.yaml"], "list-models neither creates nor updates what can be described"),
            (["create-model", "none.yaml"], "Cannot read none.yaml"),
            (["create-model", "a", "b", "--resource", "x"], "it is for one document"),
            (["plain.yaml"], "plain.yaml does not say which operation it is for"),
            (["create-model", "model.yaml", "--output", "yaml"], "invalid choice: 'yaml' (choose from text, json)"),
        ],
    )
    def test_of_the_command_line(self, box: Box, model_file: Path, words: list[str], said: str) -> None:
        (model_file.parent / "plain.yaml").write_text("ModelName: m\n")
        code, stdout, stderr = box.run("diff", *words)
        assert (code, stdout, said in stderr) == (252, "", True), stderr

    def test_what_is_not_there(self, box: Box) -> None:
        code, stdout, stderr = box.run("diff", "create-model", "-", stdin='{"ModelName": "m"}')
        assert (code, stdout, "Could not find model" in stderr) == (254, "", True)

    def test_the_worst_of_several_counts_and_all_are_compared(self, box: Box, model_file: Path) -> None:
        (model_file.parent / "other.yaml").write_text("ModelName: m\nExecutionRoleArn: other\n")
        (model_file.parent / "none.yaml").write_text("ModelName: none\n")
        words = ["diff", "create-model", "model.yaml"]
        assert box.run(*words, "other.yaml")[0] == 1
        code, stdout, stderr = box.run(*words, "none.yaml", "missing.yaml", "other.yaml")
        assert (code, "+++ other.yaml" in stdout) == (254, True)
        assert "none.yaml: An error occurred (ValidationException)" in stderr
        assert "missing.yaml: Cannot read missing.yaml" in stderr
        code, stdout, _ = box.run(*words, "none.yaml", "--output", "json")
        first, second = json.loads(stdout)["Results"]
        assert (code, first["Differences"], second["Error"]["Code"]) == (254, [], "ValidationException")

    def test_throttling_is_waited_out(self, box: Box, model_file: Path) -> None:
        box.faults(throttle=[{"operation": "*", "times": 15}])
        assert box.run("diff", str(model_file)) == (0, "", "")
