"""The digits that both sides read to each other: the browser's own rule, run by node beside ours."""

import hashlib

import pytest

from tests.instances.node import printed, script_address

AINO, ILMARI, MALLORY = "a1" * 32, "1b" * 32, "ee" * 32
ONE, TWO = "01" * 32, "02" * 32
TALK = """
const { Agreement } = await import(base + "agreement.js");
const between = (first, second, change = (said) => said) => {
  const said = [], line = [];
  const end = (isFirst, to) => new Agreement(isFirst, (word) => line.push([to, word]));
  const ends = [end(true, 1), end(false, 0)];
  const run = async () => {
    await ends[0].begin();
    while (line.length) {
      const [to, word] = line.shift();
      said.push(word);
      await ends[to].hear(change(word, to));
    }
    const codes = [await ends[0].code(...first), await ends[1].code(...second)];
    return { codes, broken: ends.map((end) => end.isBroken), said };
  };
  return run();
};
"""


async def run(script: str) -> object:
    """Run a script that tells its answer by `tell`."""
    base = script_address("code")
    whole = f'const base = {base} + "/", tell = (said) => console.log(JSON.stringify(said));{script}'
    answer: object = await printed(whole)
    return answer


def digits(*parts: str) -> str:
    """Write the rule of PROTOCOL.md in another language."""
    digest = hashlib.sha256("\n".join(("kohtaamo code 1", *parts)).encode()).digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"


async def test_digits_are_those_of_the_rule_that_strangers_read() -> None:
    ends = [(AINO, ONE, ILMARI, TWO), (ILMARI, ONE, AINO, TWO), ("00" * 32, "00" * 32, "ff" * 32, "ff" * 32)]
    calls = ", ".join(
        f"shortCode({{fingerprint: '{a}', number: '{x}'}}, {{fingerprint: '{b}', number: '{y}'}})"
        for a, x, b, y in ends
    )

    told = await run(
        f"const {{ shortCode }} = await import(base + 'short_code.js'); tell(await Promise.all([{calls}]));"
    )

    assert told == [digits(a, b, x, y) for a, x, b, y in ends]
    assert told == ["590641", "850093", "962697"]


async def test_a_promise_is_the_hash_of_its_number() -> None:
    told = await run(
        f"const {{ commitment }} = await import(base + 'short_code.js'); tell(await commitment('{ONE}'));"
    )

    assert told == hashlib.sha256(f"kohtaamo number 1\n{ONE}".encode()).hexdigest()


async def test_both_sides_come_to_the_same_digits_and_to_others_each_time() -> None:
    told = await run(
        f"""{TALK}
        const ours = ['{ILMARI}', '{AINO}'], theirs = ['{AINO}', '{ILMARI}'];
        const [one, two] = [await between(ours, theirs), await between(ours, theirs)];
        tell({{ same: [one, two].every(({{codes: [a, b]}}) => a === b && /^\\d{{6}}$/.test(a)),
               differ: one.codes[0] !== two.codes[0],
               order: one.said.map((word) => Object.keys(word)[0]), broken: one.broken }});"""
    )

    assert told == {
        "same": True,
        "differ": True,
        "order": ["commitment", "number", "number"],
        "broken": [False, False],
    }


async def test_a_middleman_who_shows_certificates_of_their_own_makes_the_digits_differ() -> None:
    """Numbers passed on untouched do not help: 40 talks, and chance alone would make 0.00004 agree."""
    told = await run(
        f"""{TALK}
        const ends = [['{ILMARI}', '{MALLORY}'], ['{AINO}', '{MALLORY}']];
        const talks = await Promise.all([...Array(40)].map(() => between(...ends)));
        tell(talks.filter(({{codes: [a, b]}}) => a === b).length);"""
    )

    assert told == 0


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("to === 1 && word.number ? {number: '" + ONE + "'} : word", [False, True]),
        ("to === 0 ? {number: 'short'} : word", [True, False]),
        ("to === 0 ? null : word", [True, False]),
        ("to === 1 && word.commitment ? {number: '" + ONE + "'} : word", [False, True]),
    ],
    ids=["another number than promised", "no number", "nothing", "a number before the promise"],
)
async def test_whoever_breaks_the_turn_gets_no_digits(change: str, broken: list[bool]) -> None:
    told = await run(
        f"""{TALK}
        const talk = await between(['{ILMARI}', '{AINO}'], ['{AINO}', '{ILMARI}'], (word, to) => ({change}));
        tell({{ broken: talk.broken, codes: talk.codes.map((code, at) => talk.broken[at] && code) }});"""
    )

    assert isinstance(told, dict)
    assert told["broken"] == broken
    assert [code for code in told["codes"] if code] == []


async def test_the_first_number_is_not_told_before_the_second() -> None:
    told = await run(
        """const { Agreement } = await import(base + 'agreement.js');
        const said = [], first = new Agreement(true, (word) => said.push(Object.keys(word)[0]));
        await first.begin(); await first.hear({ commitment: '0'.repeat(64) }); tell(said);"""
    )

    assert told == ["commitment"]


EXCHANGE = """
const { CodeExchange } = await import(base + "exchange.js");
const channels = [];
const end = (own, isPolite) => {
  const send = (data) => queueMicrotask(() => other().onmessage({ data }));
  const channel = { readyState: "connecting", send };
  const other = () => channels[1 - channels.indexOf(channel)];
  channels.push(channel);
  const line = `a=fingerprint:sha-256 ${own.match(/../g).join(":").toUpperCase()}\\r\\n`;
  const connection = { createDataChannel: () => channel, localDescription: { sdp: line } };
  const made = new CodeExchange(connection, () => undefined);
  made.connect(isPolite);
  return made;
};
const seen = (...named) => ({ named, shown: [], isConnected: true });
const pause = () => new Promise((over) => setTimeout(over, 20));
"""


async def test_digits_go_when_part_of_the_media_comes_with_another_certificate() -> None:
    told = await run(
        f"""{EXCHANGE}
        const [ilmari, aino] = [end('{ILMARI}', false), end('{AINO}', true)];
        for (const channel of channels) channel.onopen?.();
        await pause();
        await ilmari.look(seen('{AINO}', '{AINO}'));
        await aino.look(seen('{ILMARI}'));
        const before = [ilmari.code, aino.code];
        await ilmari.look(seen('{AINO}', '{MALLORY}'));
        await aino.look(seen('{MALLORY}'));
        await aino.look(seen('{ILMARI}'));
        const agree = before[0].digits === before[1].digits && before[0].digits !== '';
        tell({{ agree, after: [ilmari.code, aino.code] }});"""
    )

    broken = {"digits": "", "isBroken": True}
    assert told == {"agree": True, "after": [broken, broken]}


async def test_a_hash_that_cannot_be_compared_gives_no_digits_and_no_alarm() -> None:
    told = await run(
        f"""{EXCHANGE}
        const ilmari = end('{ILMARI}', false);
        end('{AINO}', true);
        for (const channel of channels) channel.onopen?.();
        await pause();
        await ilmari.look(seen('{AINO}', 'sha-512 {MALLORY}'));
        const unknown = ilmari.code;
        await ilmari.look({{ ...seen('{AINO}', 'sha-512 {MALLORY}'), shown: ['{AINO}'] }});
        tell([unknown, ilmari.code.digits.length]);"""
    )

    assert told == [{"digits": "", "isBroken": False}, 6]
