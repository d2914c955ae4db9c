"""The drawn adviser: what is kept is what our code draws, and can be sent as it is."""

from itertools import pairwise

from av import AudioFrame, CodecContext, VideoFrame
from av.packet import Packet

from server.draw_adviser import drawn_adviser
from signalling.practice.canvas import Canvas, Ellipse, colour
from signalling.practice.chime import RATE, chime
from signalling.practice.face import HEIGHT, LOOP_SECONDS, WIDTH, face
from signalling.practice.recording import KEY_EVERY, PICTURES_A_SECOND, Recording, unpacked


def luma(frame: VideoFrame) -> bytes:
    plane = frame.planes[0]
    data = bytes(plane)
    return b"".join(data[row * plane.line_size :][:WIDTH] for row in range(HEIGHT))


def decoded() -> list[VideoFrame]:
    decoder = CodecContext.create("libvpx", "r")
    return [frame for data in drawn_adviser().pictures for frame in decoder.decode(Packet(data))]


def difference(one: bytes, other: bytes) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def test_kept_pictures_are_those_that_our_code_draws() -> None:
    frames = decoded()

    assert len(frames) == LOOP_SECONDS * PICTURES_A_SECOND
    for number in (0, 20, 55):
        drawn = bytes(face(number / PICTURES_A_SECOND).planes[0])
        assert difference(luma(frames[number]), drawn) < 4


def test_face_moves_from_picture_to_picture() -> None:
    frames = decoded()[:30]

    assert all(luma(before) != luma(after) for before, after in pairwise(frames))


def test_loop_can_begin_at_each_key_frame() -> None:
    keys = [number for number, data in enumerate(drawn_adviser().pictures) if data[0] & 1 == 0]

    assert keys == [0, KEY_EVERY, 2 * KEY_EVERY]


def test_chime_sounds_and_dies_away_and_is_as_long_as_the_pictures() -> None:
    decoder = CodecContext.create("libopus", "r")
    sounds = [f for data in drawn_adviser().sounds for f in decoder.decode(Packet(data))]
    samples = chime(LOOP_SECONDS)

    assert len(sounds) == LOOP_SECONDS * 50
    assert all(isinstance(each, AudioFrame) for each in sounds)
    assert 3_000 < max(samples) < 16_000
    assert max(samples[round(5 * RATE) :]) < 20


def test_packed_recording_is_read_as_it_was() -> None:
    made = Recording((b"one", b"", b"three"), (b"\0" * 300,))

    assert unpacked(made.packed()) == made


def test_shape_covers_its_middle_and_nothing_beyond_its_edge() -> None:
    canvas = Canvas(40, 20, colour("#000000"))

    canvas.lay(Ellipse(x=10, y=10, across=6, down=4), colour("#ffffff"))

    row = canvas.planes[0][10 * 40 : 11 * 40]
    assert [row[3], row[10], row[17]] == [16, 235, 16]
    canvas.lay(Ellipse(x=-5, y=25, across=8, down=8), colour("#ffffff"))  # beyond the picture: cut off
    assert len(canvas.planes[0]) == 800
