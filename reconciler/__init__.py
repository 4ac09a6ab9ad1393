"""Terraform-grade plan and apply for Azure AI Search.

    manifest -> resources -> graph -> live -> diff -> plan -> apply -> verify

The plan decides everything; apply decides nothing; verify is plan again and must be empty. The
flow is told in `reconciler.flow`; the command line is `reconciler.cli`.
"""

from reconciler.version import __version__

__all__ = ["__version__"]
