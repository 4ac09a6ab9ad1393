"""The handbook: its questions are answered by its documents, and its made files are fresh."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docx import Document
from PIL import Image
from pypdf import PdfReader
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
CONTAINER = ROOT / "handbook" / "storage" / "handbook"
SOURCES = ROOT / "handbook" / "sources"
DOCUMENTS = {
    file.relative_to(CONTAINER).as_posix(): file
    for file in sorted(CONTAINER.rglob("*"))
    if file.is_file()
}
QUESTIONS: list[dict[str, str]] = YAML(typ="safe").load(ROOT / "handbook" / "questions.yaml")
MADE = {s.relative_to(SOURCES).with_suffix("").as_posix() for s in SOURCES.rglob("*.*")}
DRAWN = {"products/grebe-mooring.png", "safety/assembly-point.png"}


def text(document: str) -> str:
    """What a reader of a document sees; of a picture, nothing."""
    file = DOCUMENTS[document]
    match file.suffix:
        case ".pdf":
            return "\n".join(page.extract_text() for page in PdfReader(file).pages)
        case ".docx":
            return "\n".join(p.text for p in Document(io.BytesIO(file.read_bytes())).paragraphs)
        case ".html":
            return BeautifulSoup(file.read_bytes(), "html.parser").get_text()
        case ".png":
            return ""
    return file.read_text(encoding="utf-8")


def build(checkout: Path, *arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/handbook.py", *arguments]
    environ = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(
        command, cwd=checkout, env=environ, capture_output=True, encoding="utf-8", timeout=60
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the script reads and writes of the repository."""
    for folder in ("tools", "handbook"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked["question"][:50])
def test_a_question_is_answered_by_its_document(asked: dict[str, str]) -> None:
    assert asked["passage"] in text(asked["document"])


def test_questions_differ_in_how_they_are_worded() -> None:
    assert len(QUESTIONS) >= 30
    assert len({asked["question"] for asked in QUESTIONS}) == len(QUESTIONS)
    counts = Counter(asked["wording"] for asked in QUESTIONS)
    assert set(counts) == {"words", "paraphrase", "term"}
    assert min(counts.values()) >= 10


def test_answers_stand_in_every_format_that_has_text() -> None:
    formats = {Path(document).suffix for document in DOCUMENTS}
    assert formats == {".md", ".txt", ".csv", ".json", ".pdf", ".docx", ".html", ".png"}
    assert {Path(asked["document"]).suffix for asked in QUESTIONS} == formats - {".png"}


def test_there_are_enough_documents_and_they_are_small() -> None:
    assert len(DOCUMENTS) >= 30
    assert sum(file.stat().st_size for file in DOCUMENTS.values()) < 1_500_000


def test_no_text_is_in_the_container_twice() -> None:
    paragraphs = Counter(
        line.strip()
        for document in DOCUMENTS
        for line in text(document).splitlines()
        if len(line) > 60
    )
    assert [line for line, times in paragraphs.items() if times > 1] == []


@pytest.mark.parametrize("document", [name for name in DOCUMENTS if name.endswith(".png")])
def test_pictures_can_be_looked_at(document: str) -> None:
    with Image.open(DOCUMENTS[document]) as picture:
        assert picture.size == (480, 360)
        colours = picture.convert("RGB").getcolors()
        assert colours is not None
        assert len(colours) > 2


def test_extensions_belong_to_one_person_each() -> None:
    rows = text("sites/directory.csv").splitlines()[1:]
    extensions = Counter(row.rsplit(",", 1)[1] for row in rows)
    assert [number for number, times in extensions.items() if times > 1] == []


def test_forms_have_one_meaning() -> None:
    """Two documents that name the same form would have to agree about it: only one names it."""
    found: dict[str, set[str]] = {}
    for document in DOCUMENTS:
        for form in re.findall(r"\bform ([A-Z]+-\d+)", text(document)):
            found.setdefault(form, set()).add(document)
    assert {form: where for form, where in found.items() if len(where) > 1} == {}


def test_made_files_are_fresh() -> None:
    ran = build(ROOT, "--check")
    assert ran.returncode == 0, ran.stderr


def test_the_same_sources_make_the_same_bytes(checkout: Path) -> None:
    container = checkout / "handbook" / "storage" / "handbook"
    runs = []
    for seed in ("1", "2"):
        for name in MADE | DRAWN:
            (container / name).unlink()
        assert build(checkout, seed=seed).returncode == 0
        runs.append({name: (container / name).read_bytes() for name in MADE | DRAWN})
    assert runs[0] == runs[1]


@pytest.mark.parametrize("name", sorted(MADE))
def test_an_edited_source_makes_its_file_stale(checkout: Path, name: str) -> None:
    (source,) = (checkout / "handbook" / "sources").glob(f"{name}.*")
    source.write_text(source.read_text(encoding="utf-8").replace("a", "o"), encoding="utf-8")
    ran = build(checkout, "--check")
    assert ran.returncode == 1
    assert ran.stderr == f"{name} is stale: run `python tools/handbook.py`\n"
    assert build(checkout).returncode == 0
    assert build(checkout, "--check").returncode == 0
