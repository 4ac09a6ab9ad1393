"""Where the accounts' blobs are: a folder of the user, a blob service, or a folder of our own."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reconciler.emulator.settings import Settings
from reconciler.emulator.storage.connection import DEVELOPMENT_ACCOUNT, DEVELOPMENT_KEY


class Blobs:
    """Accounts that `--storage` names are there, the others in `own` or a temporary folder."""

    def __init__(self, settings: Settings, own: Path | None) -> None:
        self._mapped = settings.storage
        self._own = own

    def place(self, account: str) -> str:
        """The folder of an account, or the URL of its blob service."""
        return self._mapped.get(account) or str(self._folder() / account)

    def make(self, account: str, container: str) -> None:
        """A container is there; one that a folder of the user holds already keeps its files."""
        place = self.place(account)
        if "://" not in place:
            Path(place, container).mkdir(parents=True, exist_ok=True)
            return
        from azure.core.exceptions import ResourceExistsError

        with closing(_client(place, container)) as client, suppress(ResourceExistsError):
            client.create_container()

    def drop(self, account: str, container: str) -> None:
        """A container is gone. Files of the user are set aside (rule deleted-blobs)."""
        place = self.place(account)
        if "://" in place:
            from azure.core.exceptions import ResourceNotFoundError

            with closing(_client(place, container)) as client, suppress(ResourceNotFoundError):
                client.delete_container()
        elif account in self._mapped:
            _set_aside(Path(place), container)
        else:
            shutil.rmtree(Path(place, container), ignore_errors=True)

    def drop_account(self, account: str) -> None:
        """An account of our own goes whole; of the others the containers went before."""
        if account not in self._mapped:
            shutil.rmtree(self.place(account), ignore_errors=True)

    def _folder(self) -> Path:
        if self._own is None:
            self._own = Path(tempfile.mkdtemp(prefix="reconciler-emulator-blobs-"))
            weakref.finalize(self, shutil.rmtree, self._own, ignore_errors=True)
        return self._own


def _set_aside(account: Path, container: str) -> None:
    folder = account / container
    if not folder.is_dir():
        return
    number = 1
    while (aside := account / f".deleted-{container}-{number}").exists():
        number += 1
    folder.rename(aside)


def _client(place: str, container: str) -> Any:
    from azure.core.credentials import AzureNamedKeyCredential
    from azure.storage.blob import ContainerClient

    url, _, sas = place.partition("?")
    credential: Any = sas or None
    if urlsplit(url).path.strip("/") == DEVELOPMENT_ACCOUNT:
        credential = AzureNamedKeyCredential(DEVELOPMENT_ACCOUNT, DEVELOPMENT_KEY)
    return ContainerClient(url.rstrip("/"), container, credential=credential)
