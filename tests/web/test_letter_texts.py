"""Admins write letters in their own words; what cannot be sent so is refused beside its field."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path

import pytest

from booking.change import Thing
from booking.letter import Channel, LetterKind
from booking.letter_text import Part, TextPlace, Words
from server.demo_data import ADMIN, MORTGAGE
from server.notify.channel import ChannelAway, DeliveryUnsure
from server.notify.letter import Letter
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page

HOME = "/admin/letters/texts"
BOOKED = f"{HOME}/booked"
PLACE = TextPlace(kind=LetterKind.BOOKED, language="en", channel=Channel.MAIL)
GOOD = {
    "subject": "See you on {{ day }} at {{ time }}",
    "opening": "It is {{ when }}.\nBring <b>nothing</b>.",
    "closing": "Call {{ phone }}.",
}
FRAME = re.compile(r'srcdoc="([^"]*)"')


@dataclass(slots=True)
class Post:
    """A mail server that keeps what it takes."""

    name: str = "mail"
    taken: list[Letter] = field(default_factory=list)
    fails: Exception | None = None

    async def deliver(self, letter: Letter) -> None:
        if self.fails:
            raise self.fails
        self.taken.append(letter)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
async def house(tmp_path: Path, post: Post) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        house.senders.append(post)
        yield house


@pytest.fixture
async def admin(house: FaceHouse) -> Browser:
    return await house.staff("admin")


async def kept(house: FaceHouse, place: TextPlace = PLACE) -> Words | None:
    async with house.units.read() as unit:
        return await unit.letter_texts.find(place)


async def writes(admin: Browser, query: str = "language=en", *, go: str = "save", **words: str) -> Page:
    """Open the page of a letter's words, fill it in, and press a button."""
    page = await admin.opens(f"{BOOKED}?{query}")
    form = page.forms()[-1]
    return await admin.posts(BOOKED, {**form, "go": go, **(words or GOOD)})


async def has_number(house: FaceHouse, phone: str = "+358 40 1234567") -> None:
    async with house.units.write() as unit:
        await unit.staff.change(replace(await unit.staff.get(ADMIN), phone=phone))


async def has_address(house: FaceHouse, email: str = "antero@example.fi") -> None:
    async with house.units.write() as unit:
        await unit.staff.change(replace(await unit.staff.get(ADMIN), email=email))


async def test_words_are_kept_shown_in_the_list_and_noted(house: FaceHouse, admin: Browser) -> None:
    page = await writes(admin)

    assert await kept(house) == {Part(name): text for name, text in GOOD.items()}
    assert "Saved." in page.text
    assert "Own words" in (await admin.opens(HOME)).text
    async with house.units.read() as unit:
        [noted] = await unit.changes.newest(limit=10)
    assert (noted.change.thing, noted.change.by) == (Thing.LETTER_TEXT, ADMIN)
    assert [one.name.split(".")[-1] for one in noted.change.fields] == ["subject", "opening", "closing"]
    log = await admin.opens("/admin/changes")
    assert "Booked, Subject (English)" in log.text


async def test_an_offerings_words_are_its_own(house: FaceHouse, admin: Browser) -> None:
    await writes(
        admin, f"language=sv&channel=sms&offering={MORTGAGE}", text="{{ day }} {{ time }}: {{ link }}"
    )

    own = replace(PLACE, language="sv", channel=Channel.SMS, offering_id=MORTGAGE)
    assert await kept(house, own) == {Part.TEXT: "{{ day }} {{ time }}: {{ link }}"}
    assert await kept(house) is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"subject": "Come {{ day }}"}, "The time is missing"),
        ({"subject": "Come at {{ time }}"}, "The day is missing"),
        ({"subject": ""}, "Fill in this field."),
        ({"subject": "{{ day }}\n{{ time }}"}, "Write one line."),
        ({"subject": "{{ day }} {{ time }} {{ name }}"}, "is not in the list"),
        ({"subject": "{{ day }} {{ time }} " + "a" * 100}, "This is too long."),
        ({"subject": "MORTGAGE  meeting {{ day }} {{ time }}"}, "leave out what the offering is called"),
        ({"opening": "Hello {{ nmae }}"}, "is not in the list"),
        ({"opening": "{{ ''.__class__ }}"}, "Write plain words"),
        ({"opening": "{% for x in name %}{% endfor %}"}, "Write plain words"),
        ({"opening": "{{ name|e }}"}, "Write plain words"),
        ({"opening": "{{ self }}"}, "is not in the list"),
        ({"opening": "{{ name"}, "is not closed"),
        ({"opening": "a" * 1501}, "This is too long."),
        ({"opening": "See www.evil.example"}, "Write without web and e-mail addresses"),
        ({"closing": "Write to us@bank.example"}, "Write without web and e-mail addresses"),
        ({"opening": "{{ link }}"}, "is not in the list"),
    ],
)
async def test_words_that_cannot_be_sent_are_refused_beside_their_field(
    house: FaceHouse, admin: Browser, words: dict[str, str], told: str
) -> None:
    page = await writes(admin, **{**GOOD, **words})

    [name] = words
    error = re.search(rf'id="error-{name}">([^<]*)<', page.text)
    assert page.status == 422
    assert error
    assert told in unescape(error[1])
    assert await kept(house) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ day }} {{ time }}", "The link is missing"),
        ("{{ link }} {{ day }}", "The time is missing"),
        ("{{ day }} {{ time }} {{ link }} " + "ж" * 200, "too many text messages"),
        ("Mortgage meeting {{ day }} {{ time }} {{ link }}", "leave out what the offering is called"),
    ],
)
async def test_a_text_message_says_when_and_where_and_is_short(
    house: FaceHouse, admin: Browser, text: str, told: str
) -> None:
    page = await writes(admin, f"language=en&channel=sms&offering={MORTGAGE}", text=text)

    assert page.status == 422
    assert told in page.text


