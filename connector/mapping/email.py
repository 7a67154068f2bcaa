"""E-mail addresses as they are written and as they are spoken.

A language model heard most of these addresses on the phone. So what is not plainly one address is none, a likely
slip is named in a note and never corrected, and no note ever carries the address.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

ADDRESS_LENGTH_MAX = 254
LOCAL_LENGTH_MAX = 64
"""Characters, RFC 5321."""

_TEXT_LENGTH_MAX = 1_000
_CACHE_SIZE = 2_048

_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_TOP_LEVEL = re.compile(r"[a-z]{2,24}|xn--[a-z0-9-]{1,59}", re.ASCII)

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ANGLED = re.compile(r"<([^<>@]*@[^<>]*)")
_PIECE = re.compile(r"[^\s.,;@]+|[.@]")
_BRACKETED = re.compile(r"[\[({]\s*(at|dot)\s*[\])}]")
_MAILTO = re.compile(r"mailto:\s*([^?]*)(?:\?.*)?", re.DOTALL)
_AROUND = " \t\r\n.,;:!?\"'<>()[]{}"

_SYMBOLS = {
    "dot": ".",
    "point": ".",
    "period": ".",
    "underscore": "_",
    "dash": "-",
    "hyphen": "-",
    "minus": "-",
    "plus": "+",
}
_LEAD_IN = frozenset(["my", "email", "e-mail", "mail", "address", "is", "it's", "its", "it", "the", "um", "uh", "yes"])
_LEAD_OUT = frozenset(["please", "thanks", "thank", "you", "ok", "okay", "work", "home", "personal"])

# Two-letter endings that exist (ISO 3166 and the few that IANA adds), and long ones that only ever are mis-hearings.
_COUNTRIES = frozenset(
    re.findall(
        r"\w+",
        "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv "
        "bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et "
        "fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im "
        "in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md "
        "me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe "
        "pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st "
        "sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws "
        "ye yt za zm zw eu su uk",
    )
)
_MISHEARD = frozenset(
    re.findall(
        r"\w+",
        "con conn comm coom cim cmo cok cpm cxom ocm vom von xom comn conm ckm clm col coma kom ccom dotcom couk "
        "nett ner nte ney orgg ogr orh rog edy eduu gmail gmial hotmail outlook yahoo icloud test local invalid "
        "localhost example internal lan home corp none null unknown",
    )
)
_SECOND_LEVEL = frozenset(["co", "com", "org", "ac", "net", "gov", "edu"])

# Where most people have their address; names short enough to be one slip from another real name are left out.
_WELL_KNOWN = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "outlook.com",
    "yahoo.com",
    "yahoo.co.uk",
    "icloud.com",
    "protonmail.com",
    "btinternet.com",
)
_ALSO_REAL = frozenset(["ymail.com", "mail.com", "email.com", "gmail.co", "hotmail.co", "yahoo.co", "outlook.co"])


class EmailReading(Struct, frozen=True):
    """An address in lower case, or None. `note` says why there is none, or that the one found looks like a slip."""

    value: str | None
    note: str = ""


_TOO_LONG = EmailReading(None, "too long for an address")


def read_email(text: str) -> EmailReading:
    """Read the one address that a text holds, written or spoken ("jane dot doe at g mail dot com"); never raises."""
    return _read(text) if len(text) <= _TEXT_LENGTH_MAX else _TOO_LONG


def read_written_email(text: str) -> EmailReading:
    """Read the one address that a text holds, written with an @; a spoken form is none; never raises."""
    return _read_written(_plain(text)) if len(text) <= _TEXT_LENGTH_MAX else _TOO_LONG


@lru_cache(maxsize=_CACHE_SIZE)
def _read(text: str) -> EmailReading:
    text = _plain(text)
    written = _read_written(text)
    if written.value or not text or text.count("@") > 1:
        return written
    spoken = _BRACKETED.sub(r" \1 ", text)
    at = "@" if "@" in spoken else "at"
    pieces = _trimmed(_PIECE.findall(spoken), at)
    if pieces.count(at) != 1:
        return EmailReading(None, "more than one 'at' was spoken") if at in pieces else written
    middle = pieces.index(at)
    local = _run_together([_SYMBOLS.get(piece, piece) for piece in pieces[:middle]])
    domain = _spoken_domain([_SYMBOLS.get(piece, piece) for piece in pieces[middle + 1 :]])
    if local is None or domain is None:
        return EmailReading(None, "words that may or may not belong together: it has to be spelled out")
    return _checked(f"{local}@{domain}")


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return _INVISIBLE.sub("", text).strip(_AROUND).lower()


def _read_written(text: str) -> EmailReading:
    if "@" not in text:
        return EmailReading(None, "no @ in it")
    found = {_bare(address) for address in _ANGLED.findall(text) or _addresses(text)}
    if len(found) > 1:
        return EmailReading(None, "two or more addresses in one text")
    if not found:
        return EmailReading(None, "words stand beside the address")
    return _checked(found.pop())


def _addresses(text: str) -> list[str]:
    """The words with an @; none when other words stand beside them that may be a part of the address."""
    words = [word.strip(_AROUND) for word in re.split(r"[\s;,]+", text)]
    found = [word for word in words if "@" in word]
    others = {word for word in words if word and "@" not in word}
    return found if others <= _LEAD_IN | _LEAD_OUT else []


def _bare(address: str) -> str:
    address = address.strip(_AROUND)
    mailto = _MAILTO.fullmatch(address)
    return mailto[1].strip(_AROUND) if mailto else address


def _trimmed(pieces: list[str], at: str) -> list[str]:
    """Without "my email is" in front and "thank you" behind."""
    while at in pieces[2:] and pieces[0].rstrip(":") in _LEAD_IN:
        pieces = pieces[1:]
    while pieces and pieces[-1].strip(_AROUND) in _LEAD_OUT | {""}:
        pieces = pieces[:-1]
    return pieces


def _spoken_domain(words: list[str]) -> str | None:
    if words[-3:-2] == ["."] and words[-2] in _SECOND_LEVEL and words[-1] in _COUNTRIES:
        words.insert(-1, ".")
    joined = "".join(words)
    return joined if joined in _WELL_KNOWN else _run_together(words)


def _run_together(words: list[str]) -> str | None:
    """The words as one, None where two of them meet that nobody said a sign between: "jane doe" may be janedoe or not.

    Spelled letters are no doubt: "j a n e", "j doe".
    """
    segment_words = 0
    for word in words:
        if word in _SYMBOLS.values():
            segment_words = 0
        elif len(word) > 1:
            segment_words += 1
            if segment_words > 1:
                return None
    return "".join(words)


def _checked(address: str) -> EmailReading:
    if address.count("@") != 1:
        return EmailReading(None, "more than one @ in it")
    local, _, domain = address.partition("@")
    if len(address) > ADDRESS_LENGTH_MAX or len(local) > LOCAL_LENGTH_MAX:
        return _TOO_LONG
    if not _LOCAL.fullmatch(local):
        return EmailReading(None, "the part before the @ is no address")
    labels = domain.split(".")
    if len(labels) < 2:
        meant = _well_known(f"{domain}.com")
        return EmailReading(None, "nothing like .com behind the @" + (f"; {meant} may be meant" if meant else ""))
    if not all(_LABEL.fullmatch(label) for label in labels):
        return EmailReading(None, "the part behind the @ is no domain")
    ending = labels[-1]
    if not _TOP_LEVEL.fullmatch(ending) or ending in _MISHEARD or (len(ending) == 2 and ending not in _COUNTRIES):
        return EmailReading(None, f"no domain ends in .{ending}" if ending in _MISHEARD else "no domain ends like that")
    return EmailReading(address, _slip(domain))


def _slip(domain: str) -> str:
    if domain in _WELL_KNOWN or domain in _ALSO_REAL:
        return ""
    meant = _well_known(domain)
    return f"its domain may be a slip for {meant}" if meant else ""


def _well_known(domain: str) -> str | None:
    return next((known for known in _WELL_KNOWN if _one_slip_apart(domain, known)), None)


def _one_slip_apart(a: str, b: str) -> bool:
    """Whether one letter more, less, other or swapped with its neighbour makes `a` of `b`, or none."""
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )
