"""What the demo's offerings ask, advise and promise, and what its advisers say of themselves: all made up."""

from booking.offering import Advice
from booking.question import Question, QuestionKind
from booking.texts import Texts


def three(fi: str, sv: str, en: str) -> Texts:
    return {"fi": fi, "sv": sv, "en": en}


MORTGAGE_QUESTIONS = (
    Question(
        key="matter",
        kind=QuestionKind.CHOICE,
        labels=three("Mistä lainassa on kyse?", "Vad gäller lånet?", "What is the loan about?"),
        choices=(
            three("Ensiasunto", "Första bostad", "First home"),
            three("Asunnon vaihto", "Byte av bostad", "Changing homes"),
            three("Nykyisen lainan muutos", "Ändring av ett nuvarande lån", "Change to a present loan"),
        ),
    ),
    Question(
        key="amount",
        kind=QuestionKind.NUMBER,
        labels=three(
            "Kuinka suuri laina olisi? (euroa)",
            "Hur stort skulle lånet vara? (euro)",
            "How large a loan? (euros)",
        ),
    ),
    Question(
        key="papers",
        kind=QuestionKind.FILE,
        labels=three(
            "Asiakirja, jonka haluatte käydä läpi",
            "En handling som ni vill gå igenom",
            "A document that you would like to go through",
        ),
    ),
)

NURSE_QUESTIONS = (
    Question(
        key="since",
        kind=QuestionKind.DATE,
        labels=three(
            "Mistä lähtien vaiva on ollut?",
            "Sedan när har besväret funnits?",
            "Since when has it troubled you?",
        ),
    ),
    Question(
        key="wishes",
        kind=QuestionKind.TEXT,
        labels=three(
            "Mitä toivotte vastaanotolta?",
            "Vad önskar ni av mottagningen?",
            "What do you hope for from the appointment?",
        ),
    ),
)

MORTGAGE_ADVICE = (
    Advice(
        three("Asuntolainan ehdot pähkinänkuoressa", "Bolånets villkor i korthet", "Mortgages in brief"),
        three(
            "Kilpailu- ja kuluttajavirasto kertoo, mitä lainatarjouksesta kannattaa katsoa.",
            "Konkurrens- och konsumentverket berättar vad som är viktigt i ett låneerbjudande.",
            "The Finnish consumer authority tells what to look at in an offer of a loan.",
        ),
        "https://www.kkv.fi/",
    ),
)

NURSE_ADVICE = (
    Advice(
        three("Flunssa tai kuume", "Förkylning eller feber", "A cold or a fever"),
        three(
            "Lepo ja juominen auttavat useimmiten. Kysykää neuvoa, jos kuume kestää yli kolme päivää.",
            "Vila och tillräckligt med vätska hjälper oftast. Be om råd om febern varar i mer än tre dagar.",
            "Rest and enough to drink mostly help. Ask for advice when a fever lasts over three days.",
        ),
    ),
    Advice(
        three("Omahoito-ohjeita", "Råd om egenvård", "Looking after yourself"),
        three(
            "Terveyskylä neuvoo yleisimmissä vaivoissa.",
            "Hälsobyn ger råd om de vanligaste besvären.",
            "The Health Village advises on the most common troubles.",
        ),
        "https://www.terveyskyla.fi/",
    ),
)

PRICES = three("Maksuton", "Avgiftsfritt", "Free of charge")

TERMS = three(
    "Ajan voi siirtää tai perua maksutta alkuun asti. Tapaamista ei tallenneta. "
    "Toimitetut asiakirjat nähdään vain tapaamisessa.",
    "Tiden kan flyttas eller avbokas utan kostnad fram till start. Mötet spelas inte in. "
    "Inlämnade handlingar ses bara på mötet.",
    "You can move or cancel without cost until the start. The meeting is not recorded. "
    "Documents that you hand in are seen in the meeting only.",
)

ILMARI_SAYS = three(
    "Olen auttanut asunnonostajia kaksikymmentä vuotta. Kysykää rohkeasti, mikään kysymys ei ole tyhmä.",
    "Jag har hjälpt bostadsköpare i tjugo år. Fråga gärna, ingen fråga är dum.",
    "I have helped buyers of homes for twenty years. Do ask: no question is a silly one.",
)
AINIKKI_SAYS = three(
    "Käyn lainan läpi kohta kohdalta ja selkeästi.",
    "Jag går igenom lånet tydligt och punkt för punkt.",
    "I go through a loan point by point, and in plain words.",
)
LOUHI_SAYS = three(
    "Terveydenhoitaja Pohjolasta. Kuuntelen ensin ja neuvon sitten.",
    "Hälsovårdare från Pohjola. Jag lyssnar först och ger råd sedan.",
    "A nurse from Pohjola. I listen first, and advise then.",
)
