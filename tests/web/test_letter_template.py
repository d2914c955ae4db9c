"""Words of letters: plain text and bare names of a closed list, and nothing that could ever run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.letter_template import BadTemplate, TemplateFault, Variable, filled_in, names_in, taken_apart

KNOWN = ("day", "time", "name")

ESCAPES = (
    "{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ name.__class__ }}", "{{ name|e }}",
    "{{ name|attr('__class__') }}", "{{ name() }}", "{{ name['x'] }}", "{{ name.format() }}",
    "{{ name ~ day }}",
    "{{ name + day }}", "{{ name if day }}", "{{ 7*7 }}", "{{ 9**9**9 }}", "{{ 'word' }}",
    "{{ 1 }}", "{{ true }}",
    "{{ none }}", "{{ [name] }}", "{{ {} }}", "{{ (name, day) }}", "{{ not name }}",
    "{{ name is defined }}",
    "{{ name in day }}", "{{ -name }}", "{% for x in name %}{{ x }}{% endfor %}",
    "{% if name %}x{% endif %}",
    "{% set name = 1 %}", "{% include 'page.html' %}", "{% import 'x' as y %}", "{% extends 'x' %}",
    "{% raw %}{{ x }}{% endraw %}", "{% macro x() %}{% endmacro %}",
    "{% block x %}{% endblock %}", "{# a note #}",
    "{%- if name -%}", "{% trans %}x{% endtrans %}", "{% endfor %}", "{{ caller() }}", "{{ super() }}",
    "{{ name.__init__.__globals__ }}", "{{ lipsum.__globals__ }}", "{{ namespace() }}",
    "{{ range(10**9) }}",
)  # fmt: skip
UNKNOWN = (
    "{{ self }}",
    "{{ loop }}",
    "{{ config }}",
    "{{ request }}",
    "{{ cycler }}",
    "{{ nmae }}",
    "{{ NAME }}",
)
BROKEN = (
    "{{", "{{ name", "{{ }}", "{{ name }", "{{ name day }}", "{{ name, }} {{", "{{ 'x }}",
    "{{ na me }}", "{{ é? }}",
    "{{ " + "(" * 5000 + " }}", "{{ " + "-" * 5000 + "name }}", "{{ " + "9" * 5000 + " }}",
)  # fmt: skip


def test_words_and_names_are_written_out() -> None:
    template = taken_apart("Hi {{ name }},\r\nsee you {{day}} at {{- time }} % {x} } 100 %s", KNOWN)

    assert names_in(template) == {"name", "day", "time"}
    assert filled_in(template, {"name": "Aino", "day": "Monday", "time": "10:00"}) == (
        "Hi Aino,\nsee you Monday at10:00 % {x} } 100 %s"
    )


def test_what_a_value_says_is_never_taken_for_a_name() -> None:
    template = taken_apart("{{ name }} {{ day }}", KNOWN)

    assert filled_in(template, {"name": "{{ day }}", "day": "{{ name }}"}) == "{{ day }} {{ name }}"


@pytest.mark.parametrize("source", ESCAPES)
def test_code_is_refused(source: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        taken_apart(f"Hello {source}", KNOWN)

    assert refused.value.fault is TemplateFault.CODE


@pytest.mark.parametrize("source", UNKNOWN)
def test_a_name_that_is_not_in_the_list_is_refused(source: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        taken_apart(source, KNOWN)

    assert refused.value.fault is TemplateFault.UNKNOWN


@pytest.mark.parametrize("source", BROKEN, ids=lambda source: str(source)[:12])
def test_braces_that_do_not_close_or_hold_no_name_are_refused(source: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        taken_apart(source, KNOWN)

    assert refused.value.fault in (TemplateFault.BROKEN, TemplateFault.CODE)


@given(st.text(st.sampled_from("{}%# '\"|._()[]nameday\n-+*~")))
def test_whatever_is_typed_is_words_and_known_names_or_refused(source: str) -> None:
    try:
        template = taken_apart(source, KNOWN)
    except BadTemplate:
        return

    assert all(isinstance(piece, str) or piece in map(Variable, KNOWN) for piece in template)
    assert "{{" not in "".join(piece for piece in template if isinstance(piece, str))
