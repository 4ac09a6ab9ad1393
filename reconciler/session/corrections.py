"""What can be corrected for certain in manifests, whichever environment they are read in."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.model.problem import Correction
from reconciler.session.workspace import Manifests


def corrections(judged: Sequence[Manifests]) -> tuple[Correction, ...]:
    """The corrections of problems that are told in every environment that has the document.

    Args:
        judged: the manifests in all environments of the project.
    """
    meant = [dict.fromkeys(p.correction for p in one.problems) for one in judged]
    holders = [{(d.where.file, d.where.document) for d in (*m.resources, *m.local)} for m in judged]

    def is_told(correction: Correction) -> bool:
        document = (correction.where.file, correction.where.document)
        there = zip(meant, holders, strict=True)
        return all(correction in told for told, held in there if document in held)

    every = dict.fromkeys(correction for told in meant for correction in told)
    return tuple(one for one in every if one is not None and is_told(one))
