"""What a mapping reads of a call that a platform gives late, by the call's id alone, or for a request more."""

from __future__ import annotations

from collections.abc import Collection

from connector.mapping.fields import PlatformFields
from connector.mapping.paths import Path
from connector.model import Call

CALLER = "person_id"
"""The attribute of `Call` that says who called, where a platform keeps people apart from calls."""
_NO_PLATFORM = PlatformFields(plain=frozenset())


class Wanted:
    """The paths that a mapping reads, against what its platform says of them."""

    def __init__(self, reads: Collection[Path], platform: PlatformFields | None) -> None:
        platform = platform or _NO_PLATFORM
        fields = [path.keys if path.root == "source" else (path.root, *path.keys) for path in reads]
        of_call = {path.keys[0] for path in reads if path.root == "call" and path.keys}
        attributes = of_call | {platform.late[keys[0]] for keys in fields if keys and keys[0] in platform.late}
        # Reading an attribute of the call is reading the field that it comes from.
        fields += [(field,) for field, attribute in platform.late.items() if attribute in attributes]
        joined = _met(fields, platform.joined)
        # Reading the whole record does not ask for a guess.
        guessed = {keys[0] for keys in fields if keys and keys[0] == platform.guessed}
        self.names: frozenset[str] = frozenset(attributes) | joined | guessed
        """The attributes of `Call` that are read, and the paths that take a request more."""
        self._late = attributes & set(platform.late.values())
        self._is_by_id = bool(joined or _met(fields, platform.by_id))

    def lacks(self, call: Call) -> bool:
        """Whether a value that is read is missing, or brief, and may still come. A call that failed gets no more."""
        if call.is_partial and self._is_by_id:
            return True
        return call.status == "COMPLETED" and any(getattr(call, name) is None for name in self._late)

    def lacks_caller(self, call: Call) -> bool:
        """Whether who called is read, and not named but may still be: platforms name people late, too."""
        return call.status == "COMPLETED" and CALLER in self._late and call.person_id is None


def _met(fields: Collection[tuple[str, ...]], paths: Collection[str]) -> frozenset[str]:
    """Those of the paths that are read: as a whole, in part, or as a part of something larger."""
    return frozenset(path for path in paths if any(_is_met(keys, tuple(path.split("."))) for keys in fields))


def _is_met(keys: tuple[str, ...], path: tuple[str, ...]) -> bool:
    shorter = min(len(keys), len(path))
    return keys[:shorter] == path[:shorter]
