"""Refusals become answers: problem+json for programs, a page for people."""

import json
import math
from collections.abc import Mapping

from aiohttp import web
from yarl import URL

from booking.errors import Contended, OwnOverlap, SlotTaken, TooEarly, TooLate, TooManyBookings, TooManyHolds
from booking.slot import Slot
from identity.errors import BankUnavailable, TooManyAttempts
from signalling.precall.errors import ConnectionTestUnavailable, TooManyConnectionTests
from web.answer import Answer, problem_type
from web.errors import FAILED, NOTHING_FOR_STAFF, NOTHING_HERE, answer_for
from web.i18n import gettext, language_of
from web.keys import CLOCK, REQUEST_ID
from web.moments import moment_json
from web.refusal import (
    Invalid,
    KeyNeeded,
    MethodNotAllowed,
    ScopeMissing,
    SignInNeeded,
    StillUnderWay,
    TookTooLong,
    TooManyRequests,
)
from web.render import page

AN_HOUR = "3600"
OUTSIDE = ("/sign-in", "/sign-out", "/first-admin")
OF_STAFF = ("/desk", "/admin", *OUTSIDE)
AGAIN_IN_A_MOMENT = (
    Contended,
    BankUnavailable,
    ConnectionTestUnavailable,
    TooManyConnectionTests,
    TookTooLong,
)


class Fault(Exception):
    """Stands for everything that is no refusal, whatever it was."""


def answered(request: web.Request, refusal: Exception) -> web.Response | None:
    """Tell a refusal in the asker's form and language; None when it is a fault."""
    answer = answer_for(refusal)
    if answer is None:
        return None
    told = _problem(request, refusal, answer) if wants_problem(request) else _page(request, refusal, answer)
    told.headers.update(headers_of(request, refusal))
    return told


def failed(request: web.Request) -> web.Response:
    """Say that we failed, with the request id to name it by."""
    fault = Fault()
    if wants_problem(request):
        return _problem(request, fault, FAILED)
    return _page(request, fault, FAILED)


def wants_problem(request: web.Request) -> bool:
    """Programs are who calls the API, and who accepts JSON and no HTML."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accept and "text/html" not in accept)


def _problem(request: web.Request, refusal: Exception, answer: Answer) -> web.Response:
    language = language_of(request)
    body = {
        "type": problem_type(type(refusal)),
        "title": gettext(language, answer.title),
        "status": answer.status,
        "detail": gettext(language, answer.advice),
        "request_id": request.get(REQUEST_ID, ""),
        **details(refusal),
        **_details_for_keys(request, refusal),
    }
    return web.Response(
        body=json.dumps(body, ensure_ascii=False).encode(),
        status=answer.status,
        content_type="application/problem+json",
        headers={"Content-Language": language},
    )


def _page(request: web.Request, refusal: Exception, answer: Answer) -> web.Response:
    if isinstance(refusal, SignInNeeded) and request.method in ("GET", "HEAD"):
        back = URL("/sign-in").with_query(next=str(request.rel_url))
        return web.Response(status=303, headers={"Location": str(back)})
    is_staff = request.path.startswith(OF_STAFF)
    return page(
        request,
        "error.html",
        answer.status,
        answer=NOTHING_FOR_STAFF if is_staff and answer is NOTHING_HERE else answer,
        request_id=request.get(REQUEST_ID, ""),
        is_ours=answer is FAILED,
        is_staff=is_staff,
        is_outside=request.path.startswith(OUTSIDE),
        home=_home(request, answer),
    )


def _home(request: web.Request, answer: Answer) -> str:
    """Return the way back to the appointment that a personal link leads to; empty where it leads nowhere."""
    token = request.match_info.get("token", "")
    return f"/a/{token}" if token and answer.status != 404 else ""


def details(refusal: Exception) -> Mapping[str, object]:
    """Return the values that a refusal carries, as JSON; never what was sent."""
    match refusal:
        case SlotTaken() | OwnOverlap():
            return {"alternatives": [slot_json(slot) for slot in refusal.alternatives]}
        case ScopeMissing():
            return {"scope": refusal.scope}
        case TooEarly():
            return {"opens_at": moment_json(refusal.opens_at)}
        case TooLate():
            return {"until": moment_json(refusal.until)}
        case Invalid():
            return {"errors": [{"field": name, "kind": kind} for name, kind in refusal.fields.items()]}
    return {}


def _details_for_keys(request: web.Request, refusal: Exception) -> Mapping[str, object]:
    """Name the appointment in the way to who may read it: a key, which a refused caller does not have."""
    if isinstance(refusal, OwnOverlap) and request.path.startswith("/api/"):
        return {"appointment_id": str(refusal.appointment_id)}
    return {}


def slot_json(slot: Slot) -> dict[str, str]:
    return {
        "start": moment_json(slot.span.start),
        "end": moment_json(slot.span.end),
        "adviser_id": str(slot.adviser_id),
    }


def headers_of(request: web.Request, refusal: Exception) -> dict[str, str]:
    """Return what a refusal says in the answer's head: when to come again, and how."""
    match refusal:
        case TooManyBookings():
            return {"Retry-After": AN_HOUR}
        case TooManyHolds():
            seconds = (refusal.until - request.app[CLOCK]()).total_seconds()
            return {"Retry-After": str(max(1, math.ceil(seconds)))}
        case TooManyRequests():
            return {"Retry-After": str(refusal.retry_after_seconds)}
        case TooManyAttempts():
            return {"Retry-After": str(int(refusal.retry_after.total_seconds()))}
        case MethodNotAllowed():
            return {"Allow": refusal.allowed}
        case KeyNeeded():
            return {"WWW-Authenticate": "Bearer"}
        case StillUnderWay():
            return {"Retry-After": "1"}
    return {"Retry-After": "2"} if isinstance(refusal, AGAIN_IN_A_MOMENT) else {}
