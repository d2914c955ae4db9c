"""Is there an order of an appointment's calls, each between its question and its answer, that explains all?

The search of Wing and Gong (1993) with the memory of Lowe (2017); few calls meet at one appointment.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tests.histories.call import Call


class State(NamedTuple):
    """An appointment as the API tells it."""

    status: str
    start: str
    adviser_id: str
    is_confirmed: bool = False


Before = State | None
EXPLAINED = frozenset({"book", "move", "cancel", "restore", "confirm"})
CONCERNED = frozenset({"", "wrong-status"})
"""Answers that tell where the appointment stood; that a time is taken tells about others."""


def is_linear(calls: Sequence[Call], last: State) -> bool:
    """Tell whether an order of the calls explains every answer, and ends where the row stands."""
    told = [call for call in calls if call.kind in EXPLAINED and call.refusal in CONCERNED]
    must = frozenset(number for number, call in enumerate(told) if not call.is_unknown)
    seen: set[tuple[frozenset[int], Before]] = set()
    paths: list[tuple[frozenset[int], Before]] = [(frozenset(), None)]
    while paths:
        path = paths.pop()
        if path in seen:
            continue
        seen.add(path)
        done, state = path
        if must <= done and state == last:
            return True
        paths += [(done | {number}, after) for number, after in _next(told, done, state)]
    return False


def _next(told: Sequence[Call], done: frozenset[int], state: Before) -> Iterator[tuple[int, Before]]:
    """Yield what may have been done next: nothing that was asked only after another had its answer."""
    waiting = [number for number in range(len(told)) if number not in done]
    first_answer = min((told[number].answered for number in waiting), default=0.0)
    for number in waiting:
        if told[number].sent > first_answer:
            continue
        call = told[number]
        try:
            after = _DO[call.kind](state, call)
        except _Wrong:
            continue
        yield number, after


class _Wrong(Exception):
    """The call cannot have got its answer in this state."""


def _book(state: Before, call: Call) -> Before:
    _require(state is None)
    if call.is_unknown:
        raise _Wrong  # a row without an answer is explained by its facts
    return State("booked", call.body["start"], call.body["adviser_id"])


def _move(state: Before, call: Call) -> Before:
    if call.refusal:
        return _refused(state)
    live = _live(state)
    wanted = live._replace(
        start=call.sends["start"], adviser_id=call.sends.get("adviser_id") or live.adviser_id
    )
    stays = (wanted.start, wanted.adviser_id) == (live.start, live.adviser_id)
    return _answered(live if stays else wanted._replace(is_confirmed=False), call)


def _cancel(state: Before, call: Call) -> Before:
    _require(not call.refusal and state is not None)
    assert state is not None
    return _answered(state._replace(status="cancelled"), call)


def _restore(state: Before, call: Call) -> Before:
    _require(not call.refusal and state is not None)
    assert state is not None
    if state.status == "booked":
        return _answered(state, call)
    return _answered(state._replace(status="booked", is_confirmed=False), call)


def _confirm(state: Before, call: Call) -> Before:
    return _refused(state) if call.refusal else _answered(_live(state)._replace(is_confirmed=True), call)


_DO: dict[str, Callable[[Before, Call], Before]] = {
    "book": _book,
    "move": _move,
    "cancel": _cancel,
    "restore": _restore,
    "confirm": _confirm,
}


def _require(is_so: bool) -> None:
    if not is_so:
        raise _Wrong


def _live(state: Before) -> State:
    if state is None or state.status != "booked":
        raise _Wrong
    return state


def _refused(state: Before) -> Before:
    """Return the state unchanged; `wrong-status` is true of what is not live."""
    _require(state is not None and state.status != "booked")
    return state


def _answered(after: State, call: Call) -> State:
    told = (call.body.get("status"), call.body.get("start"), call.body.get("adviser_id"))
    _require(call.is_unknown or told == (after.status, after.start, after.adviser_id))
    return after
