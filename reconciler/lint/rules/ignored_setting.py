"""A skill has a setting that it does not read, as it is declared.

Lengths of pages mean nothing where text is split into sentences, chunks of Document Layout nothing
where it writes Markdown.

What to do: delete the setting, or write the one that it belongs to.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-textsplit,
https://learn.microsoft.com/azure/search/cognitive-search-skill-document-intelligence-layout,
https://learn.microsoft.com/azure/search/cognitive-search-skill-pii-detection

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Util.DocumentIntelligenceLayoutSkill"
          outputFormat: markdown
          chunkingProperties: {maximumLength: 2000}
          inputs: [{name: file_data, source: /document/file_data}]
          outputs: [{name: markdown_document}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Util.DocumentIntelligenceLayoutSkill"
          outputFormat: text
          chunkingProperties: {maximumLength: 2000}
          inputs: [{name: file_data, source: /document/file_data}]
          outputs: [{name: text_sections}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "ignored-setting"
SEVERITY = Severity.ADVICE

_PAGES = ("maximumPageLength", "pageOverlapLength", "maximumPagesToTake")
_LAYOUT = "Util.DocumentIntelligenceLayoutSkill"
_READ = (
    *(("Text.SplitSkill", name, "textSplitMode", "pages", "pages") for name in _PAGES),
    (
        "Text.SplitSkill",
        "azureOpenAITokenizerParameters",
        "unit",
        "azureOpenAITokens",
        "characters",
    ),
    (_LAYOUT, "chunkingProperties", "outputFormat", "text", "markdown"),
    (_LAYOUT, "markdownHeaderDepth", "outputFormat", "markdown", "markdown"),
    ("Text.PIIDetectionSkill", "maskingCharacter", "maskingMode", "replace", "none"),
)
"""A skill, its setting, which other decides whether it is read and by which value, and what that
is when it is left out."""


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        for type_, name, other, value, default in _READ:
            decides = skill.body.get(other)
            decides = default if decides is None else decides
            if skill.type == type_ and skill.body.get(name) and _is_another(decides, value):
                place = skill.where.at(name, of_key=True)
                text = f"`{name}` is not read: `{other}` is {decides}"
                yield Problem(ID, text, place, f"delete it, or write `{other}: {value}`", SEVERITY)


def _is_another(value: object, wanted: str) -> bool:
    return isinstance(value, str) and value != wanted
