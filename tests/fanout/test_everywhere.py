"""``--regions`` and ``--profiles``: whose answer is whose, and what failed where."""

from __future__ import annotations

import csv
import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from awsshadow.model import find_store

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.fanout.conftest import Box
    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.waiting.conftest import Run

MODELS = ["sagemaker", "list-models"]
GROUPS = ["sagemaker", "list-model-package-groups", "--sort-by", "Name"]
NONE: Reply = {"body": '{"Models": []}'}


def refusal(code: str) -> Reply:
    return {"status": 400, "body": json.dumps({"__type": code, "message": "no"})}


@pytest.fixture
def scripted(endpoint: Endpoint, network: dict[str, str]) -> dict[str, str]:
    return {**network, "AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url}


@pytest.fixture
def two(box: Box) -> list[str]:
    """Two regions, of which the first has three groups and the second one."""
    other = type(box)(box.folder, box.world.sandbox, box.world.model)
    box.groups(3)
    other.groups(1)
    return [box.region, other.region]


class TestAnswers:
    def test_two_regions(self, box: Box, run: Run, two: list[str]) -> None:
        code, stdout, stderr = run(*GROUPS, "--regions", ",".join(two), env=box.environ)
        assert (code, stderr) == (0, "")
        results = json.loads(stdout)["Results"]
        assert [(r["Region"], r["Profile"]) for r in results] == [(two[0], None), (two[1], None)]
        for region, result in zip(two, results, strict=True):
            _, alone, _ = run(*GROUPS, "--region", region, env=box.environ)
            assert result["Result"] == json.loads(alone)

    def test_the_order_is_that_of_the_words_and_each_is_asked_once(self, box: Box, run: Run, two: list[str]) -> None:
        words = ["--regions", f"{two[1]}, {two[0]},{two[1]}", "--query", "Results[].Region", "--output", "text"]
        assert run(*GROUPS, *words, env=box.environ)[1] == f"{two[1]}\t{two[0]}\n"

    @pytest.mark.parametrize("form", ["json", "text", "table", "yaml", "yaml-stream"])
    def test_every_format(self, box: Box, run: Run, two: list[str], form: str) -> None:
        code, stdout, _ = run(*GROUPS, "--regions", ",".join(two), "--output", form, env=box.environ)
        assert (code, stdout.count(":model-package-group/g0000"), "Results" in stdout or form == "text") == (0, 2, True)

    def test_rows(self, box: Box, run: Run, two: list[str]) -> None:
        words = [*GROUPS, "--regions", ",".join(two), "--output"]
        code, stdout, _ = run(*words, "csv", env=box.environ)
        header, *rows = csv.reader(stdout.splitlines())
        assert (code, header) == (0, ["Region", "Profile", "Result", "Error"])
        assert [(row[0], row[1], row[3]) for row in rows] == [(two[0], "", ""), (two[1], "", "")]
        assert len(json.loads(rows[0][2])["ModelPackageGroupSummaryList"]) == 3
        query = "Results[].Result.ModelPackageGroupSummaryList[]"
        code, stdout, _ = run(*words, "tsv", "--query", query, "--hydrate=tags", env=box.environ)
        assert (code, len(stdout.splitlines())) == (0, 5)
        assert stdout.startswith("ModelPackageGroupName\t")
        assert "\tTags\tError\n" in stdout
        code, stdout, _ = run(*words, "jsonl", env=box.environ)
        assert [json.loads(line)["Region"] for line in stdout.splitlines()] == two

    def test_rows_of_places_that_failed(self, endpoint: Endpoint, scripted: dict[str, str], run: Run) -> None:
        endpoint.script([NONE, refusal("AccessDeniedException")])
        words = ["--regions", "a-1,b-2", "--jobs", "1", "--output", "csv", "--query", "Results[]"]
        code, stdout, _ = run(*MODELS, *words, env=scripted)
        _, *rows = csv.reader(stdout.splitlines())
        assert code == 4
        assert [json.loads(row[3])["Code"] if row[3] else None for row in rows] == [None, "AccessDeniedException"]

    def test_describe_and_search(self, box: Box, run: Run, two: list[str]) -> None:
        words = ["describe-model-package-group", "--model-package-group-name", "g0000"]
        code, stdout, _ = run("sagemaker", *words, "--regions", ",".join(two), env=box.environ)
        assert code == 0
        assert [r["Result"]["ModelPackageGroupArn"].split(":")[3] for r in json.loads(stdout)["Results"]] == two
        code, stdout, _ = run(
            "sagemaker", "search", "--resource", "ModelPackageGroup", "--regions", ",".join(two), env=box.environ
        )
        assert [len(r["Result"]["Results"]) for r in json.loads(stdout)["Results"]] == [3, 1]

    def test_hydrated(self, box: Box, run: Run, two: list[str]) -> None:
        code, stdout, _ = run(*GROUPS, "--regions", ",".join(two), "--hydrate=all", "--max-items", "2", env=box.environ)
        assert code == 0
        for region, result, number in zip(two, json.loads(stdout)["Results"], (2, 1), strict=True):
            items = result["Result"]["ModelPackageGroupSummaryList"]
            assert [item["Description"]["ModelPackageGroupArn"] for item in items] == [
                f"arn:aws:sagemaker:{region}:123456789012:model-package-group/g{at:04}" for at in range(number)
            ]
            assert [item["Tags"][0]["Value"] for item in items] == [f"g{at:04}" for at in range(number)]

    def test_profiles_have_regions_of_their_own(
        self, endpoint: Endpoint, scripted: dict[str, str], run: Run, empty_home: Path
    ) -> None:
        folder = empty_home / ".aws"
        folder.mkdir()
        (folder / "config").write_text("[profile dev]\nregion=eu-west-1\n[profile prod]\nregion=us-west-2\n")
        (folder / "credentials").write_text(
            "".join(f"[{p}]\naws_access_key_id=AK{p}\naws_secret_access_key=s{p}\n" for p in ("dev", "prod"))
        )
        environ = {name: value for name, value in scripted.items() if name == "AWS_ENDPOINT_URL_SAGEMAKER"}
        endpoint.script([NONE])
        code, stdout, stderr = run(*MODELS, "--profiles", "dev,prod", "--jobs", "1", env=environ)
        assert (code, stderr) == (0, "")
        assert [(r["Region"], r["Profile"]) for r in json.loads(stdout)["Results"]] == [
            ("eu-west-1", "dev"),
            ("us-west-2", "prod"),
        ]
        signed = [request["headers"]["authorization"] for request in endpoint.requests()]
        assert ["AKdev/" in signed[0], "/eu-west-1/" in signed[0]] == [True, True]
        assert ["AKprod/" in signed[1], "/us-west-2/" in signed[1]] == [True, True]
        endpoint.script([NONE])
        code, stdout, _ = run(*MODELS, "--profiles", "dev,prod", "--regions", "a-1,b-2", env=environ)
        assert [(r["Profile"], r["Region"]) for r in json.loads(stdout)["Results"]] == [
            ("dev", "a-1"),
            ("dev", "b-2"),
            ("prod", "a-1"),
            ("prod", "b-2"),
        ]
        assert run(*MODELS, "--profiles", "dev,nobody", env=environ)[::2] == (
            255,
            "\nawsshadow: [ERROR]: The config profile (nobody) could not be found\n",
        )

    @pytest.mark.skipif(sys.platform == "win32", reason="a script of a shell")
    def test_credentials_are_looked_up_once_a_profile(
        self, endpoint: Endpoint, scripted: dict[str, str], run: Run, empty_home: Path
    ) -> None:
        (empty_home / ".aws").mkdir()
        script = empty_home / "give.sh"
        given = '{"Version": 1, "AccessKeyId": "AK$1", "SecretAccessKey": "secret-of-nobody"}'
        script.write_text(f"echo $1 >> {empty_home}/asked; cat <<E\n{given}\nE\n")
        lines = (f"[profile {name}]\ncredential_process = sh {script} {name}\n" for name in ("dev", "prod"))
        (empty_home / ".aws" / "config").write_text("".join(lines))
        environ = {name: value for name, value in scripted.items() if name == "AWS_ENDPOINT_URL_SAGEMAKER"}
        endpoint.script([NONE])
        words = ["--profiles", "dev,prod", "--regions", "a-1,b-2,c-3"]
        assert run(*MODELS, *words, env=environ)[0] == 0
        assert (empty_home / "asked").read_text().split() == ["dev", "prod"]
        keys = [re.findall(r"Credential=AK(\w+)/", r["headers"]["authorization"])[0] for r in endpoint.requests()]
        assert sorted(keys) == ["dev"] * 3 + ["prod"] * 3


class TestAll:
    @pytest.fixture
    def partitions(self, slices: Path) -> Any:
        return find_store({"XDG_CACHE_HOME": str(slices)}).data()["endpoints"]["partitions"]

    @pytest.mark.parametrize(("region", "partition"), [("us-east-1", "aws"), ("cn-north-1", "aws-cn")])
    def test_it_is_every_region_of_the_partition(
        self, box: Box, run: Run, partitions: Any, region: str, partition: str
    ) -> None:
        words = ["--regions", "all", "--query", "Results[].[Region]", "--output", "text"]
        code, stdout, _ = run(*MODELS, *words, env={**box.environ, "AWS_DEFAULT_REGION": region})
        (known,) = [p["regions"] for p in partitions if p["partition"] == partition]
        assert (code, stdout.split()) == (0, sorted(known))

    @pytest.mark.parametrize("code", ["UnrecognizedClientException", "InvalidClientTokenId"])
    def test_a_region_that_is_not_enabled_is_skipped_and_counted(
        self, endpoint: Endpoint, scripted: dict[str, str], run: Run, code: str
    ) -> None:
        endpoint.script([refusal(code), refusal(code), NONE])
        words = ["--regions", "all", "--jobs", "1", "--query", "Results[].[Region]", "--output", "text"]
        exit_code, stdout, stderr = run(*MODELS, *words, env=scripted)
        skipped = "af-south-1, ap-east-1"
        assert (exit_code, stderr) == (0, f"2 regions are not enabled for the account and skipped: {skipped}\n")
        assert not set(skipped.split(", ")) & set(stdout.split())

    def test_where_none_is_enabled_it_is_the_credentials(
        self, endpoint: Endpoint, scripted: dict[str, str], run: Run
    ) -> None:
        endpoint.script([refusal("UnrecognizedClientException")])
        code, _, stderr = run(*MODELS, "--regions", "all", env=scripted)
        assert (code, "skipped" in stderr, "us-east-1: An error occurred (Unrec" in stderr) == (254, False, True)

    def test_a_region_that_was_named_is_not_skipped(
        self, endpoint: Endpoint, scripted: dict[str, str], run: Run
    ) -> None:
        endpoint.script([refusal("UnrecognizedClientException"), NONE])
        assert run(*MODELS, "--regions", "a-1,b-2", "--jobs", "1", env=scripted)[0] == 4


class TestFailures:
    def test_a_region_that_is_denied(self, endpoint: Endpoint, scripted: dict[str, str], run: Run) -> None:
        endpoint.script([refusal("AccessDeniedException"), NONE])
        code, stdout, stderr = run(*MODELS, "--regions", "a-1,b-2", "--jobs", "1", env=scripted)
        assert (code, json.loads(stdout)["Results"]) == (
            4,
            [
                {"Region": "a-1", "Profile": None, "Error": {"Code": "AccessDeniedException", "Message": "no"}},
                {"Region": "b-2", "Profile": None, "Result": {"Models": []}},
            ],
        )
        assert stderr == (
            "\nawsshadow: [ERROR]: 1 of 2 failed\n"
            "a-1: An error occurred (AccessDeniedException) when calling the ListModels operation: no\n"
        )

    def test_all_are_denied(self, endpoint: Endpoint, scripted: dict[str, str], run: Run) -> None:
        endpoint.script([refusal("AccessDeniedException")])
        code, _, stderr = run(*MODELS, "--regions", "a-1,b-2", env=scripted)
        assert (code, stderr.count("AccessDenied")) == (254, 2)

    def test_what_all_have_in_common_keeps_its_code(self, run: Run) -> None:
        assert run(*MODELS, "--regions", "a-1,b-2", env={})[0] == 253  # no credentials
        gone = {"AWS_ENDPOINT_URL_SAGEMAKER": "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID": "k"}
        code, _, stderr = run(*MODELS, "--regions", "a-1,b-2", env={**gone, "AWS_SECRET_ACCESS_KEY": "s"})
        assert (code, stderr.count("Could not connect")) == (255, 2)

    def test_no_permission_to_describe_is_the_error_of_the_place(
        self, endpoint: Endpoint, scripted: dict[str, str], run: Run
    ) -> None:
        listed: Reply = {"match": "ListModels", "body": '{"Models": [{"ModelName": "m"}, {"ModelName": "n"}]}'}
        denied: Reply = {"match": "DescribeModel", **refusal("AccessDeniedException")}
        endpoint.script([listed, listed, denied, {"match": "DescribeModel", "body": "{}"}])
        code, stdout, _ = run(*MODELS, "--regions", "a-1,b-2", "--hydrate", "--jobs", "1", env=scripted)
        results = json.loads(stdout)["Results"]
        assert (code, results[0]["Error"]["Code"], "Result" in results[0]) == (4, "AccessDeniedException", False)
        assert [item["Description"] for item in results[1]["Result"]["Models"]] == [{}, {}]
        assert len(endpoint.requests()) == 5  # the second model of the denied region was not asked about

    def test_throttling_in_one_place(self, box: Box, run: Run, two: list[str]) -> None:
        box.faults(throttle=[{"operation": "ListModelPackageGroups", "times": 12}])
        assert run(*GROUPS, "--regions", ",".join(two), env=box.environ)[0] == 0
        box.faults(throttle=[{"operation": "ListModelPackageGroups"}])
        code, _, stderr = run(*GROUPS, "--regions", ",".join(two), "--timeout", "2m", env=box.environ)
        assert (code, stderr.count("is still throttled after 2m")) == (124, 2)


class TestWords:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (
                ["delete-model", "--model-name", "m", "--regions", "a"],
                "argument --regions: delete-model does not take it",
            ),
            (["create-hub", "--hub-name", "h", "--hub-description", "d", "--profiles", "a"], "does not take it"),
            (["list-models", "--regions", "a", "--region", "b"], "--regions: it cannot be used together with --region"),
            (["list-models", "--profiles", "a", "--profile", "b"], "it cannot be used together with --profile"),
            (["list-models", "--regions", "a,,b"], "expected names with commas between them"),
            (["list-models", "--regions", "all,b"], "'all' stands alone"),
            (["list-models", "--regions", "a", "--starting-token", "t"], "a token is that of one place"),
            (["list-models", "--regions", "a/b"], "'a/b' is no name of a region"),
            (
                ["describe-model", "--model-name", "m", "--regions", "a", "--exists"],
                "argument --exists: it cannot be used",
            ),
        ],
    )
    def test_what_is_refused(self, box: Box, run: Run, words: list[str], said: str) -> None:
        code, stdout, stderr = run("sagemaker", *words, env=box.environ)
        assert (code, stdout, said in stderr) == (252, "", True), stderr

    def test_parameters_are_looked_at_before_anything_is_asked(self, run: Run) -> None:
        words = ["list-models", "--regions", "a,b", "--cli-input-json", '{"Nothing": 1}']
        code, _, stderr = run("sagemaker", *words, env={})
        assert (code, stderr.count("Unknown parameter in input")) == (252, 1)
