"""A word or two of a text message is understood however it is written; more is for people."""

import pytest

from booking.reply import Reply, understood


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("EN PÄÄSE", Reply.CANCEL),
        ("en paase!", Reply.CANCEL),
        ("  En   pääse. ", Reply.CANCEL),
        ("EN PA\u0308A\u0308SE", Reply.CANCEL),
        ("Kan inte", Reply.CANCEL),
        ("KAN  INTE!!", Reply.CANCEL),
        ("cancel", Reply.CANCEL),
        ("I can’t come", Reply.CANCEL),
        ("Peru", Reply.CANCEL),
        ("avboka", Reply.CANCEL),
        ("KYLLÄ", Reply.YES),
        ("kylla", Reply.YES),
        ("Ja.", Reply.YES),
        ("yes", Reply.YES),
        ("Ok!", Reply.YES),
        ("Ei", Reply.NO),
        ("STOP", Reply.STOP),
        ("start", Reply.START),
        ("", Reply.OTHER),
        ("👍", Reply.OTHER),
        ("EN PÄÄSE ennen viittä, tulen silloin", Reply.OTHER),
        ("peru vain jos lääkäri ei ehdi", Reply.OTHER),
        ("OK но я опоздаю", Reply.OTHER),
        ("2 stop", Reply.OTHER),
    ],
)
def test_whole_text_alone_counts_in_whatever_case_and_signs(text: str, meant: Reply) -> None:
    assert understood(text) is meant
