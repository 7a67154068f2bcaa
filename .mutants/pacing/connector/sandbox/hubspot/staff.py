"""The invented people who own records, and what the account says of itself."""

from __future__ import annotations

from typing import Any, Final

OWNERS: Final[tuple[dict[str, Any], ...]] = (
    {
        "id": "71001",
        "email": "priya.shah@example.com",
        "type": "PERSON",
        "firstName": "Priya",
        "lastName": "Shah",
        "userId": 5101,
        "userIdIncludingInactive": 5101,
        "createdAt": "2023-02-01T09:00:00.000Z",
        "updatedAt": "2025-06-12T14:03:11.000Z",
        "archived": False,
        "teams": [{"id": "301", "name": "Front desk", "primary": True}],
    },
    {
        "id": "71002",
        "email": "tom.okafor@example.com",
        "type": "PERSON",
        "firstName": "Tom",
        "lastName": "Okafor",
        "userId": 5102,
        "userIdIncludingInactive": 5102,
        "createdAt": "2023-03-14T09:00:00.000Z",
        "updatedAt": "2025-06-12T14:03:11.000Z",
        "archived": False,
    },
    {
        "id": "71003",
        "email": "lena.fischer@example.com",
        "type": "PERSON",
        "firstName": "Lena",
        "lastName": "Fischer",
        "userIdIncludingInactive": 5103,
        "createdAt": "2022-09-05T09:00:00.000Z",
        "updatedAt": "2024-11-30T17:45:00.000Z",
        "archived": True,
    },
)
"""Two active owners and one who left."""

FORMER_OWNERS: Final = frozenset(str(owner["id"]) for owner in OWNERS if owner["archived"])
