"""Files whose bytes cannot be shown in Markdown, and what has a manifest's name and is none."""

from __future__ import annotations

import os

import pytest

from tests.world import World

INDEX = """\
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs}
spec:
  fields:
    - {name: id, type: Edm.String, key: true}
"""
BOMB = "  a0: &a0 x\n" + "".join(
    f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
FILES = {
    "byte order mark": (b"\xef\xbb\xbf" + INDEX.encode(), ""),
    "Windows line ends": (INDEX.replace("\n", "\r\n").encode(), ""),
    "no line end at the end": (INDEX.rstrip().encode(), ""),
    "Latin-1": (
        INDEX.encode() + b"  description: caf\xe9\n",
        "7:1: error: the file is not UTF-8 (byte 143 is 0xe9) [not-utf8]",
    ),
    "UTF-16": (
        INDEX.encode("utf-16"),
        "1:1: error: the file is not UTF-8 (byte 0 is 0xff) [not-utf8]",
    ),
    "null byte": (
        INDEX.encode() + b"  description: a\0b\n",
        "7:17: error: not valid YAML: unacceptable character #x0000: control characters are not "
        "allowed [invalid-yaml]",
    ),
    "too large": (
        INDEX.encode() + b"  description: " + b"a" * 5_000_000,
        "1:1: error: the file has 4.8 MB; the limit is 4 MB [file-too-large]",
    ),
    "aliases that multiply": (
        (INDEX + BOMB).encode(),
        "1:1: error: its aliases stand for more than 33,720 characters [too-large]",
    ),
    "10,000 brackets": (
        INDEX.encode() + b"  description: " + b"[" * 10_000 + b"]" * 10_000,
        "7:115: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "10,000 brackets, as JSON": (
        b"[" * 10_000 + b"]" * 10_000,
        "1:102: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "100,000 brackets": (
        INDEX.encode() + b"  description: " + b"[" * 100_000,
        "7:115: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "100,000 braces": (
        INDEX.encode() + b"  description: " + b"{a: " * 100_000 + b"1" + b"}" * 100_000,
        "7:412: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "100,000 brackets of pairs": (
        INDEX.encode() + b"  description: " + b"[a: " * 100_000 + b"1" + b"]" * 100_000,
        "7:213: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "100,000 braces with URLs": (
        INDEX.encode() + b"  x: {y: http://a}\n  description: " + b"{a: " * 100_000,
        "8:412: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "100,000 dashes": (
        INDEX.encode() + b"  description:\n    " + b"- " * 100_000 + b"a\n",
        "8:203: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "100,000 dashes at the beginning": (
        b"- " * 100_000 + b"a\n",
        "1:203: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "100,000 question marks": (
        INDEX.encode() + b"---\n" + b"? " * 100_000 + b"a\n",
        "8:203: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "2,000 blocks": (
        INDEX.encode() + b"---\n" + b"".join(b" " * n + b"a:\n" for n in range(2_000)),
        "109:102: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "110 blocks": (
        INDEX.encode() + b"---\n" + b"".join(b" " * n + b"a:\n" for n in range(110)),
        "109:102: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "100,000 objects, as JSON": (
        b'{"a":\n' * 100_000 + b"1" + b"}" * 100_000,
        "102:1: error: nested deeper than 100 levels [nested-too-deep]",
    ),
    "600 brackets beside each other": (INDEX.encode() + b"  description: x # " + b"[" * 600, ""),
    "a number of 5,000 digits": (
        INDEX.encode() + b"  description: " + b"1" * 5_000,
        "1:1: error: not valid YAML: a number has more than 4,300 digits [invalid-yaml]",
    ),
}


def found(world: World, file: str = "docs.yaml") -> tuple[int, list[str]]:
    """Exit code, and the problems of one manifest without their fixes."""
    ran = world.cli("validate")
    start = f"manifests/{file}:"
    lines = ran.err.splitlines()
    return ran.code, [line.removeprefix(start) for line in lines if line.startswith(start)]


@pytest.mark.parametrize(("content", "problem"), FILES.values(), ids=FILES.keys())
def test_bytes(offline: World, content: bytes, problem: str) -> None:
    (offline.root / "manifests/docs.yaml").write_bytes(content)
    expected = (1, [problem]) if problem else (0, [])
    assert found(offline) == expected
    assert found(offline) == expected, "what was cached is judged alike"


@pytest.mark.parametrize("nested", ["[" * 100_000, "\n" + "- " * 100_000 + "a\n"])
def test_a_deep_project(offline: World, nested: str) -> None:
    offline.write("reconciler.yaml", f"spec: {nested}")
    ran = offline.cli("validate")
    assert ran.code == 1
    assert ran.err.startswith("reconciler.yaml:")
    assert "error: nested deeper than 100 levels [nested-too-deep]" in ran.err


def test_what_has_a_manifests_name_and_is_none_is_not_passed_over(offline: World) -> None:
    folder = offline.root / "manifests"
    (folder / "folder.yaml").mkdir()
    (folder / "dangling.yml").symlink_to("nowhere")
    (folder / "loop.json").symlink_to("loop.json")
    os.mkfifo(folder / "pipe.yaml")
    assert found(offline, "folder.yaml") == (
        1,
        ["1:1: error: this is not a file [unreadable-file]"],
    )
    assert found(offline, "pipe.yaml") == (1, ["1:1: error: this is not a file [unreadable-file]"])
    text = "1:1: error: cannot read the file: No such file or directory [unreadable-file]"
    assert found(offline, "dangling.yml") == (1, [text])
    text = "1:1: error: cannot read the file: Too many levels of symbolic links [unreadable-file]"
    assert found(offline, "loop.json") == (1, [text])


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
@pytest.mark.parametrize("locked", ["manifests/docs.yaml", "manifests/more"])
def test_what_may_not_be_read(offline: World, locked: str) -> None:
    offline.write("manifests/docs.yaml", INDEX)
    offline.write("manifests/more/docs.yaml", INDEX)
    (offline.root / locked).chmod(0)
    ran = offline.cli("validate")
    (offline.root / locked).chmod(0o700)
    assert ran.code == 1
    assert f"{locked}:1:1: error: cannot read the " in ran.err
    assert "Permission denied [unreadable-file]" in ran.err


def test_hidden_files_and_others_are_no_manifests(offline: World) -> None:
    for path in (".hidden.yaml", ".git/config.yaml", "notes.md", "docs.yaml~", "docs.yaml.bak"):
        offline.write(f"manifests/{path}", "\tno YAML")
    assert offline.cli("validate").out == "0 objects: no errors.\n"


def test_a_file_of_an_expression(offline: World) -> None:
    offline.write("manifests/docs.yaml", INDEX + "  description: ${file:texts/docs.txt}\n")
    text = offline.root / "texts/docs.txt"
    text.parent.mkdir()
    for content, problem in {
        b"fine": [],
        b"\x89PNG\r\n\xff": [
            "7:16: error: `texts/docs.txt` is not UTF-8 (byte 0 is 0x89) [not-utf8]"
        ],
        b"x" * 5_000_000: [
            "7:16: error: `texts/docs.txt` has 4.8 MB; the limit is 4 MB [file-too-large]"
        ],
    }.items():
        text.write_bytes(content)
        assert found(offline) == (1 if problem else 0, problem)
    text.unlink()
    text.symlink_to("/etc/hostname")
    problem = "7:16: error: `texts/docs.txt` lies outside the project [unreadable-file]"
    assert found(offline) == (1, [problem])


MULTIPLY = "what expressions stand for is larger than 16,777,216 characters [too-large]"
LEAD_FAR = "an expression leads to others more than 50 times [expressions-too-deep]"


@pytest.mark.parametrize(
    ("length", "times", "why"), [(40, 2, MULTIPLY), (200, 1, LEAD_FAR), (45, 1, "")]
)
def test_expressions_that_multiply_or_lead_too_far(
    offline: World, length: int, times: int, why: str
) -> None:
    for number in range(length):
        text = f"${{Index.docs-{number + 1}/description}}" * times
        content = INDEX.replace("docs", f"docs-{number}") + f"  description: {text}\n"
        offline.write(f"manifests/docs-{number:03}.yaml", content)
    content = INDEX.replace("docs", f"docs-{length}") + "  description: end\n"
    offline.write("manifests/end.yaml", content)
    said = offline.cli("validate")
    assert said.code == (1 if why else 0)
    assert said.err.count(": error: ") == (1 if why else 0), "one mistake, one message"
    assert why in said.err


def test_no_project_file(offline: World) -> None:
    (offline.root / "reconciler.yaml").unlink()
    for command in ("validate", "plan", "apply", "drift", "destroy"):
        ran = offline.cli(command)
        assert (ran.code, "there is no reconciler.yaml in " in ran.err) == (1, True)
        assert "fix: run `reconciler init`" in ran.err
