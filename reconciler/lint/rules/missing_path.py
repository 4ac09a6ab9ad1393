"""A path of the enriched document leads nowhere.

Nothing that the data source yields, and nothing that a skill writes, stands at the path: a typo,
another case, a `/*` too many or too few, the name of an output that `targetName` renames, or a
switch of the indexer that is off. The service takes it all, and warns for every document, or leaves
the field empty without a word. Columns of databases and JSON are not known here, nor what a custom
skill answers: nothing is said of those. Files may carry metadata of any name: where nothing else
has nearly that name, and the reader takes any value, it is told as an advice.

What to do: write the path as its producer writes it (context, then the target name).

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-annotation-language,
https://learn.microsoft.com/azure/search/cognitive-search-common-errors-warnings

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          context: /document/pages/*
          inputs: [{name: text, source: /document/pages/*/text}]
          outputs: [{name: keyPhrases}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          context: /document/pages/*
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: keyPhrases}]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reconciler.lint.enrichment.facts import Facts, facts
from reconciler.lint.enrichment.nodes import Missing, Node, nearly
from reconciler.lint.enrichment.paths import ROOT, Mark, parse, render
from reconciler.lint.enrichment.program import Read
from reconciler.lint.stack import Stack
from reconciler.model.problem import (
    Correction,
    Problem,
    Related,
    Severity,
    respelled,
    suggestion,
)
from reconciler.providers.search.kinds.skillset.types import ANY

ID = "missing-path"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        for read in pipeline.program.reads:
            missing = read.found if isinstance(read.found, Missing) else _misspelt(pipeline, read)
            if missing is not None and not _may_be_there(pipeline, missing):
                if _own_metadata(pipeline, read, missing):
                    missing = replace(missing, doubtful=True)
                yield _problem(read, missing, _switch(pipeline, missing))


def _problem(read: Read, missing: Missing, notes: tuple[Related, ...]) -> Problem:
    text = f"{read.reader.said} reads `{read.path}`, and {missing.why}"
    name, near = missing.upto[-1], missing.near
    if missing.doubtful:
        fix = "nothing, where the documents have a property, column or metadata of that name"
        return Problem(ID, text, read.where, fix, Severity.ADVICE, notes=notes)
    if isinstance(name, Mark):
        fix = f"write `{render(missing.upto[:-1])}`"
        return Problem(ID, text, read.where, fix, SEVERITY, notes=notes)
    if near == ("*",):
        fix = f"write `{render(missing.upto[:-1])}/*` for each element, or its number"
        return Problem(ID, text, read.where, fix, SEVERITY, notes=notes)
    fix = suggestion(name, near, "write a path that the source or a skill makes")
    meant = _meant(read, missing, name)
    return Problem(ID, text, read.where, fix, SEVERITY, notes=notes, correction=meant)


def _switch(pipeline: Facts, missing: Missing) -> tuple[Related, ...]:
    """The setting by which a node is not there, or where it would be set."""
    absent = pipeline.cracked.absent.get(str(missing.upto[-1]))
    if absent is None or pipeline.pipeline is None or missing.upto[:-1] != ROOT:
        return ()
    where = pipeline.pipeline.configured.at(absent.switch, of_key=True)
    return (Related(f"`{absent.switch}` of the indexer", where),)


def _meant(read: Read, missing: Missing, name: str) -> Correction | None:
    """The path with the name that was surely meant, where it is written as paths are."""
    tokens, found = parse(read.path), respelled(read.where, name, missing.near)
    if found is None or render(tokens) != read.path:
        return None
    path = (*missing.upto[:-1], str(found.new), *tokens[len(missing.upto) :])
    return Correction(read.where, read.path, render(path))


def _misspelt(pipeline: Facts, read: Read) -> Missing | None:
    """A name that nobody is known to write: nearly a written one, or one that a switch makes."""
    path = parse(read.path)
    node = pipeline.tree.node(path[:2])
    if len(path) < 2 or not isinstance(node, Node) or not node.guessed:
        return None
    reason = pipeline.tree.absent.get(str(path[1]))
    if reason is not None:
        return Missing(path[:2], reason, doubtful=True)
    near = nearly(str(path[1]), tuple(pipeline.tree.root.names))
    return Missing(path[:2], f"nothing is known to make `{path[1]}`", (near,)) if near else None


def _own_metadata(pipeline: Facts, read: Read, missing: Missing) -> bool:
    """Whether it may be what somebody has put on the files themselves, for a reader that takes it.

    https://learn.microsoft.com/azure/search/search-howto-indexing-azure-blob-storage
    """
    name = missing.upto[-1]
    whole = missing.upto == (*ROOT, name) == parse(read.path)
    made = str(name) in pipeline.tree.absent or nearly(str(name), missing.near) is not None
    return whole and not made and read.takes.type == ANY


def _may_be_there(pipeline: Facts, missing: Missing) -> bool:
    """Whether formats may have metadata of that name, which nobody has listed."""
    name, at_root = missing.upto[-1], missing.upto[:-1] == ROOT
    if not at_root or not str(name).startswith("metadata_"):
        return False
    return nearly(str(name), tuple(pipeline.cracked.type.members)) is None
