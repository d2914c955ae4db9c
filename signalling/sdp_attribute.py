"""Which attributes of a description are passed on, and the form that each must have (RFC 8866, 8829)."""

import re
from collections.abc import Mapping

_SIGN = r"[!#-'*+\-.0-9A-Z^-~]"  # RFC 8866, 9: token-char
_TOKEN = rf"{_SIGN}+"
_TYPE = r"(?:\d|[1-9]\d|1[01]\d|12[0-7])"
_WORDS = r"[\x20-\x7e]+"
_ICE = r"[0-9A-Za-z+/]"
_HEX = r"[0-9A-Fa-f]{2}"
_SSRC = r"\d{1,10}"
_STREAM = rf"{_SIGN}{{1,64}}"

_ANYWHERE = {
    "extmap-allow-mixed": "",
    "fingerprint": rf"{_TOKEN} {_HEX}(?::{_HEX}){{15,63}}",
    "ice-options": _WORDS,
    "ice-pwd": rf"{_ICE}{{22,256}}",
    "ice-ufrag": rf"{_ICE}{{4,256}}",
    "inactive": "",
    "recvonly": "",
    "sendonly": "",
    "sendrecv": "",
    "setup": "active|passive|actpass|holdconn",
    "tls-id": r"[0-9A-Za-z+/_\-]{20,255}",
}
_OF_THE_SESSION = _ANYWHERE | {
    "group": rf"(?:BUNDLE|LS)(?: {_TOKEN})*",
    "ice-lite": "",
    "msid-semantic": rf" ?WMS(?: {_TOKEN})*",
}
_OF_A_SECTION = _ANYWHERE | {
    "bundle-only": "",
    "end-of-candidates": "",
    "extmap": rf"\d{{1,5}}(?:/(?:sendrecv|sendonly|recvonly|inactive))? {_WORDS}",
    "fmtp": rf"{_TYPE} {_WORDS}",
    "framerate": r"\d{1,4}(?:\.\d{1,4})?",
    "imageattr": rf"(?:{_TYPE}|\*) {_WORDS}",
    "max-message-size": r"\d{1,20}",
    "maxptime": r"\d{1,5}",
    "mid": rf"{_SIGN}{{1,32}}",
    "msid": rf"{_STREAM}(?: {_STREAM})?",
    "ptime": r"\d{1,5}",
    "rid": rf"[0-9A-Za-z_\-]{{1,64}} (?:send|recv)(?: {_WORDS})?",
    "rtcp-fb": rf"(?:{_TYPE}|\*) {_WORDS}",
    "rtcp-mux": "",
    "rtcp-mux-only": "",
    "rtcp-rsize": "",
    "rtcp-xr": _WORDS,
    "rtpmap": rf"{_TYPE} {_TOKEN}/\d{{1,7}}(?:/\d{{1,2}})?",
    "sctp-port": r"\d{1,5}",
    "sctpmap": rf"\d{{1,5}} {_TOKEN}(?: \d{{1,5}})?",
    "simulcast": r"(?:send|recv) [0-9A-Za-z_\-~,;]+(?: (?:send|recv) [0-9A-Za-z_\-~,;]+)?",
    "ssrc": rf"{_SSRC} (?:cname|msid|mslabel|label)(?::{_WORDS})?",
    "ssrc-group": rf"(?:FID|SIM|FEC|FEC-FR)(?: {_SSRC}){{1,16}}",
}

Patterns = Mapping[str, re.Pattern[str]]
OF_THE_SESSION: Patterns = {name: re.compile(form) for name, form in _OF_THE_SESSION.items()}
OF_A_SECTION: Patterns = {name: re.compile(form) for name, form in _OF_A_SECTION.items()}
