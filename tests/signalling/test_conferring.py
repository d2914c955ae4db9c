"""A private word: the staff speak among themselves, and the others are told that they do."""

import pytest

from signalling.errors import NotForRole, ParticipantUnknown
from signalling.memory import remembered, written
from signalling.message import Admitted, ConferTold
from signalling.request import Confer, Leave, Say
from tests.signalling.people import AINO, ILMARI, LOUHI, NOW, TURN, Scene, at_the_table, kinds, told
from tests.signalling.test_handing_over import beside

ON, OFF = Confer(True), Confer(False)


def conferring() -> Scene:
    scene = beside()
    scene.says(ILMARI, ON)
    return scene


@pytest.mark.parametrize("who", [ILMARI, LOUHI])
def test_either_of_the_staff_begins_it_and_everybody_is_told(who: object) -> None:
    scene = beside()

    step = scene.says(who, ON)  # type: ignore[arg-type]  # one of the two

    assert [told(step, each) for each in (AINO, ILMARI, LOUHI)] == [[ConferTold(True)]] * 3
    assert told(scene.says(LOUHI, OFF), AINO) == [ConferTold(False)]


def test_a_customer_confers_with_nobody_and_an_adviser_alone_neither() -> None:
    with pytest.raises(NotForRole):
        beside().says(AINO, ON)
    with pytest.raises(ParticipantUnknown):
        at_the_table().says(ILMARI, ON)


def test_what_is_written_meanwhile_the_customer_reads_neither_then_nor_later() -> None:
    scene = conferring()

    step = scene.says(ILMARI, Say("1", "between us"))
    scene.says(ILMARI, OFF)
    scene.says(ILMARI, Say("2", "to all"))

    assert (kinds(step, LOUHI), kinds(step, AINO)) == (["text"], [])
    seated = [told(scene.arrives(who), who)[0] for who in (AINO, LOUHI)]
    read = [[text.text for text in each.texts] for each in seated if isinstance(each, Admitted)]
    assert read == [["to all"], ["between us", "to all"]]


def test_a_customer_writes_to_all_meanwhile() -> None:
    assert kinds(conferring().says(AINO, Say("1", "are you there?")), LOUHI) == ["text"]


def test_it_ends_when_one_alone_is_left() -> None:
    step = conferring().says(LOUHI, Leave())

    assert told(step, AINO)[-1] == ConferTold(False)


def test_who_comes_back_is_told_that_it_goes_on_also_after_a_restart() -> None:
    back = Scene(remembered(TURN, written(conferring().meeting), now=NOW))

    assert kinds(back.arrives(AINO), AINO) == ["admitted", "confer"]
