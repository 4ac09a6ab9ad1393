"""The nodes of the enriched document: each has a type, a writer, and what stands beneath it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from reconciler.lint.enrichment.paths import ROOT, Mark, Path, Token, render
from reconciler.model.problem import Where
from reconciler.providers.search.kinds.skillset.types import (
    ANY,
    NUMBER,
    Anything,
    List,
    Object,
    Type,
    Vector,
)


@dataclass
class Node:
    """What stands at one path, for all documents and all elements alike.

    Args:
        type: what its writer wrote: what others put beneath it is no part of its value.
        writer: who wrote it, as people say it: "skill `#1`".
        where: the place in the manifest that makes it, if one does.
        below: what was put beneath it, and what of its value was looked at; elements are at `EACH`.
        readers: who reads it, as people say it.
        used: whether anybody reads it, or something beneath it.
        guessed: nobody is known to write it, though somebody may.
        idle: its writer never runs, so that it is null in every document.
    """

    type: Type
    writer: str
    where: Where | None = None
    below: dict[Token, Node] = field(default_factory=dict)
    readers: list[str] = field(default_factory=list)
    used: bool = False
    guessed: bool = False
    idle: bool = False

    def part(self, token: Token) -> Node | None:
        """What stands beneath, or None."""
        token = Mark.EACH if isinstance(token, str) and self._picks(token) else token
        if token not in self.below:
            type_ = _part(self.type, token)
            if type_ is None:
                return None
            listed = not isinstance(self.type, Object) or token in self.type.members
            self.below[token] = Node(
                type_, self.writer, self.where, guessed=not listed, idle=self.idle
            )
        return self.below[token]

    def known(self, name: str) -> Node | None:
        """What is known to stand beneath under a name, or None."""
        listed = isinstance(self.type, Object) and name in self.type.members
        found = self.part(name) if listed or name in self.below else None
        return None if found is None or found.guessed else found

    def _picks(self, token: str) -> bool:
        """Whether a name is the number of an element."""
        return token.isdecimal() and isinstance(self.type, List | Vector)

    @property
    def names(self) -> list[str]:
        """The names that are beneath it."""
        members = self.type.members if isinstance(self.type, Object) else {}
        made = (t for t, node in self.below.items() if isinstance(t, str) and not node.guessed)
        return [*members, *made]


def _part(type_: Type, token: Token) -> Type | None:
    """The type of an element or a member; None: there is no such."""
    match type_:
        case Anything():
            return ANY
        case List(of=of) if token is Mark.EACH:
            return of
        case Vector() if token is Mark.EACH:
            return NUMBER
        case Object(members=members, open=is_open) if isinstance(token, str):
            return members.get(token, ANY if is_open else None)
        case _:
            return None


@dataclass(frozen=True)
class Missing:
    """A path leads nowhere.

    Args:
        upto: the part of the path whose last token is not there.
        why: what is wrong, to follow the path.
        near: the names that stand where the missing one is looked for.
        doubtful: it may be there all the same, as a property of documents that nobody knows here.
    """

    upto: Path
    why: str
    near: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True)
class Found:
    """A node, and the value that is read there: a list where stars are left open."""

    node: Node
    type: Type


class Tree:
    """The enriched document of one pipeline.

    Args:
        cracked: what stands beneath `/document` before any skill runs.
        absent: names that are not there, with what would make them.
    """

    def __init__(self, cracked: Object, writer: str, absent: Mapping[str, str]) -> None:
        self.root = Node(cracked, writer)
        self.absent = absent

    def node(self, path: Path) -> Node | Missing:
        """The node at a path."""
        if path[:1] != ROOT:
            return Missing(path[:1], "paths begin with `/document`", ("document",))
        node = self.root
        for depth, token in enumerate(path[1:], 2):
            if token is Mark.WHOLE:
                continue
            below = node.part(token)
            if below is None:
                return self._missing(node, path[:depth])
            node = below
        return node

    def read(self, path: Path, context: Path = ROOT) -> Found | Missing:
        """What a path yields for one element of a context: stars beyond it make one flat list.

        https://learn.microsoft.com/azure/search/cognitive-search-working-with-skillsets
        """
        node = self.node(path)
        if isinstance(node, Missing):
            return node
        if _picked(path, context):
            return Found(node, ANY)
        open_ = beyond(path, context)
        type_ = List(node.type) if Mark.EACH in open_ else node.type
        return Found(node, List(type_) if Mark.WHOLE in open_ else type_)

    def mark(self, path: Path, reader: str) -> None:
        """Note that somebody reads a path that is there: what is on the way is used, too."""
        node: Node | None = self.root
        for token in path[1:]:
            if token is not Mark.WHOLE and node is not None:
                node = node.part(token)
            if node is not None:
                node.used = True
        if node is not None and reader not in node.readers:
            node.readers.append(reader)

    def _missing(self, node: Node, upto: Path) -> Missing:
        token, above = upto[-1], render(upto[:-1])
        if token is Mark.EACH:
            return Missing(upto, f"`{above}` is {_article(node.type)}, which has no elements")
        if isinstance(node.type, List | Vector):
            return Missing(upto, f"`{above}` is {_article(node.type)}: `/*` is missing", ("*",))
        if node is self.root and token in self.absent:
            return Missing(upto, self.absent[str(token)])
        return Missing(upto, f"nothing makes `{token}` in `{above}`", tuple(node.names))


def _article(type_: Type) -> str:
    return f"{'an' if str(type_)[0] in 'aeiou' else 'a'} {type_}"


@lru_cache(maxsize=4096)
def nearly(name: str, names: tuple[str, ...]) -> str | None:
    """The name that was surely meant: it differs by its case, or by a letter or two of many.

    One letter more at the end may be a column of many, beside one of each: it is another name.
    """
    for one in names:
        if one.casefold() == name.casefold():
            return one
    others = (one for one in names if one.rstrip("s") != name.rstrip("s"))
    return next(iter(get_close_matches(name, list(others), 1, 0.85)), None)


def _picked(path: Path, context: Path) -> bool:
    """Whether a context is one element by its number, where the path has a star: nobody says
    whether that star is open then.
    """
    pairs = zip(path, context, strict=False)
    first = next((pair for pair in pairs if pair[0] != pair[1]), None)
    return first is not None and first[0] is Mark.EACH and str(first[1]).isdecimal()


def beyond(path: Path, context: Path) -> Path:
    """The part of a path that it does not share with a context."""
    shared = 0
    for ours, theirs in zip(path, context, strict=False):
        if ours != theirs:
            break
        shared += 1
    return path[shared:]


def leaves(node: Node, path: Path = ROOT) -> Iterator[tuple[Path, Node]]:
    """Every node that stands beneath one, with its path, in the order in which it came."""
    for token, below in node.below.items():
        yield (*path, token), below
        yield from leaves(below, (*path, token))
