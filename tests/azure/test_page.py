"""The example of docs/azure.md: it arrives, rests, and goes by the consents that the page shows."""

from __future__ import annotations

import re

from tests.docs import pages

from .conftest import Stack

PAGE = pages.ROOT / "docs" / "azure.md"


def test_the_example_lives_as_the_page_says(stack: Stack) -> None:
    _, documents = pages.fenced(PAGE, "yaml")
    stack.write(documents)
    planned = stack.cli("plan")
    assert planned.code == 0, planned.err
    assert "(known after apply)" in planned.out
    stack.apply()
    assert stack.plan()["empty"]
    refused = stack.cli("destroy", "--yes")
    assert refused.code == 3
    assert "ResourceGroup/docs-rg" in refused.out
    (shown,) = re.findall(r"^reconciler (destroy .*)$", PAGE.read_text(), re.MULTILINE)
    gone = stack.cli(*shown.split(), "--yes")
    assert gone.code == 0, gone.err + gone.out
    assert "8 destroyed" in gone.out
