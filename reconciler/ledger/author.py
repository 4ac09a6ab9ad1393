"""Who runs it and from which commit, as pipelines say in their environment."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Mapping

from reconciler.model.ledger import Author

_WHO = ("GITHUB_ACTOR", "BUILD_REQUESTEDFOR", "GITLAB_USER_LOGIN")
_COMMIT = ("GITHUB_SHA", "BUILD_SOURCEVERSION", "CI_COMMIT_SHA")
"""Variables of GitHub Actions, Azure Pipelines and GitLab CI.

https://docs.github.com/actions/reference/variables-reference,
https://learn.microsoft.com/azure/devops/pipelines/build/variables,
https://docs.gitlab.com/ci/variables/predefined_variables/
"""


def author(environ: Mapping[str, str]) -> Author:
    """Who runs a pipeline and its commit; at a desk, the user and the machine."""
    who, commit = _first(environ, _WHO), _first(environ, _COMMIT)
    return Author(who or f"{user()}@{socket.gethostname()}", commit)


def _first(environ: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((environ[name] for name in names if environ.get(name)), "")


def user() -> str:
    """The name of the user who runs this process."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a user of that number
        return "somebody"