async def test_words_that_an_offering_is_called_by_now_are_pointed_out_and_not_used(
    house: FaceHouse, admin: Browser
) -> None:
    await house.books()
    await writes(admin, **{**GOOD, "subject": "Home talk on {{ day }} at {{ time }}"})
    before = await admin.opens(HOME)
    async with house.units.write() as unit:
        mortgage = await unit.offerings.get(MORTGAGE)
        await unit.catalogue.change_offering(replace(mortgage, names={**mortgage.names, "en": "Home talk"}))

    listed, page = await admin.opens(HOME), await admin.opens(f"{BOOKED}?language=en")

    assert "Names the offering" not in before.text
    assert "Names the offering" in listed.text
    assert "These words say Home talk where strangers may read it" in page.text
    [shown] = re.findall(r'class="letter-subject"[^>]*>.*?<strong>(.*?)</strong>', page.text)
    assert shown.startswith("Your appointment on ")


async def test_unseen_signs_are_taken_out(house: FaceHouse, admin: Browser) -> None:
    await writes(admin, **{**GOOD, "closing": "Wel\u202ecome\u200b\x07"})

    words = await kept(house)
    assert words
    assert words[Part.CLOSING] == "Welcome"


async def test_of_two_admins_the_second_overwrites_nothing(house: FaceHouse, admin: Browser) -> None:
    form = (await admin.opens(f"{BOOKED}?language=en")).forms()[-1]
    await writes(admin)

    late = await admin.posts(BOOKED, {**form, **GOOD, "subject": "{{ day }} {{ time }}!", "go": "save"})

    assert late.status == 409
    assert "Somebody else has changed this meanwhile" in late.text
    words = await kept(house)
    assert words
    assert words[Part.SUBJECT] == GOOD["subject"]


async def test_the_houses_words_come_back_after_a_question(house: FaceHouse, admin: Browser) -> None:
    asked = await writes(admin)
    asked = await writes(admin, go="reset")
    assert await kept(house) is not None

    page = await admin.sends(asked, BOOKED)

    assert await kept(house) is None
    assert "words hold again." in page.text


async def test_a_preview_shows_what_is_typed_and_keeps_and_sends_nothing(
    house: FaceHouse, admin: Browser, post: Post
) -> None:
    await has_address(house)
    appointment, token = await house.books()

    page = await writes(admin, f"language=en&offering={MORTGAGE}", go="look")

    frame = FRAME.search(page.text)
    assert frame
    letter = unescape(frame[1])
    assert page.status == 200
    assert "It is " in letter
    assert "Bring &lt;b&gt;nothing&lt;/b&gt;." in letter
    assert "With the time and the adviser of the next appointment" in page.text
    assert appointment.customer.name not in page.text
    assert token not in page.text
    assert post.taken == []
    assert await kept(house, replace(PLACE, offering_id=MORTGAGE)) is None


async def test_a_letter_in_the_page_runs_nothing_and_has_its_own_looks(admin: Browser) -> None:
    page = await admin.opens(f"{BOOKED}?language=en")

    policy = page.headers["Content-Security-Policy"]
    frame = FRAME.search(page.text)
    assert 'sandbox=""' in page.text
    assert "script-src 'self';" in policy
    assert "'unsafe-inline'" not in policy
    assert frame
    assert len(set(re.findall(r'style="([^"]*)"', unescape(frame[1])))) == policy.count("'sha256-")


async def test_a_text_message_is_shown_with_how_many_it_takes(admin: Browser) -> None:
    page = await writes(admin, "language=en&channel=sms", go="look", text="{{ day }} {{ time }} {{ link }}")

    assert "It travels as 1 text message." in page.text
    assert "srcdoc" not in page.text


