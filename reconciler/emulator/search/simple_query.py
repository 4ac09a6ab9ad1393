"""The simple query syntax: text to a tree, as Lucene's SimpleQueryParser reads it (QUERIES 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Operator = Literal["and", "or"]

WORD_ENDS = '"|+()'


@dataclass(frozen=True)
class Term:
    text: str


@dataclass(frozen=True)
class Prefix:
    text: str


@dataclass(frozen=True)
class Phrase:
    text: str


@dataclass(frozen=True)
class Without:
    """Everything that does not match."""

    part: Node


@dataclass(frozen=True)
class Group:
    operator: Operator
    parts: tuple[Node, ...]


Node = Term | Prefix | Phrase | Without | Group


def parse(text: str, default: Operator) -> Node | None:
    """Never fails: what does not fit is plain text. None when there is nothing to look for.

    Args:
        default: what a blank between two terms means (searchMode any: or; all: and).
    """
    return _Parser(text, default).tree()


class _Parser:
    """One level of parentheses. `top` grows to the right; a change of operator splits it."""

    def __init__(self, text: str, default: Operator) -> None:
        self.text = text
        self.default: Operator = default
        self.index = 0
        self.top: Node | None = None
        self.current: Operator | None = None
        self.previous: Operator | None = None
        self.negated = False

    def tree(self) -> Node | None:
        while self.index < len(self.text):
            mark = self.text[self.index]
            if mark == "(":
                self.parentheses()
            elif mark == '"':
                self.phrase()
            elif mark in "+|-)" or mark.isspace():
                self.sign(mark)
                self.index += 1
            else:
                self.word()
        return self.top

    def sign(self, mark: str) -> None:
        """An operator counts only where one can stand; a minus only right before its term."""
        self.negated = mark == "-" and not self.negated
        if mark in "+|" and self.top is not None and self.current is None:
            self.current = "and" if mark == "+" else "or"

    def parentheses(self) -> None:
        start, depth, index = self.index + 1, 1, self.index + 1
        while index < len(self.text) and depth:
            mark = self.text[index]
            if mark == "\\":
                index += 1
            else:
                depth += (mark == "(") - (mark == ")")
            index += 1
        if depth:
            self.index += 1  # never closed: the parenthesis is nothing
            return
        self.index = index
        self.add(_Parser(self.text[start : index - 1], self.default).tree())

    def phrase(self) -> None:
        start, index, letters = self.index + 1, self.index + 1, []
        while index < len(self.text) and self.text[index] != '"':
            if self.text[index] == "\\" and index + 1 < len(self.text):
                index += 1
            letters.append(self.text[index])
            index += 1
        if index >= len(self.text):
            self.index = start  # never closed: the quote is nothing
            return
        self.index = index + 1
        self.add(Phrase("".join(letters)) if letters else None)

    def word(self) -> None:
        letters: list[str] = []
        prefix = False
        while self.index < len(self.text):
            mark = self.text[self.index]
            if mark == "\\":
                self.index += 1
                if self.index == len(self.text):
                    break
                mark = self.text[self.index]
                prefix = False
            elif mark in WORD_ENDS or mark.isspace():
                break
            else:
                prefix = mark == "*"
            letters.append(mark)
            self.index += 1
        text = "".join(letters)
        if prefix and len(text) > 1:
            self.add(Prefix(text[:-1]))
        else:
            self.add(Term(text) if text else None)

    def add(self, branch: Node | None) -> None:
        if branch is None:
            return
        if self.negated:
            branch = Without(branch)
        self.negated = False
        if self.top is None:
            self.top = branch
        else:
            operator = self.current or self.default
            if operator == self.previous and isinstance(self.top, Group):
                self.top = Group(operator, (*self.top.parts, branch))
            else:
                self.top = Group(operator, (self.top, branch))
            self.previous = operator
        self.current = None
