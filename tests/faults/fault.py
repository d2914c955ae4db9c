"""One fault: what it does, where it goes in, and the test that must see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`old` stands exactly once in `file`, a tracked file; with `new` in its place the test must fail.

    `complaint` is the number that tests/README.md explains, `seen_by` a test as pytest names it.
    """

    complaint: int
    what: str
    file: str
    old: str
    new: str
    seen_by: str

    @property
    def name(self) -> str:
        """Return what a test's case is called after."""
        return f"{self.complaint}: {self.what}"

    def put_into(self, text: str) -> str:
        """Return a file's text with the fault. Raises LookupError when the code has moved on."""
        found = text.count(self.old)
        if found != 1:
            raise LookupError(
                f"complaint {self.complaint} ({self.what}): the old text stands {found} times in "
                f"{self.file}, not once. Put its row in tests/faults/ right:\n{self.old}"
            )
        return text.replace(self.old, self.new)
