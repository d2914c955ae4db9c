"""What a look of `kohtaamo check` finds wrong."""


class Unsound(Exception):
    """One thing is not as it should be; the text says what to do."""
