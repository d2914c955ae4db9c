"""A description, read into its parts and written anew: attributes not on the list are left behind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from signalling.candidate import IceCandidate, Malformed, read_candidate
from signalling.sdp_attribute import OF_A_SECTION, OF_THE_SESSION, Patterns

MOST_SECTIONS = 16
MOST_FORMATS = 64
MOST_CANDIDATES = 64
MOST_LINES = 1_500
LONGEST_LINE = 1_024

_PRINTABLE = re.compile(r"[a-z]=[\x20-\x7e]*")
_ORIGIN = re.compile(r"\S+ (\d{1,20}) (\d{1,20}) IN IP[46] \S+")
_MEDIA = re.compile(r"(audio|video|application) (\d{1,5})(?:/1)? ([A-Z/]+) (\S+(?: \S+)*)")
_BANDWIDTH = re.compile(r"(?:AS|TIAS|CT|RS|RR):\d{1,10}")
_RTP = frozenset({"UDP/TLS/RTP/SAVPF", "TCP/TLS/RTP/SAVPF", "RTP/SAVPF", "UDP/TLS/RTP/SAVP"})
_SCTP = frozenset({"UDP/DTLS/SCTP", "TCP/DTLS/SCTP", "DTLS/SCTP"})
_PAYLOAD_TYPE = re.compile(r"\d|[1-9]\d|1[01]\d|12[0-7]")
_CHANNEL = re.compile(r"webrtc-datachannel|\d{1,5}")


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One `m=` with what is said of it; where its media go is left to the candidates alone."""

    kind: str
    is_rejected: bool
    protocol: str
    formats: tuple[str, ...]
    bandwidths: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    candidates: tuple[IceCandidate, ...] = ()
    has_rtcp: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sdp:
    """A session description as a browser makes it (RFC 8829, 5.2.1)."""

    id: str
    version: str
    attributes: tuple[Attribute, ...] = ()
    sections: tuple[Section, ...] = ()

    def values(self, name: str) -> Iterator[str]:
        """Return what an attribute says, of the session and of every section."""
        for attributes in (self.attributes, *(section.attributes for section in self.sections)):
            yield from (each.value for each in attributes if each.name == name)

    def with_candidates(self, kept: Sequence[tuple[IceCandidate, ...]]) -> "Sdp":
        """Return the same with other candidates, for each section some."""
        sections = (replace(one, candidates=each) for one, each in zip(self.sections, kept, strict=True))
        return replace(self, sections=tuple(sections))


def read_sdp(text: str) -> Sdp:
    """Raises Malformed for what no browser says; attributes that are not on the list are left behind."""
    lines = _lines(text)
    if [line[:2] for line in lines[:3]] != ["v=", "o=", "s="] or lines[0] != "v=0":
        raise Malformed
    origin = _matched(_ORIGIN, lines[1][2:])
    starts = [place for place, line in enumerate(lines) if line.startswith("m=")]
    if len(starts) > MOST_SECTIONS:
        raise Malformed
    sections = tuple(_section(lines[start:end]) for start, end in pairwise([*starts, len(lines)]))
    head = lines[3 : starts[0] if starts else len(lines)]
    attributes = _attributes(head, OF_THE_SESSION)
    _check_mids(attributes, sections)
    return Sdp(id=origin[1], version=origin[2], attributes=attributes, sections=sections)


def write_sdp(sdp: Sdp) -> str:
    """Say it anew: without its author's name, with no address but those of candidates."""
    head = ("v=0", f"o=- {sdp.id} {sdp.version} IN IP4 0.0.0.0", "s=-", "t=0 0")
    lines = [*head, *map(_told, sdp.attributes)]
    for section in sdp.sections:
        lines += _section_lines(section)
    return "\r\n".join(lines) + "\r\n"


def _lines(text: str) -> list[str]:
    """Return the lines, which end in CR LF, or in LF alone; an empty one may stand at the end."""
    lines = [line.removesuffix("\r") for line in text.rstrip("\r\n").split("\n")]
    if len(lines) > MOST_LINES:
        raise Malformed
    for line in lines:
        if len(line) > LONGEST_LINE or not _PRINTABLE.fullmatch(line):
            raise Malformed
    return lines


def _section(lines: Sequence[str]) -> Section:
    kind, port, protocol, names = _matched(_MEDIA, lines[0][2:]).groups()
    candidates = tuple(read_candidate(line[2:]) for line in lines if line.startswith("a=candidate:"))
    if len(candidates) > MOST_CANDIDATES or int(port) > 65_535:
        raise Malformed
    return Section(
        kind=kind,
        is_rejected=port == "0",
        protocol=protocol,
        formats=_formats(kind, protocol, names.split(" ")),
        bandwidths=tuple(line[2:] for line in lines if line[0] == "b" and _BANDWIDTH.fullmatch(line[2:])),
        attributes=_attributes(lines[1:], OF_A_SECTION),
        candidates=candidates,
        has_rtcp=any(line.startswith("a=rtcp:") for line in lines),
    )


def _formats(kind: str, protocol: str, names: Sequence[str]) -> tuple[str, ...]:
    """Each a payload type, or of a data channel its name."""
    is_channel = kind == "application"
    form = _CHANNEL if is_channel else _PAYLOAD_TYPE
    known = protocol in (_SCTP if is_channel else _RTP)
    if not known or len(names) > MOST_FORMATS or len(set(names)) < len(names):
        raise Malformed
    if not all(form.fullmatch(name) for name in names):
        raise Malformed
    return tuple(names)


def _attributes(lines: Sequence[str], patterns: Patterns) -> tuple[Attribute, ...]:
    """Keep those that are on the list. Raises Malformed when one of them has not its form."""
    kept = []
    for line in lines:
        name, _, value = line[2:].partition(":")
        pattern = patterns.get(name)
        if line[0] != "a" or pattern is None:
            continue
        _matched(pattern, value)
        kept.append(Attribute(name, value))
    return tuple(kept)


def _check_mids(attributes: Sequence[Attribute], sections: Sequence[Section]) -> None:
    """Each section has a name of its own, and a bundle holds sections that are there (RFC 9143, 7)."""
    mids = [each.value for section in sections for each in section.attributes if each.name == "mid"]
    bundled = [mid for each in attributes if each.name == "group" for mid in each.value.split(" ")[1:]]
    if len(set(mids)) < len(mids) or not set(bundled) <= set(mids):
        raise Malformed


def _section_lines(section: Section) -> Iterator[str]:
    """Port and address are those that mean "see the candidates" (RFC 8840, 4.1.1); 0 means rejected."""
    port = 0 if section.is_rejected else 9
    yield f"m={section.kind} {port} {section.protocol} {' '.join(section.formats)}"
    yield "c=IN IP4 0.0.0.0"
    yield from (f"b={each}" for each in section.bandwidths)
    if section.has_rtcp:
        yield "a=rtcp:9 IN IP4 0.0.0.0"
    yield from (f"a={each.line()}" for each in section.candidates)
    yield from map(_told, section.attributes)


def _told(attribute: Attribute) -> str:
    return f"a={attribute.name}:{attribute.value}" if attribute.value else f"a={attribute.name}"


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise Malformed
    return found