async def test_a_letter_on_trial_goes_to_the_admin_alone(
    house: FaceHouse, admin: Browser, post: Post
) -> None:
    await has_address(house)
    await house.books()

    page = await writes(admin, f"language=en&offering={MORTGAGE}", go="test")

    [letter] = post.taken
    assert "The letter on trial was sent to you." in page.text
    assert (letter.to, letter.name, letter.calendar) == ("antero@example.fi", "", b"")
    assert letter.subject.startswith("[test] See you on ")
    assert await kept(house, replace(PLACE, offering_id=MORTGAGE)) is None


async def test_nobody_is_sent_a_letter_on_trial_without_an_address(
    house: FaceHouse, admin: Browser, post: Post
) -> None:
    await has_address(house, "")

    page = await writes(admin, go="test")

    assert page.status == 200
    assert post.taken == []
    assert "Send to myself on trial" not in page.text


async def test_a_text_message_on_trial_goes_to_the_admins_own_number(
    house: FaceHouse, admin: Browser, post: Post
) -> None:
    gateway = Post(name="sms")
    house.senders.append(gateway)
    await has_number(house)
    words = {"text": "Video {{ day }} {{ time }}: {{ link }}"}

    page = await writes(admin, "language=en&channel=sms", go="test", **words)

    [message] = gateway.taken
    assert "The text message on trial was sent to you." in page.text
    assert (message.to, message.text.startswith("[test] Video ")) == ("+358 40 1234567", True)
    assert post.taken == []


async def test_without_a_number_no_text_message_is_sent_and_the_page_says_why(
    house: FaceHouse, admin: Browser
) -> None:
    gateway = Post(name="sms")
    house.senders.append(gateway)
    await has_number(house, "")

    page = await writes(
        admin, "language=en&channel=sms", go="test", text="Video {{ day }} {{ time }}: {{ link }}"
    )

    assert gateway.taken == []
    assert "Send to myself on trial" not in page.text
    assert "To send it to yourself on trial, say to which number" in page.text


@pytest.mark.parametrize(
    ("fails", "told"),
    [
        (ChannelAway("no answer"), "The text message service did not take the message."),
        (DeliveryUnsure("no answer"), "The text message service did not answer in time"),
        (None, "Nothing is set up that could send text messages."),
    ],
)
async def test_who_tries_a_text_message_is_told_what_came_of_it(
    house: FaceHouse, admin: Browser, fails: Exception | None, told: str
) -> None:
    if fails:
        house.senders.append(Post(name="sms", fails=fails))
    await has_number(house)
    words = {"text": "Video {{ day }} {{ time }}: {{ link }}"}

    assert told in (await writes(admin, "language=en&channel=sms", go="test", **words)).text


async def test_letters_on_trial_are_limited(house: FaceHouse, admin: Browser, post: Post) -> None:
    await has_address(house)

    statuses = [(await writes(admin, go="test")).status for _ in range(11)]

    assert statuses == [200] * 10 + [429]
    assert len(post.taken) == 10


@pytest.mark.parametrize(
    ("fails", "told"),
    [
        (ChannelAway("no answer"), "The mail server did not take the letter."),
        (DeliveryUnsure("no answer"), "The mail server did not answer in time"),
    ],
)
async def test_who_tries_is_told_what_came_of_it(
    house: FaceHouse, admin: Browser, post: Post, fails: Exception, told: str
) -> None:
    await has_address(house)
    post.fails = fails

    assert told in (await writes(admin, go="test")).text


async def test_an_admin_says_where_letters_on_trial_go(house: FaceHouse, admin: Browser) -> None:
    action = "/admin/letters/trial-address"
    wrong = await admin.sends(await admin.opens(HOME), action, email="no address")
    no_number = await admin.sends(await admin.opens(HOME), action, phone="call me")
    await admin.sends(await admin.opens(HOME), action, email="antero@example.fi")

    assert (wrong.status, no_number.status) == (422, 422)
    async with house.units.read() as unit:
        kept = await unit.staff.get(ADMIN)
        assert (kept.email, kept.phone) == ("antero@example.fi", "+358 40 000 0004")
        [noted] = await unit.changes.newest(limit=10)
    assert [(one.name, one.new) for one in noted.change.fields] == [("email", None)]


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_each_letter_has_its_page_and_the_houses_words_pass_their_own_rules(
    admin: Browser, kind: LetterKind, language: str
) -> None:
    for channel in Channel:
        address = f"{HOME}/{kind}"
        page = await admin.opens(f"{address}?language={language}&channel={channel}")
        if page.status == 404:
            continue
        shown = re.findall(r'name="(\w+)"[^>]*>([^<]*)</textarea>', page.text)
        form = page.forms()[-1] | {name: unescape(text) for name, text in shown} | {"go": "look"}

        assert (await admin.posts(address, form)).status == 200


@pytest.mark.parametrize(
    "address", [f"{HOME}/nothing", f"{HOME}/old_address?channel=sms", f"{BOOKED}?offering=x"]
)
async def test_what_nobody_may_write_is_not_there(admin: Browser, address: str) -> None:
    assert (await admin.opens(address)).status in (404, 422)
