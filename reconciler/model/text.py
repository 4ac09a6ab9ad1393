"""Text that comes from a service or a file, where it is put into a line of ours."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


def one_line(text: str) -> str:
    """A text on one line: every line end in it, with the white space around, is a space.

    So nothing that is quoted can begin a line, which people and pipelines would take for ours.
    """
    return _LINE_ENDS.sub(" ", text).strip()
