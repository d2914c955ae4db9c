"""What documents refuse, as values without prose.

signalling.errors.Refusal
└── DocumentRefused
    ├── NotADocument         neither PDF, PNG nor JPEG by its own first bytes, or too broken to open
    ├── Encrypted            opens with a password only
    ├── TooLarge             more bytes than one document may have; carries how many may be
    ├── TooManyPages         carries how many may be
    ├── TooManyDocuments     the appointment has as many as it may; carries how many may be
    ├── ConversionFailed     no picture came of it within the limits of time and memory
    └── DocumentNotFound     no such document or page, or not for the asker's eyes
"""

from signalling.errors import Refusal


class DocumentRefused(Refusal):
    """The root of what is refused about a document."""


class NotADocument(DocumentRefused):
    pass


class Encrypted(DocumentRefused):
    pass


class TooLarge(DocumentRefused):
    def __init__(self, most_bytes: int) -> None:
        super().__init__(most_bytes)
        self.most_bytes = most_bytes


class TooManyPages(DocumentRefused):
    def __init__(self, most_pages: int) -> None:
        super().__init__(most_pages)
        self.most_pages = most_pages


class TooManyDocuments(DocumentRefused):
    def __init__(self, most_documents: int) -> None:
        super().__init__(most_documents)
        self.most_documents = most_documents


class ConversionFailed(DocumentRefused):
    pass


class DocumentNotFound(DocumentRefused):
    pass
