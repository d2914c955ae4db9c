"""The macros that every form is made of."""

import json
import re
from zoneinfo import ZoneInfo

from jinja2 import DictLoader
from pydantic import BaseModel

from web.format import Reader
from web.forms import Form, blank
from web.render import filled, made_environment

HELSINKI = ZoneInfo("Europe/Helsinki")


def drawn(template: str, **values: object) -> str:
    """Fill a template of this test that imports the real macros."""
    environment = made_environment()
    assert environment.loader is not None
    environment.loader = DictLoader(
        {
            "macros.html": environment.loader.get_source(environment, "macros.html")[0],
            "test.html": template,
        }
    )
    return re.sub(r"\s+", " ", filled(environment.get_template("test.html"), Reader("fi", HELSINKI), values))


FIELD = """
{% from "macros.html" import field %}
{{ field(form, "email", "E-mail", type="email", hint="We write here") }}
"""


def test_a_field_is_tied_to_its_label_and_hint() -> None:
    text = drawn(FIELD, form=blank(email='a"><script>'))

    assert '<label class="field__label" for="field-email">' in text
    assert 'aria-describedby="hint-email"' in text
    assert 'value="a&#34;&gt;&lt;script&gt;"' in text
    assert "aria-invalid" not in text


def test_a_wrong_field_says_so_in_the_readers_language() -> None:
    form: Form[BaseModel] = Form(values={"email": "aino"}, errors={"email": "missing"})

    text = drawn(FIELD, form=form)

    assert '<p class="field__error" id="error-email">Täyttäkää tämä kohta.</p>' in text
    assert 'aria-invalid="true" aria-describedby="error-email hint-email"' in text


def test_page_data_cannot_break_out_of_its_script() -> None:
    data = {"name": "</script><script>alert(1)</script>&\u2028"}

    text = drawn('{% from "macros.html" import page_data %}{{ page_data(data) }}', data=data)

    assert text.count("<") == 2
    assert json.loads(text[text.index("{") : text.rindex("}") + 1]) == data
