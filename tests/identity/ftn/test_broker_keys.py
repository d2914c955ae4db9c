"""A broker's keys: believed by its pinned entity key alone, fetched when needed and seldom otherwise."""

import asyncio
import json
from datetime import timedelta
from hashlib import sha256

import pytest

from identity.errors import AssertionRefused, BankUnavailable, IdentificationFailed
from identity.identification import Identified
from tests.identity.ftn.broker import TELIA, Broker, entity_statement, public, rsa, signed, signed_jwks
from tests.identity.ftn.test_provider import an_op
from tests.identity.people import NOW, a_trip, an_attempt

STATEMENT = TELIA + "/.well-known/openid-federation"


class Customers:
    """Sends one customer after another to the broker, by the same provider."""

    def __init__(self, broker: Broker, **settings: str) -> None:
        self.broker = broker
        self.provider = broker.provider(**settings)

    async def identify(self, after: timedelta = timedelta(0)) -> Identified:
        self.broker.now = NOW + after
        trip = a_trip(an_attempt("ftn", now=self.broker.now), now=self.broker.now)
        return await self.provider.complete(trip, self.broker.identifies(await self.provider.begin(trip)))

    def fetched(self) -> int:
        return self.broker.asked.count(self.broker.jwks_address)


async def test_keys_are_fetched_once_a_day_however_many_identify() -> None:
    customers = Customers(Broker())

    for hours in (0, 1, 23):
        await customers.identify(timedelta(hours=hours))
    assert customers.fetched() == 1

    await customers.identify(timedelta(hours=25))
    assert customers.fetched() == 2


async def test_a_key_set_is_fetched_anew_when_it_says_that_it_ends() -> None:
    broker = Broker()
    broker.publish(iat=NOW.timestamp(), exp=NOW.timestamp() + 3600)
    customers = Customers(broker)

    await customers.identify()
    await customers.identify(timedelta(minutes=59))
    assert customers.fetched() == 1

    broker.publish()
    await customers.identify(timedelta(minutes=61))
    assert customers.fetched() == 2


async def test_a_new_key_of_the_broker_is_found_by_its_name_once_a_minute_at_most() -> None:
    broker = Broker()
    customers = Customers(broker)
    await customers.identify()

    broker.key = rsa("sig-2")  # and not yet published
    for seconds in (30, 61, 62, 89):
        with pytest.raises(AssertionRefused) as refused:
            await customers.identify(timedelta(seconds=seconds))
        assert refused.value.check == "kid"
    assert customers.fetched() == 2

    broker.publish()
    await customers.identify(timedelta(seconds=90))
    assert customers.fetched() == 3


async def test_a_broker_may_change_its_key_just_after_we_read_the_old_one() -> None:
    broker = Broker()
    customers = Customers(broker)
    await customers.identify()

    broker.key = rsa("sig-2")
    broker.publish()

    assert (await customers.identify(timedelta(seconds=1))).method == "nordea"


async def test_a_broker_that_hides_its_keys_is_believed_for_a_day_by_those_it_had() -> None:
    broker = Broker()
    broker.publish(exp=NOW.timestamp() + 3600)
    customers = Customers(broker)
    await customers.identify()
    del broker.published[broker.jwks_address]

    for hours in (2, 10, 23):
        await customers.identify(timedelta(hours=hours))

    with pytest.raises(BankUnavailable):
        await customers.identify(timedelta(hours=25))


async def test_many_at_once_make_one_fetch() -> None:
    broker = Broker()
    customers = Customers(broker)

    await asyncio.gather(*(customers.identify() for _ in range(20)))

    assert customers.fetched() == 1


async def test_nobody_is_sent_away_to_a_broker_whose_answer_could_not_be_judged() -> None:
    broker = Broker()
    provider = broker.provider()
    broker.published.clear()

    with pytest.raises(BankUnavailable):
        await provider.begin(a_trip(an_attempt("ftn")))


async def test_another_entity_statement_than_the_pinned_one_is_refused_although_it_signs_the_keys() -> None:
    broker = Broker()
    provider = broker.provider()
    broker.entity = rsa("rogue")
    broker.published[STATEMENT] = broker.statement().encode()
    broker.publish()

    with pytest.raises(BankUnavailable) as refused:
        await provider.begin(a_trip(an_attempt("ftn")))

    assert refused.value.code == "entity_pin"


