"""Names as they are typed and said."""

import pytest

from awsshadow.names import with_article


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("endpoint config", "an endpoint config"), ("app", "an app"), ("inference component", "an inference component"),
        ("optimization job", "an optimization job"), ("mlflow app", "an mlflow app"), ("model", "a model"),
        ("user profile", "a user profile"), ("hub", "a hub"),
    ],
)  # fmt: skip
def test_article(noun: str, said: str) -> None:
    assert with_article(noun) == said
