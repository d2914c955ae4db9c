"""A screen of the staff: who shows it is told and kept, and the customer sees none in a private word."""

from uuid import UUID

import pytest

from signalling.errors import NotForRole
from signalling.memory import remembered, written
from signalling.message import Admitted, Message, ScreenTold
from signalling.participant import Participant
from signalling.request import Confer, End, Leave, SendBack, ShareScreen
from tests.signalling.people import (
    AINO,
    ILMARI,
    LOUHI,
    NOW,
    TURN,
    Scene,
    at_the_table,
    happenings,
    told,
)
from tests.signalling.test_handing_over import beside

ON, OFF = ShareScreen(on=True), ShareScreen(on=False)
ILMARIS, NO_MORE = ScreenTold(ILMARI.id, True), ScreenTold(ILMARI.id, False)


def sharing() -> Scene:
    """Aino, Ilmari and Louhi sit at the table, and Ilmari shows his screen."""
    scene = beside()
    scene.says(ILMARI, ON)
    return scene


def seen(messages: list[Message]) -> list[UUID | None]:
    """Return whose screen one is told of who comes to the table."""
    return [message.screen for message in messages if isinstance(message, Admitted)]


def screens(messages: list[Message]) -> list[Message]:
    return [message for message in messages if isinstance(message, ScreenTold)]


def test_everybody_at_the_table_is_told_and_the_history_knows_from_when_to_when() -> None:
    scene = beside()

    begun, ended = scene.says(ILMARI, ON), scene.says(ILMARI, OFF)

    assert [told(begun, each) for each in (AINO, ILMARI, LOUHI)] == [[ILMARIS]] * 3
    assert [told(ended, each) for each in (AINO, ILMARI, LOUHI)] == [[NO_MORE]] * 3
    assert happenings(begun) == [("screen_shared", "adviser")]
    assert happenings(ended) == [("screen_ended", "adviser")]


def test_a_customer_shows_no_screen() -> None:
    with pytest.raises(NotForRole):
        at_the_table().says(AINO, ON)


def test_what_is_so_already_is_neither_told_nor_written_again() -> None:
    again, not_theirs = sharing().says(ILMARI, ON), sharing().says(LOUHI, OFF)

    assert [(step.envelopes, step.happened) for step in (again, not_theirs)] == [((), ())] * 2


def test_a_colleagues_screen_takes_the_place_of_the_one_before() -> None:
    step = sharing().says(LOUHI, ON)

    assert told(step, AINO) == told(step, ILMARI) == [NO_MORE, ScreenTold(LOUHI.id, True)]
    assert happenings(step) == [("screen_ended", "adviser"), ("screen_shared", "colleague")]


@pytest.mark.parametrize("who", [AINO, LOUHI])
def test_who_comes_back_is_told_also_after_a_restart(who: Participant) -> None:
    back = Scene(remembered(TURN, written(sharing().meeting), now=NOW))

    assert seen(told(back.arrives(who, "a page loaded anew"), who)) == [ILMARI.id]


def test_a_sharer_whose_line_comes_back_shares_on_and_one_who_loaded_the_page_anew_does_not() -> None:
    scene = sharing()
    scene.drops(ILMARI)

    same, anew = scene.arrives(ILMARI), scene.arrives(ILMARI, "a page loaded anew")

    assert (seen(told(same, ILMARI)), seen(told(anew, ILMARI))) == ([ILMARI.id], [None])
    assert screens(told(anew, AINO)) == screens(told(anew, LOUHI)) == [NO_MORE]


def test_it_ends_when_the_sharer_leaves() -> None:
    step = sharing().says(ILMARI, Leave())

    assert screens(told(step, AINO)) == [NO_MORE]
    assert ("screen_ended", "adviser") in happenings(step)


def test_the_end_of_the_meeting_is_the_end_of_it() -> None:
    step = sharing().says(ILMARI, End())

    assert happenings(step) == [("screen_ended", "adviser"), ("ended", "adviser")]


def test_a_private_word_takes_it_from_the_customer_and_gives_it_back() -> None:
    scene = sharing()

    begun, ended = scene.says(LOUHI, Confer(True)), scene.says(LOUHI, Confer(False))

    assert screens(told(begun, AINO)) == [NO_MORE]
    assert screens(told(ended, AINO)) == [ILMARIS]
    assert screens(told(begun, LOUHI)) == []  # who sees it on, and need not be told


def test_one_that_is_begun_in_a_private_word_the_customer_hears_of_after_it() -> None:
    scene = beside()
    scene.says(ILMARI, Confer(True))

    begun = scene.says(ILMARI, ON)

    assert (told(begun, AINO), told(begun, LOUHI)) == ([], [ILMARIS])
    assert (seen(told(scene.arrives(AINO), AINO)), seen(told(scene.arrives(LOUHI), LOUHI))) == (
        [None],
        [ILMARI.id],
    )
    assert screens(told(scene.says(LOUHI, Leave()), AINO)) == [ILMARIS]


def test_who_is_sent_back_to_the_waiting_room_is_told_nothing_more_of_it() -> None:
    scene = sharing()
    scene.says(ILMARI, SendBack(AINO.id))

    assert told(scene.says(ILMARI, OFF), AINO) == []