async def test_a_broker_may_change_its_entity_key_while_we_run_when_the_next_statement_is_pinned() -> None:
    broker = Broker()
    now_and_next = [sha256(broker.statement().encode()).hexdigest()]
    next_one = entity_statement(broker.entity_id, rsa("entity-2"))
    now_and_next.append(sha256(next_one.encode()).hexdigest())
    customers = Customers(broker, ENTITY_PIN=",".join(now_and_next))
    await customers.identify()

    broker.entity, broker.key = rsa("entity-2"), rsa("sig-2")
    broker.published[STATEMENT] = next_one.encode()
    broker.publish()

    assert (await customers.identify(timedelta(minutes=2))).method == "nordea"


def keys(*, entity: str = TELIA, by: str = "entity-1", typ: str | None = None, **claims: object) -> bytes:
    if typ is None:
        return signed_jwks(entity, rsa(by), rsa("sig-1"), **claims).encode()
    said = {"iss": entity, "sub": entity, "keys": [public(rsa("sig-1"))], **claims}
    return signed(said, rsa(by), typ=typ).encode()


@pytest.mark.parametrize("typ", ["jwk-set+jwt", "JWS", "jwks+jwt"])
async def test_a_key_set_goes_by_whatever_type_the_broker_gives_it(typ: str) -> None:
    broker = Broker()
    broker.published[broker.jwks_address] = keys(typ=typ) + b"\n"

    assert (await Customers(broker).identify()).method == "nordea"


@pytest.mark.parametrize(
    ("published", "code"),
    [
        (keys(by="rogue"), "jwks_kid"),
        (signed({"iss": TELIA, "sub": TELIA}, rsa("rogue"), kid="entity-1").encode(), "jwks_signature"),
        (keys(entity="https://rogue.example"), "jwks_issuer"),
        (keys(sub="https://rogue.example"), "jwks_issuer"),
        (keys(iat=NOW.timestamp() + 120), "jwks_iat"),
        (keys(exp=NOW.timestamp()), "jwks_exp"),
        (keys(exp="soon"), "jwks_exp"),
        (b"{}", "shape"),
        (b"\xff", ""),
    ],
)
async def test_a_key_set_that_the_entity_does_not_vouch_for_is_refused(published: bytes, code: str) -> None:
    broker = Broker()
    broker.published[broker.jwks_address] = published

    with pytest.raises(BankUnavailable) as refused:
        await Customers(broker).identify()

    assert refused.value.code == code


async def test_a_forged_key_set_does_not_take_the_place_of_the_right_one() -> None:
    broker = Broker()
    customers = Customers(broker)
    await customers.identify()
    broker.published[broker.jwks_address] = keys(by="rogue")

    broker.key = rsa("rogue")
    with pytest.raises(IdentificationFailed):
        await customers.identify(timedelta(minutes=2))
    broker.key = rsa("sig-1")

    assert (await customers.identify(timedelta(minutes=3))).method == "nordea"


async def test_a_statement_that_was_given_is_never_fetched() -> None:
    op = an_op()
    customers = Customers(op, BROKER="op", ENTITY_STATEMENT=op.statement())

    await customers.identify()

    assert not any("openid-federation" in address for address in op.asked)


async def test_a_statement_ends_when_it_says_so() -> None:
    op = an_op()
    ends = entity_statement(op.entity_id, op.entity, exp=NOW.timestamp() + 60)
    customers = Customers(op, BROKER="op", ENTITY_STATEMENT=ends)
    await customers.identify()

    with pytest.raises(BankUnavailable) as refused:
        await customers.identify(timedelta(hours=25))

    assert refused.value.code == "entity_exp"


async def test_static_keys_need_no_network() -> None:
    broker = Broker()
    jwks = json.dumps({"keys": [public(rsa("sig-1"))]})

    await Customers(broker, JWKS=jwks).identify()

    assert broker.asked == [broker.token_endpoint]


async def test_a_broker_that_is_down_when_the_code_is_swapped_is_unavailable() -> None:
    broker = Broker()
    provider, trip = broker.provider(), a_trip(an_attempt("ftn"))
    back = broker.identifies(await provider.begin(trip))

    broker.is_down = True
    with pytest.raises(BankUnavailable):
        await provider.complete(trip, back)
