"""What an indexer makes of a document before any skill runs, by data source and parameters.

https://learn.microsoft.com/azure/search/search-howto-indexing-azure-blob-storage
https://learn.microsoft.com/azure/search/search-blob-metadata-properties
https://learn.microsoft.com/azure/search/search-how-to-index-azure-blob-one-to-many
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.pipelines import FILES
from reconciler.model.json import JsonObject
from reconciler.providers.search.kinds.skillset.types import (
    ANY,
    COLUMN,
    DATE,
    FILE,
    IMAGE,
    INTEGER,
    STRING,
    STRINGS,
    List,
    Object,
    Type,
    record,
)

_STORAGE: dict[str, Type] = {
    "metadata_storage_name": STRING,
    "metadata_storage_path": STRING,
    "metadata_storage_content_type": STRING,
    "metadata_storage_last_modified": DATE,
    "metadata_storage_size": INTEGER,
    "metadata_storage_content_md5": STRING,
    "metadata_storage_sas_token": STRING,
    "metadata_storage_file_extension": STRING,
}
_OF_FORMATS: dict[str, Type] = {
    **dict.fromkeys(
        (
            f"metadata_{name}"
            for name in (
                "content_type",
                "content_encoding",
                "author",
                "title",
                "language",
                "description",
                "keywords",
                "identifier",
                "publisher",
                "subject",
                "message_from",
                "message_from_email",
                "message_to",
                "message_cc",
                "message_bcc",
            )
        ),
        STRING,
    ),
    **dict.fromkeys(
        ("metadata_message_to_email", "metadata_message_cc_email", "metadata_message_bcc_email"),
        STRINGS,
    ),
    "metadata_creation_date": DATE,
    "metadata_last_modified": DATE,
    # Counts come as text or as numbers: nobody says.
    **dict.fromkeys(
        (
            "metadata_character_count",
            "metadata_word_count",
            "metadata_page_count",
            "metadata_slide_count",
        ),
        ANY,
    ),
}
_MODE, _EXTRACT = "parsingMode", "dataToExtract"
_HEADERS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Absent(NamedTuple):
    """Why a node is not there, and the setting of the indexer's configuration that makes it so."""

    reason: str
    switch: str


@dataclass(frozen=True)
class Cracked:
    """What stands beneath `/document` at first.

    Args:
        type: the nodes by their names; open where there may be more (columns, properties of JSON).
        writer: who makes them, as people say it.
        absent: names that are not there, with the reason.
    """

    type: Object
    writer: str
    absent: dict[str, Absent] = field(default_factory=dict)


def crack(source: JsonObject | None, indexer: JsonObject | None) -> Cracked:
    """What a data source yields to an indexer; None: nobody knows it, so that anything may be."""
    type_ = text_at(source or {}, "type")
    if source is None or indexer is None or type_ not in FILES:
        return Cracked(Object(open=True), f"the data source ({type_})" if type_ else "the source")
    configuration = object_at(indexer, "parameters", "configuration")
    mode = configuration.get(_MODE)
    parsed = _PARSERS[mode] if isinstance(mode, str) and mode in _PARSERS else _default
    members, is_open, absent = _unread(configuration) or parsed(configuration)
    is_open = is_open or type_ == "sharepoint"  # it has metadata of its own, nowhere listed
    if "content" not in members:
        absent.setdefault("content", Absent(f"`{_MODE}: {mode}` makes no `content`", _MODE))
    for name, reason in _switched(configuration, mode, members).items():
        absent.setdefault(name, reason)
    found = {**_STORAGE, **_OF_FORMATS, "AzureSearch_DocumentKey": STRING, **members}
    return Cracked(Object(found, open=is_open), f"the data source ({type_})", absent)


_Parsed = tuple[dict[str, Type], bool, dict[str, Absent]]


def _unread(configuration: JsonObject) -> _Parsed | None:
    """Where only metadata is extracted, in whatever mode."""
    extract = configuration.get(_EXTRACT)
    if extract in (None, "contentAndMetadata"):
        return None
    absent = Absent(f"`{_EXTRACT}: {extract}` extracts no `content`", _EXTRACT)
    return {}, False, {"content": absent}


def _default(_: JsonObject) -> _Parsed:
    return {"content": STRING}, False, {}


def _json(_: JsonObject) -> _Parsed:
    return {}, True, {}


def _columns(configuration: JsonObject) -> _Parsed:
    """One text for each column; without `delimitedTextHeaders` the files say which there are."""
    named = text_at(configuration, "delimitedTextHeaders")
    if named is None:
        return {}, True, {}
    return {name.strip(): COLUMN for name in named.split(",")}, False, {}


def _markdown(configuration: JsonObject) -> _Parsed:
    if configuration.get("markdownParsingSubmode") == "oneToOne":
        section = record(
            header_level=STRING,
            header_name=STRING,
            content=STRING,
            ordinal_position=INTEGER,
            sections=ANY,
        )
        return {"document_content": STRING, "sections": List(section)}, False, {}
    depth = configuration.get("markdownHeaderDepth")
    deep = _HEADERS.index(depth) + 1 if depth in _HEADERS else len(_HEADERS)
    sections = Object(dict.fromkeys(_HEADERS[:deep], STRING))
    return {"content": STRING, "sections": sections, "ordinal_position": INTEGER}, False, {}


_PARSERS = {
    "text": _default,
    "json": _json,
    "jsonArray": _json,
    "jsonLines": _json,
    "delimitedText": _columns,
    "markdown": _markdown,
}


def _switched(
    configuration: JsonObject, mode: object, members: dict[str, Type]
) -> dict[str, Absent]:
    """Images and the file itself, put among the members; and why they are not there."""
    absent: dict[str, Absent] = {}
    action, images = "imageAction", "normalized_images"
    if configuration.get(action) in (None, "none"):
        reason = f"images are made by `{action}: generateNormalizedImages` of the indexer"
        absent[images] = Absent(reason, action)
    elif mode not in (None, "default"):
        absent[images] = Absent(f"images are made with `{_MODE}: default`", _MODE)
    elif configuration.get(_EXTRACT) not in (None, "contentAndMetadata"):
        absent[images] = Absent(f"images are made with `{_EXTRACT}: contentAndMetadata`", _EXTRACT)
    else:
        members[images] = List(IMAGE)
    readable = "allowSkillsetToReadFileData"
    if configuration.get(readable) is True:
        members["file_data"] = FILE
    else:
        absent["file_data"] = Absent(f"files are given with `{readable}: true`", readable)
    return absent
