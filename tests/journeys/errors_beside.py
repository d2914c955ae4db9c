"""A form that comes back: each error stands beside its field, is tied to it, and the reader begins there."""

from playwright.async_api import Page

EMPTY = """
form => {
  for (const field of form.elements) {
    if (field.type === 'hidden' || field.tagName === 'BUTTON' || field.tagName === 'FIELDSET') continue;
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
    else if (field.tagName === 'SELECT') field.add(new Option('?', 'no-such-choice', true, true));
    else field.value = '';
  }
  form.noValidate = true;
}
"""

UNTIED = """
async () => {
  // A page gives what has autofocus the focus when it is first drawn.
  const drawn = () => new Promise(resolve => requestAnimationFrame(resolve));
  await drawn();
  await drawn();
  const told = element => (element.getAttribute('aria-describedby') ?? '').split(' ');
  const faults = [];
  const errors = [...document.querySelectorAll('.field__error')];
  if (!errors.length) faults.push('no error is shown');
  for (const error of errors) {
    const readers = [...document.querySelectorAll('[aria-describedby]')].filter(
      one => error.id && told(one).includes(error.id));
    if (!readers.length) faults.push(`nothing is described by: ${error.textContent}`);
    for (const reader of readers) {
      if (reader.matches('input, select, textarea') && reader.getAttribute('aria-invalid') !== 'true')
        faults.push(`not said to be invalid: ${reader.name}`);
    }
  }
  for (const id of errors.map(error => error.id)) {
    if (id && document.querySelectorAll(`[id="${id}"]`).length > 1) faults.push(`twice: ${id}`);
  }
  for (const link of document.querySelectorAll('.notice--wrong a')) {
    const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field?.matches('input, select, textarea, summary, [tabindex]'))
      faults.push(`leads to no field: ${link.hash}`);
  }
  const begins = document.activeElement;
  if (!begins?.matches('.notice[role=alert], [aria-invalid=true]'))
    faults.push(`focus is at ${begins?.tagName}`);
  return faults;
}
"""


async def sent_empty(page: Page, form: str) -> int:
    """Send a form with nothing in it and choices that there are not; return the answer's status."""
    found = page.locator(f"form{form}").last
    await found.evaluate(EMPTY)
    async with page.expect_navigation() as answered:
        await found.locator("button").last.evaluate("button => button.form.requestSubmit(button)")
    answer = await answered.value
    assert answer is not None
    return answer.status


async def untied(page: Page) -> list[str]:
    """Return where an error is not beside, not tied to its field, or not where the focus begins."""
    await page.wait_for_load_state()
    return [f"{page.url}: {fault}" for fault in await page.evaluate(UNTIED)]
