"""Pipelines over files, with random skills, contexts and names: what each makes is mapped.

Only skills that the embedded service runs, so that it can be asked what becomes of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tools.foresight.inputs import VERSION
from tools.foresight.stack import Json, Stack

NAMES = ("pages", "parts", "text", "sections", "chunks", "vector", "lang", "Text", "summary", "a")
TEXT, VECTOR, NUMBER, OBJECT, TEXTS = "text", "vector", "number", "object", "texts"
DIMENSIONS = (64, 256, 3072)
ENDPOINT = "https://contoso.openai.azure.com"


@dataclass(frozen=True)
class Node:
    """What stands at a path; `short` where an embedding model can read it whole."""

    path: str
    type: str
    short: bool = False
    dimensions: int = 0

    @property
    def above(self) -> str:
        """The deepest context that reads one value of it."""
        head, star, _ = self.path.rpartition("/*")
        return head + star if star else "/document"


@dataclass
class Pipeline:
    """A pipeline while it is drawn: the nodes that there are, and the skills that made them."""

    nodes: list[Node] = field(default_factory=list)
    skills: list[Json] = field(default_factory=list)
    configuration: Json = field(default_factory=dict)

    def of(self, *types: str, short: bool = False) -> list[Node]:
        return [node for node in self.nodes if node.type in types and (node.short or not short)]

    def read_by(self, paths: list[str]) -> list[Json]:
        """The skills that make what is read, directly or not: others would be in vain."""
        needed, read = [], list(paths)
        for skill in reversed(self.skills):
            written = (f"{skill['context']}/{one['targetName']}" for one in skill["outputs"])
            if any(f"{path}/".startswith(f"{one}/") for one in written for path in read):
                needed.append(skill)
                read += [one["source"] for one in skill["inputs"]] + [skill["context"]]
        return needed[::-1]

    def skill(
        self, kind: str, context: str, inputs: list[Json], outputs: Json, **more: Any
    ) -> None:
        listed = [{"name": name, "targetName": target} for name, target in outputs.items()]
        tag = {"@odata.type": f"#Microsoft.Skills.{kind}", "context": context}
        self.skills.append({**tag, **more, "inputs": inputs, "outputs": listed})


@st.composite
def pipelines(draw: st.DrawFn) -> Stack:
    """A stack that should work."""
    made = Pipeline(
        [Node("/document/content", TEXT), Node("/document/metadata_storage_name", TEXT)]
    )
    for step in draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=5)):
        step(draw, made)
    if not made.skills:
        _split(draw, made)
    return draw(st.sampled_from((_projected, _mapped)))(draw, made)


def _context(draw: st.DrawFn, node: Node) -> str:
    """Where a skill that reads one value runs: on what holds it, or on the value itself."""
    return draw(st.sampled_from((node.above, node.above, node.path)))


def _target(draw: st.DrawFn, made: Pipeline, context: str) -> str:
    taken = {node.path for node in made.nodes}
    free = [name for name in NAMES if f"{context}/{name}" not in taken]
    return draw(st.sampled_from(free))


def _read(name: str, source: str) -> Json:
    return {"name": name, "source": source}


def _split(draw: st.DrawFn, made: Pipeline) -> None:
    node = draw(st.sampled_from(made.of(TEXT)))
    context = _context(draw, node)
    target = _target(draw, made, context)
    mode = draw(st.sampled_from(({"textSplitMode": "pages", "maximumPageLength": 400}, {})))
    mode = mode or {"textSplitMode": "sentences"}
    inputs = [_read("text", node.path)]
    made.skill("Text.SplitSkill", context, inputs, {"textItems": target}, **mode)
    path = f"{context}/{target}"
    made.nodes += [Node(path, TEXTS), Node(f"{path}/*", TEXT, short=True)]


def _embed(draw: st.DrawFn, made: Pipeline) -> None:
    texts = made.of(TEXT, short=True)
    if texts:
        node, length = draw(st.sampled_from(texts)), draw(st.sampled_from(DIMENSIONS))
        context = _context(draw, node)
        target = _target(draw, made, context)
        model = {"resourceUri": ENDPOINT, "deploymentId": "e", "modelName": MODEL}
        inputs, outputs = [_read("text", node.path)], {"embedding": target}
        made.skill(EMBEDDING, context, inputs, outputs, **model, dimensions=length)
        made.nodes.append(Node(f"{context}/{target}", VECTOR, dimensions=length))


def _merge(draw: st.DrawFn, made: Pipeline) -> None:
    lists = made.of(TEXTS)
    if lists:
        node = draw(st.sampled_from(lists))
        star = draw(st.sampled_from(("", "/*")))
        target = _target(draw, made, node.above)
        inputs = [_read("text", "/document/content"), _read("itemsToInsert", f"{node.path}{star}")]
        made.skill("Text.MergeSkill", node.above, inputs, {"mergedText": target})
        made.nodes.append(Node(f"{node.above}/{target}", TEXT))


def _detect(draw: st.DrawFn, made: Pipeline) -> None:
    node = draw(st.sampled_from(made.of(TEXT)))
    context = _context(draw, node)
    target = _target(draw, made, context)
    inputs, outputs = [_read("text", node.path)], {"languageCode": target}
    made.skill("Text.LanguageDetectionSkill", context, inputs, outputs)
    made.nodes.append(Node(f"{context}/{target}", TEXT, short=True))


def _shape(draw: st.DrawFn, made: Pipeline) -> None:
    first = draw(st.sampled_from(made.of(TEXT, NUMBER, TEXTS)))
    context = first.above
    same = [node for node in made.nodes if f"{context}/".startswith(f"{node.above}/")]
    others = draw(st.lists(st.sampled_from(same), max_size=2))
    target = _target(draw, made, context)
    members = {f"m{at}": node for at, node in enumerate((first, *others))}
    inputs = [_read(name, node.path) for name, node in members.items()]
    inputs += [{"name": "word", "source": "='word'"}] if draw(st.booleans()) else []
    made.skill("Util.ShaperSkill", context, inputs, {"output": target})
    path = f"{context}/{target}"
    made.nodes += [Node(path, OBJECT)]
    made.nodes += [
        Node(f"{path}/{name}", node.type, node.short, node.dimensions)
        for name, node in members.items()
    ]


def _lay_out(draw: st.DrawFn, made: Pipeline) -> None:
    target = _target(draw, made, "/document")
    inputs, outputs = [_read("file_data", "/document/file_data")], {"markdown_document": target}
    shape = {"outputMode": "oneToMany", "outputFormat": "markdown", "markdownHeaderDepth": "h3"}
    kind = "Util.DocumentIntelligenceLayoutSkill"
    made.configuration["allowSkillsetToReadFileData"] = True
    made.skill(kind, "/document", inputs, outputs, **shape)
    path = f"/document/{target}/*"
    made.nodes += [
        Node(f"/document/{target}", OBJECT),
        Node(f"{path}/sections", OBJECT),
        Node(f"{path}/content", TEXT),
        Node(f"{path}/sections/h2", TEXT, short=True),
        Node(f"{path}/ordinal_position", NUMBER),
    ]


EMBEDDING, MODEL = "Text.AzureOpenAIEmbeddingSkill", "text-embedding-3-large"
STEPS = (_split, _split, _embed, _embed, _merge, _detect, _shape, _lay_out)


def _projected(draw: st.DrawFn, made: Pipeline) -> Stack:
    """Documents for each value at one path, with what stands there and above."""
    context = draw(st.sampled_from([n.above for n in made.nodes if n.above != "/document"] or [""]))
    if not context:
        return _mapped(draw, made)
    fitting = [
        node
        for node in made.nodes
        if node.type != OBJECT and f"{context}/".startswith(f"{node.above}/")
    ]
    fields = {f"f{at}": node for at, node in enumerate(fitting)}
    selector = {
        "targetIndexName": "docs",
        "parentKeyFieldName": "parent",
        "sourceContext": context,
        "mappings": [_read(name, node.path) for name, node in fields.items()],
    }
    skills = made.read_by([node.path for node in fitting])
    parameters = {"projectionMode": "skipIndexingParentDocuments"}
    projections = {"selectors": [selector], "parameters": parameters}
    parent = {"name": "parent", "type": "Edm.String", "filterable": True}
    listed = [parent, *(_field(name, node, many=False) for name, node in fields.items())]
    return _stack(listed, {"skills": skills, "indexProjections": projections}, _indexer(made))


def _mapped(_: st.DrawFn, made: Pipeline) -> Stack:
    """A document for each file."""
    fields, mappings = [], []
    for at, node in enumerate(made.nodes[1:]):
        many = "*" in node.path
        if node.type == OBJECT or (many and node.type in (VECTOR, TEXTS)):
            continue
        fields.append(_field(f"f{at}", node, many=many))
        mappings.append({"sourceFieldName": node.path, "targetFieldName": f"f{at}"})
    skills = made.read_by([one["sourceFieldName"] for one in mappings])
    return _stack(fields, {"skills": skills}, _indexer(made, outputFieldMappings=mappings))


def _indexer(made: Pipeline, **more: Any) -> Json:
    names = {"dataSourceName": "docs", "skillsetName": "docs", "targetIndexName": "docs"}
    return {**names, "parameters": {"configuration": made.configuration}, **more}


def _field(name: str, node: Node, *, many: bool) -> Json:
    if node.type == VECTOR:
        vector = {"searchable": True, "vectorSearchProfile": "p", "dimensions": node.dimensions}
        return {"name": name, "type": "Collection(Edm.Single)", **vector}
    single = "Edm.Int32" if node.type == NUMBER else "Edm.String"
    many = many or node.type == TEXTS
    unused = dict.fromkeys(("filterable", "sortable", "facetable"), False)
    return {"name": name, "type": f"Collection({single})" if many else single, **unused}


def _stack(fields: list[Json], skillset: Json, indexer: Json) -> Stack:
    key = {"name": "id", "type": "Edm.String", "key": True, "analyzer": "keyword"}
    vectors = {"profiles": [{"name": "p", "algorithm": "h"}]}
    index: Json = {"fields": [key, *fields]}
    if any("dimensions" in one for one in fields):
        index["vectorSearch"] = {**vectors, "algorithms": [{"name": "h", "kind": "hnsw"}]}
    account = {"@odata.type": "#Microsoft.Azure.Search.CognitiveServicesByKey"}
    account["key"] = "${secret.cognitive}"
    source = {"type": "azureblob", "container": {"name": "docs"}}
    source["credentials"] = {"connectionString": "${secret.storage}"}
    return [
        _document("DataSource", source),
        _document("Index", index),
        _document("Skillset", {**skillset, "cognitiveServices": account}),
        _document("Indexer", indexer),
    ]


def _document(kind: str, spec: Json) -> Json:
    version = f"azure-ai-search/{VERSION}"
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "docs"}, "spec": spec}
