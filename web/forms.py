"""A form that is shown again with what was typed and what is wrong, next to each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from web.body import errors_of, grouped
from web.csrf import FIELD
from web.form_text import form_pairs
from web.i18n import N_
from web.json_text import check_text

ModelT = TypeVar("ModelT", bound=BaseModel)

CHECK_THIS = N_("Check this field.")
MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "missing": N_("Fill in this field."),
        "string_too_short": N_("Fill in this field."),
        "string_too_long": N_("This is too long."),
        "email": N_("Check the e-mail address. Example: name@example.com"),
        "phone": N_("Check the phone number. Example: +358 40 123 4567"),
        "phone_needed": N_("Fill in the phone number, or choose e-mail."),
        "enum": N_("Choose one of these."),
        "literal_error": N_("Choose one of these."),
        "date_from_datetime_parsing": N_("Choose a day. Example: 2026-11-30"),
        "not_earlier": N_("Choose a day before your appointment."),
        "int_parsing": N_("Write a whole number."),
        "reach_needed": N_("Fill in the e-mail address or the phone number."),
        "unreachable": N_("Fill in the e-mail address or the phone number, or tick this box."),
        "not_of_offering": N_("Choose an adviser who meets customers of this matter, or anybody."),
        "source": N_("Use small letters a to z, figures and hyphens, 32 at most."),
        "too_long": N_("This is too long."),
        "not_a_choice": N_("Choose one of these."),
        "not_a_number": N_("Write a number, for example 1200 or 1200.50."),
        "not_a_date": N_("Choose a date, or write it as year, month and day: 2026-11-30."),
        "terms_changed": N_("The terms have changed meanwhile. Read them, and send the form again."),
        "own_overlap": N_("With this address you have another appointment at the same time already."),
        "too_many_changes": N_("The address was changed many times today. Try again tomorrow, or call us."),
        "greater_than_equal": N_("This number is too small."),
        "less_than_equal": N_("This number is too large."),
        "multiple_of": N_("Choose a multiple of five minutes."),
        "too_brief": N_("This time is too short."),
        "too_lengthy": N_("This time is too long."),
        "too_short": N_("Choose at least one."),
        "one_language": N_("Fill this in in one language at least."),
        "login": N_("Use small letters a to z, figures, dots and hyphens: 2 to 64 of them."),
        "login_taken": N_("Somebody else signs in by this name. Choose another."),
        "wrong_password": N_("This is not your password."),
        "code_refused": N_("This code is not right, or was used before. Wait for the next one."),
        "not_same": N_("This is not the same as the line above."),
        "password_brief": N_("Write twelve characters at least."),
        "password_login": N_("Leave the name that you sign in by out of it."),
        "password_plain": N_("Use more different characters."),
        "password_same": N_("This is your password already. Choose another."),
        "own_access": N_("You cannot take your own access away. Ask another admin to do it."),
        "own_team": N_("You cannot move yourself to another team. Ask another admin to do it."),
        "appointments_ahead": N_("Appointments are ahead. Move them to somebody else or cancel them first."),
        "alike": N_("Write as many choices in each language, in the same order."),
        "few_choices": N_("Write two choices at least, and twenty at most."),
        "web_address": N_("Write a web address that begins with https:// or http://"),
        "clock_time": N_("Write a time, for example 9:30."),
        "reversed": N_("The end must come after the beginning."),
        "passed": N_("This time has passed already."),
        "day_far": N_("Choose a day within a year from now."),
        "span_too_long": N_("Choose 62 days at most."),
        "words_needed": N_("Write some words, in one language at least."),
        "words_too_long": N_("Write 600 characters and 12 lines at most."),
        "words_link": N_("Write without web and e-mail addresses: the letter has links of its own."),
        "target_no_address": N_("Write an address like https://hooks.example.com/kohtaamo"),
        "target_credentials": N_("Leave the name and the password out of the address."),
        "target_plain": N_("The address must begin with https://, or others could read what is sent."),
        "target_internal": N_(
            "This address lies in an internal network, where webhooks do not go. Whoever runs the service "
            "can allow the network by KOHTAAMO_WEBHOOK_NETWORKS."
        ),
        "target_unknown": N_("No machine by this name is found. Check the address."),
        "too_many_webhooks": N_("There are twenty webhooks already. Remove one to make room for another."),
        "one_line": N_("Write one line."),
        "template_code": N_("Write plain words, and names in double braces from the list."),
        "template_broken": N_("A pair of double braces is not closed or holds no name."),
        "template_unknown": N_("A name in double braces is not in the list. Check how it is written."),
        "needs_day": N_("The day is missing: {{ day }}."),
        "needs_time": N_("The time is missing: {{ time }}."),
        "needs_link": N_("The link is missing: {{ link }}."),
        "needs_when": N_("How far ahead it is is missing: {{ when }}."),
        "needs_delay": N_("How late the adviser is is missing: {{ delay }}."),
        "needs_door": N_("From when one can come in is missing: {{ door }}."),
        "needs_answers": N_(
            "Say which words to answer with, such as YES and NO; we understand no other ones."
        ),
        "tells_matter": N_("Strangers may read this: leave out what the offering is called."),
        "too_many_texts": N_("Sent, this may become too many text messages. Write less."),
        "code_wrong": N_("This is not the code. Check it, and try again."),
        "code_void": N_("This code is not valid any more, or there is none. Ask us for a new one."),
        "no_relay": N_("This service has no relay (TURN). Ask whoever runs it to set one up first."),
        "wrong": N_("This is not right."),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[ModelT]):
    """What was typed, what is wrong with it, and, when nothing is, the model."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    model: ModelT | None = None

    def value(self, name: str) -> Any:
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        """Return the message id for a field, empty when the field, and all in a list, is right."""
        inside = (kind for field, kind in self.errors.items() if field.startswith(f"{name}."))
        kind = self.errors.get(name) or next(inside, None)
        return MESSAGES.get(kind, CHECK_THIS) if kind else ""


def blank(**values: Any) -> Form[Any]:
    """Make the form for its first showing."""
    return Form(values=values)


async def submitted(request: web.Request, model: type[ModelT]) -> Form[ModelT]:
    """Read a plain form. When `.model` is None, render the page again with the form and status 422."""
    values = grouped([pair for pair in await form_pairs(request) if pair[0] != FIELD], model)
    return _validated(values, model)


def queried(request: web.Request, model: type[ModelT]) -> Form[ModelT]:
    """Read a form whose answers stand in the address, since sending it changes nothing."""
    pairs = [(name, value) for name, value in request.query.items() if name != "lang"]
    for pair in pairs:
        check_text("".join(pair))
    return _validated(grouped(pairs, model), model)


def _validated(values: Mapping[str, Any], model: type[ModelT]) -> Form[ModelT]:
    try:
        return Form(values=values, model=model.model_validate(values))
    except ValidationError as wrong:
        return Form(values=values, errors=errors_of(wrong))
