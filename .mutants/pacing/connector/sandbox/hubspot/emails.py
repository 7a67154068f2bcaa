"""Which e-mail addresses HubSpot takes."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?P<tld>[a-z]{2,24})"
)
_LONGER_TLD_WORDS: Final = (
    "com org net edu gov mil int info biz name pro mobi app dev agency art bank blog build business care cat center"
    " clinic cloud club coach codes company consulting cymru dental design digital direct email energy engineering"
    " events expert farm finance fitness fun fund garden global group guide health homes hospital host house institute"
    " international kiwi land law lawyer legal life limited live london ltd management marketing media medical money"
    " network news nyc online page partners photography plumbing press productions properties pub realty recipes"
    " rentals repair report rest restaurant sale salon school scot services shop site social software solutions space"
    " store studio style support surgery systems team tech technology tel tips today tools top tours town trade"
    " training travel university vet video vip wales website wiki work works world xyz yoga zone"
)
_LONGER_TLDS: Final = frozenset(_LONGER_TLD_WORDS.split())
_COUNTRY_LETTERS: Final = 2


def is_accepted(address: str) -> bool:
    """Whether this is an address under a domain that exists, as far as its ending tells; blanks around it count.

    HubSpot refuses an ending such as `.con`. Every ending of two letters passes here.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None or ".." in address or address.startswith(".") or ".@" in address:
        return False
    tld = match["tld"]
    return len(tld) == _COUNTRY_LETTERS or tld in _LONGER_TLDS
