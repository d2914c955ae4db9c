"""What the browser brings back, and what the broker answers to the swap of the code."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from aiohttp import web

from identity.demo_bank.refused import BankRefused
from tests.identity.hostile.fault import Fault, Pairs, Step


def with_pairs(*more: tuple[str, str]) -> Callable[[Pairs], Pairs]:
    return lambda pairs: [*pairs, *more]


def without(name: str) -> Callable[[Pairs], Pairs]:
    return lambda pairs: [pair for pair in pairs if pair[0] != name]


def instead(name: str, value: str) -> Callable[[Pairs], Pairs]:
    return lambda pairs: [*without(name)(pairs), (name, value)]


def only_error(error: str) -> Callable[[Pairs], Pairs]:
    return lambda pairs: [*without("code")(pairs), ("error", error), ("error_description", "<b>Aino</b>")]


def _back(name: str, check: str, callback: Callable[[Pairs], Pairs]) -> Fault:
    return Fault(name=name, check=check, callback=callback, status=400, step=Step.CALLBACK)


def _error(error: str, check: str, *, status: int = 503, reason: str = "bank_unavailable") -> Fault:
    return Fault(
        name=f"error-{error[:12]}",
        check=check,
        callback=only_error(error),
        status=status,
        reason=reason,
        step=Step.CALLBACK,
    )


CALLBACKS: Sequence[Fault] = (
    _back("callback-iss-other", "callback_iss", instead("iss", "https://rogue.example")),
    _back("callback-iss-missing", "callback_iss", without("iss")),
    _back("callback-iss-twice", "repeated", lambda pairs: [*pairs, *[p for p in pairs if p[0] == "iss"]]),
    _back("code-and-error", "callback", with_pairs(("error", "access_denied"))),
    _back("neither-code-nor-error", "callback", without("code")),
    _back("code-empty", "callback", instead("code", "")),
    _back("code-too-long", "callback", instead("code", "x" * 4097)),
    _back("code-twice", "repeated", with_pairs(("code", "another"))),
    _back(
        "error-twice", "repeated", lambda pairs: [*only_error("cancel")(pairs), ("error", "access_denied")]
    ),
    _error("access_denied", "", status=409, reason="cancelled"),
    _error("cancel", "", status=409, reason="cancelled"),
    _error("server_error", "server_error"),
    _error("temporarily_unavailable", "temporarily_unavailable"),
    _error("login_required", "login_required"),
    _error("invalid_request_object", "invalid_request_object"),
    _error("<script>alert(1)</script>", "other_error"),
)


def raising(fault: Exception) -> Callable[[dict[str, object]], bytes]:
    def answer(_: dict[str, object]) -> bytes:
        raise fault

    return answer


def said(body: bytes) -> Callable[[dict[str, object]], bytes]:
    return lambda _: body


def changed(**members: object) -> Callable[[dict[str, object]], bytes]:
    return lambda right: json.dumps(
        {name: value for name, value in {**right, **members}.items() if value is not None}
    ).encode()


def twice(right: dict[str, object]) -> bytes:
    return b'{"id_token":"a.b.c",' + json.dumps(right).encode()[1:]


def _refused(name: str, answer: Callable[[dict[str, object]], bytes]) -> Fault:
    return Fault(name=name, check="token_answer", answer=answer)


def _away(name: str, check: str, answer: Callable[[dict[str, object]], bytes]) -> Fault:
    return Fault(name=name, check=check, answer=answer, status=503, reason="bank_unavailable")


def _typed(name: str, content_type: str) -> Fault:
    """Answer what is right, and call it something else."""
    return replace(
        _away(name, "garbage", lambda right: json.dumps(right).encode()), content_type=content_type
    )


TOKENS: Sequence[Fault] = (
    _refused("token-400", raising(BankRefused("invalid_grant", "code"))),
    _refused("token-401", raising(web.HTTPUnauthorized())),
    _refused("token-429", raising(web.HTTPTooManyRequests())),
    _refused("id_token-missing", changed(id_token=None)),
    _refused("id_token-number", changed(id_token=7)),
    _refused("id_token-list", changed(id_token=["a"])),
    _away("token-500", "", raising(web.HTTPInternalServerError())),
    _away("token-503", "", raising(web.HTTPServiceUnavailable())),
    _away("token-302", "", raising(web.HTTPFound("https://rogue.example/"))),
    _away("token-garbage", "garbage", said(b"<html>It works!</html>")),
    _away("token-empty", "garbage", said(b"")),
    _away("token-list", "garbage", said(b"[]")),
    _away("token-not-utf-8", "garbage", said(b'{"id_token":"\xff"}')),
    _away("token-deep", "garbage", said(b"[" * 100_000)),
    _away("id_token-twice", "garbage", twice),
    _typed("token-html", "text/html"),
    _typed("token-text", "text/plain; charset=utf-8"),
    _typed("token-jwt", "application/jwt"),
    _typed("token-no-type", ""),
    _away("token-too-large", "garbage", said(b" " * (256 * 1024 + 1))),
)
TAKEN: Sequence[Fault] = (
    Fault(name="json-with-charset", content_type="application/json;charset=UTF-8"),
    Fault(name="no-access_token", answer=changed(access_token=None)),
    Fault(name="unknown-word-beside", callback=with_pairs(("session_state", "x"))),
)
