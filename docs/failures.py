"""Prints the list of failures from the code: `python -m docs.failures > docs/failures.md`."""

import sys

from web.failure_list import markdown

if __name__ == "__main__":
    sys.stdout.write(markdown())
