"""Settings of indexers: what is wrong, and what is right."""

from __future__ import annotations

from tests.lint.pipelines import SETTINGS, SOURCE, Right, Wrong

WRONG: list[Wrong] = [
    (
        "setting-of-another-source",
        {SETTINGS: "{queryTimeout: '00:05:00', assumeOrderByHighWaterMarkColumn: true}"},
        [("error", '"queryTimeout"'), ("error", '"assumeOrderByHighWaterMarkColumn"')],
    ),
    (
        "setting-of-another-source",
        {SOURCE: "azuresql", SETTINGS: "{parsingMode: default}"},
        [("error", '"parsingMode"')],
    ),
    *(
        ("idle-setting", {SETTINGS: f"{{{text}}}"}, [("warning", f'"{text.partition(":")[0]}"')])
        for text in (
            "documentRoot: /a",
            "delimitedTextHeaders: 'a,b'",
            "markdownHeaderDepth: h2, parsingMode: text",
            "encoding: utf-16, parsingMode: json",
            "normalizedImageMaxWidth: 3000",
        )
    ),
    (
        "image-action",
        {
            SETTINGS: "{imageAction: generateNormalizedImages, parsingMode: json, "
            "dataToExtract: allMetadata}",
            "Indexer/skillsetName": "",
        },
        [("warning", '"generate')] * 3,
    ),
    (
        "delimited-text",
        {SETTINGS: "{parsingMode: delimitedText, firstLineContainsHeaders: false}"},
        [("warning", "false")],
    ),
    (
        "delimited-text",
        {
            SETTINGS: "{parsingMode: delimitedText, delimitedTextHeaders: 'a,b', "
            "firstLineContainsHeaders: true}"
        },
        [("advice", "true")],
    ),
    (
        "delimited-text",
        {SETTINGS: '{parsingMode: delimitedText, delimitedTextDelimiter: "||"}'},
        [("warning", '"||"')],
    ),
    (
        "file-extensions",
        {SETTINGS: "{indexedFileNameExtensions: '.pdf, *.docx'}"},
        [("warning", '".pdf, *.docx"')],
    ),
    (
        "file-extensions",
        {SETTINGS: "{excludedFileNameExtensions: '.PDF', indexedFileNameExtensions: '.pdf,.txt'}"},
        [("warning", '".pdf,.txt"')],
    ),
    ("failed-items", {"Indexer/parameters": "{maxFailedItems: -1}"}, [("advice", "-1")]),
    (
        "failed-items",
        {"Indexer/parameters": "{maxFailedItems: 0, maxFailedItemsPerBatch: 3}"},
        [("advice", "3")],
    ),
]

RIGHT: list[Right] = [
    ("setting-of-another-source", {SETTINGS: "{executionEnvironment: private, parsingMode: text}"}),
    ("setting-of-another-source", {SETTINGS: "{queryTimeout: null}"}),
    ("setting-of-another-source", {SOURCE: "azuresql", SETTINGS: "{queryTimeout: '00:01:00'}"}),
    ("setting-of-another-source", {SOURCE: "floppydisk", SETTINGS: "{queryTimeout: '00:01:00'}"}),
    ("setting-of-another-source", {SETTINGS: "{invented: 1}"}),
    ("idle-setting", {SETTINGS: "{firstLineContainsHeaders: true, documentRoot: ''}"}),
    ("idle-setting", {SETTINGS: "{firstLineContainsHeaders: false, delimitedTextDelimiter: ','}"}),
    ("idle-setting", {SETTINGS: "{parsingMode: delimitedText, delimitedTextDelimiter: ';'}"}),
    ("image-action", {SETTINGS: "{imageAction: none, parsingMode: json}"}),
    (
        "image-action",
        {SETTINGS: "{imageAction: generateNormalizedImagePerPage, parsingMode: default}"},
    ),
    (
        "delimited-text",
        {
            SETTINGS: "{parsingMode: delimitedText, delimitedTextHeaders: 'a,b', "
            'firstLineContainsHeaders: false, delimitedTextDelimiter: "\\t"}'
        },
    ),
    ("file-extensions", {SETTINGS: "{indexedFileNameExtensions: '.pdf , .docx,'}"}),
    (
        "failed-items",
        {"Indexer/parameters": "{maxFailedItems: -1, maxFailedItemsPerBatch: 5}"},
    ),
    ("failed-items", {"Indexer/parameters": "{maxFailedItems: 0}"}),
]
