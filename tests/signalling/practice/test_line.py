"""Who waits for a practice comes in turn, and is told how long."""

from signalling.precall.line import FORGOTTEN_SECONDS, WAITING_MOST, Line


def test_first_come_is_first() -> None:
    line = Line()
    tickets = [line.stand(None, 0.0) for _ in range(3)]

    assert [line.ahead(ticket, 1.0) for ticket in tickets] == [0, 1, 2]
    assert line.ahead(None, 1.0) == 3


def test_who_asks_again_keeps_the_place_and_who_is_gone_loses_it() -> None:
    line = Line()
    gone, stays = line.stand(None, 0.0), line.stand(None, 0.0)

    assert line.stand(stays, FORGOTTEN_SECONDS) == stays

    assert line.ahead(stays, FORGOTTEN_SECONDS + 1) == 0
    assert line.stand(gone, FORGOTTEN_SECONDS + 1) != gone


def test_line_has_an_end() -> None:
    line = Line()
    for _ in range(WAITING_MOST + 50):
        line.stand(None, 0.0)

    assert line.ahead(None, 0.0) == WAITING_MOST


def test_guessed_ticket_stands_at_the_end() -> None:
    line = Line()
    line.stand(None, 0.0)

    assert line.ahead("guessed", 0.0) == 1
