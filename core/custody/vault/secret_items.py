"""Entries of the Secret Service, as the `keyring` library writes them, over a connection that is kept open.

The library opens a connection for each call, agrees on a new key for each secret, and unlocks in the middle of a call,
waiting for ever. These take the place of its methods; what other programs see of an entry is the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.custody.vault.bus import Line, on_the_line

APPLICATION = "Python keyring library"


def get_password(_keyring: object, service: str, username: str) -> str | None:
    """Return a text, None where there is none."""

    def get(line: Line) -> bytes | None:
        from secretstorage import Item

        path = next(_found(line, service, username), None)
        return Item(line.connection, path, line.session()).get_secret() if path is not None else None

    secret = on_the_line(get)
    return secret.decode("utf-8") if secret is not None else None


def set_password(_keyring: object, service: str, username: str, password: str) -> None:
    """Keep a text."""
    attributes = _attributes(service, username) | {"application": APPLICATION}
    label = f"Password for '{username}' on '{service}'"

    def put(line: Line) -> None:
        from secretstorage import Collection

        collection = Collection(line.connection, session=line.session())
        collection.create_item(label, attributes, password.encode("utf-8"), replace=True)

    on_the_line(put)


def delete_password(_keyring: object, service: str, username: str) -> None:
    """Remove a text, the first where there are several."""

    def remove(line: Line) -> bool:
        from secretstorage import Item

        path = next(_found(line, service, username), None)
        if path is not None:
            Item(line.connection, path).delete()
        return path is not None

    if not on_the_line(remove):
        from keyring.errors import PasswordDeleteError

        raise PasswordDeleteError


def _attributes(service: str, username: str) -> dict[str, str]:
    return {"service": service, "username": username}


def _found(line: Line, service: str, username: str) -> Iterator[str]:
    """Give the paths of the entries; nothing is asked of the person, and what is locked says so when it is read."""
    from secretstorage.collection import COLLECTION_IFACE, DEFAULT_COLLECTION
    from secretstorage.util import DBusAddressWrapper

    collection = DBusAddressWrapper(DEFAULT_COLLECTION, COLLECTION_IFACE, line.connection)
    (paths,) = collection.call("SearchItems", "a{ss}", _attributes(service, username))
    return iter(paths)
