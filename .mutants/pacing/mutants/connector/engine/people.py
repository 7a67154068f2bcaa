"""People as the ledger knows them: keyed hashes, from which no number or address can be read back."""

from __future__ import annotations

import hashlib

from connector.engine.match import Identity


def keyed_hash(secret: bytes, kind: str, value: str) -> str:
    """A hash of a number (`tel`, E.164) or an address (`mailto`, lower case) that only the secret's holder can make."""
    return hashlib.blake2b(f"{kind}:{value}".encode(), key=secret[:64], digest_size=20).hexdigest()


def hashes_of(secret: bytes, identity: Identity) -> list[str]:
    """The hashes under which a caller's contact is remembered."""
    hashes = []
    if identity.number:
        hashes.append(keyed_hash(secret, "tel", identity.number))
    if identity.email:
        hashes.append(keyed_hash(secret, "mailto", identity.email))
    return hashes
