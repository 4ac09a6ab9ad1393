"""Mappings and keys: what is wrong, and what is right."""

from __future__ import annotations

from tests.lint.pipelines import BASE64, OUTPUT, PATH, SETTINGS, SOURCE, Right, Wrong, mapped

SELECTOR = "Skillset/indexProjections/selectors/0"
NAME = "sourceFieldName: metadata_storage_name, targetFieldName: id"


def called(function: str, parameters: str = "{}") -> dict[str, str]:
    return mapped(
        "sourceFieldName: a, targetFieldName: Title, "
        f"mappingFunction: {{name: {function}, parameters: {parameters}}}"
    )


WRONG: list[Wrong] = [
    ("missing-target-field", mapped("sourceFieldName: titel"), [("error", '"titel"')]),
    (
        "missing-target-field",
        mapped("sourceFieldName: a, targetFieldName: address/city"),
        [("error", '"address/city"')],
    ),
    (
        "missing-target-field",
        {OUTPUT: "[{sourceFieldName: /document/people}]"},
        [("error", '"/document/people"')],
    ),
    (
        "missing-target-field",
        {
            f"{SELECTOR}/parentKeyFieldName": "parents",
            f"{SELECTOR}/mappings": "[{name: chunk, source: /document/pages/*}]",
        },
        [("error", '"parents"'), ("error", '"chunk"')],
    ),
    ("unencoded-key", mapped(PATH), [("error", '{"sourceFieldName"')]),
    (
        "unencoded-key",
        mapped(
            f"{NAME}, mappingFunction: {{name: BASE64encode, "
            "parameters: {useHttpServerUtilityUrlTokenEncode: false}}"
        ),
        [("warning", "false")],
    ),
    ("shared-key", mapped(f"{NAME}, {BASE64}"), [("advice", '"metadata_storage_name"')]),
    *(
        (
            "shared-key",
            mapped(f"{PATH}, {BASE64}") | {SETTINGS: f"{{parsingMode: {mode}}}"},
            [("warning", '"metadata_storage_path"')],
        )
        for mode in ("jsonArray", "jsonLines", "delimitedText", "markdown")
    ),
    (
        "projected-key",
        {"Index/fields/0": "{name: id, type: Edm.String, key: true}"},
        [("warning", '{"name": "id"')],
    ),
    (
        "projected-key",
        {"Index/fields/0": "{name: id, type: Edm.String, key: true, searchable: false}"},
        [("warning", '{"name": "id"')],
    ),
    (
        "mapping-function",
        called("EXTRACTtokenATposition", '{Delimiter: ",", position: 0}'),
        [("advice", '"EXTRACTtokenATposition"')],
    ),
    ("projected-key", {f"{SELECTOR}/parentKeyFieldName": "ID"}, [("warning", '"ID"')]),
    ("projected-key", {f"{SELECTOR}/parentKeyFieldName": "tags"}, [("warning", '{"name": "tags"')]),
    ("projected-key", {"Index/fields/1/filterable": "false"}, [("warning", '{"name": "parent"')]),
    (
        "projected-key",
        {f"{SELECTOR}/mappings": "[{name: Parent, source: /document}, {name: id, source: /a}]"},
        [("warning", '"Parent"'), ("warning", '"id"')],
    ),
    ("mapping-function", called("base64"), [("error", '"base64"')]),
    (
        "mapping-function",
        called("extractTokenAtPosition", '{delimiter: ","}'),
        [("error", '{"delimiter"')],
    ),
    (
        "mapping-function",
        called("extractTokenAtPosition"),
        [("error", '{"name"'), ("error", '{"name"')],
    ),
    (
        "mapping-function",
        called("extractTokenAtPosition", '{delimiter: ",", position: "1"}'),
        [("warning", '"1"')],
    ),
    ("mapping-function", called("urlEncode", "{charset: x}"), [("warning", '"charset"')]),
    (
        "mapping-function",
        called("base64Decode", "{useHttpServerUtilityUrlTokenEncode: true}"),
        [("warning", '"useHttpServerUtilityUrlTokenEncode"')],
    ),
    ("mapping-function", called("jsonArrayToStringCollection"), [("warning", '"jsonArray')]),
    (
        "misplaced-mapping",
        mapped("sourceFieldName: /document/a, targetFieldName: Title"),
        [("warning", '"/document/a"')],
    ),
    (
        "misplaced-mapping",
        {OUTPUT: "[{sourceFieldName: Title}]"},
        [("warning", '"Title"')],
    ),
]

RIGHT: list[Right] = [
    ("missing-target-field", mapped("sourceFieldName: title")),
    ("missing-target-field", mapped("sourceFieldName: a, targetFieldName: TITLE")),
    ("missing-target-field", {OUTPUT: "[{sourceFieldName: /document/title}]"}),
    (
        "missing-target-field",
        mapped("sourceFieldName: a, targetFieldName: b") | {"Indexer/targetIndexName": "elsewhere"},
    ),
    ("unencoded-key", mapped(f"{PATH}, {BASE64}")),
    ("unencoded-key", mapped(f"{PATH}, mappingFunction: {{name: fixedLengthEncode}}")),
    ("unencoded-key", mapped("sourceFieldName: metadata_storage_path, targetFieldName: Title")),
    ("unencoded-key", mapped(PATH) | {"Indexer/parameters": "{base64EncodeKeys: true}"}),
    ("shared-key", mapped(f"{PATH}, {BASE64}")),
    (
        "shared-key",
        mapped("sourceFieldName: number, targetFieldName: id")
        | {SETTINGS: "{parsingMode: jsonLines}"},
    ),
    (
        "shared-key",
        mapped(f"{PATH}, {BASE64}")
        | {SETTINGS: "{parsingMode: markdown, markdownParsingSubmode: oneToOne}"},
    ),
    (
        "projected-key",
        {
            "Index/fields/0": "{name: id, type: Edm.String, key: true, indexAnalyzer: keyword, "
            "searchAnalyzer: keyword}"
        },
    ),
    ("projected-key", {f"{SELECTOR}/targetIndexName": "elsewhere"}),
    ("mapping-function", called("urlEncode", "null")),
    (
        "mapping-function",
        mapped(
            "sourceFieldName: a, targetFieldName: tags, "
            "mappingFunction: {name: jsonArrayToStringCollection}"
        ),
    ),
    (
        "misplaced-mapping",
        mapped("sourceFieldName: /document/a, targetFieldName: Title")
        | {SETTINGS: "{parsingMode: json}"},
    ),
    ("misplaced-mapping", mapped("sourceFieldName: /document/a") | {SOURCE: "cosmosdb"}),
    ("misplaced-mapping", {OUTPUT: "[{sourceFieldName: '=$(/document/a)'}]"}),
]
