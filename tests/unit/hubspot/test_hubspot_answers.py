"""What is no answer of HubSpot's is not taken for an empty one."""

from __future__ import annotations

import msgspec
import pytest

from connector.hubspot.answers import BatchAnswer, Definitions, Owners, Page, Pipelines, decode


@pytest.mark.parametrize("shape", [Page, BatchAnswer, Definitions, Owners, Pipelines])
@pytest.mark.parametrize("body", [b"{}", b'{"status":"error","message":"no"}', b'{"results":null}'])
def test_a_list_without_results_is_no_list(shape: type, body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(body, shape)
