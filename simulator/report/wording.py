"""Words for codes: parts, outcomes, strength of evidence, consequences, endings."""

from __future__ import annotations

from simulator.caller import Reason
from simulator.codebook import Codebook, PartName, Strategy
from simulator.language import N_, _, language

PART_NAMES: dict[PartName, str] = {
    "opening": N_("Öppning"),
    "listening": N_("Lyssna"),
    "asking": N_("Fråga"),
    "informing": N_("Informera"),
    "helping": N_("Hjälpa vidare"),
    "closing": N_("Avsluta"),
}

FAMILIES: dict[str, str] = {
    "pengar": N_("Pengar"),
    "underhall": N_("Underhåll"),
    "vald": N_("Våld"),
    "sjukskrivning": N_("Sjukskrivning"),
    "barnet": N_("Barnets situation"),
}

MODES = {
    "coach": (N_("Med coach"), N_("råd efter varje tur")),
    "call": (N_("Samtal"), N_("inget förrän efteråt")),
    "exam": (N_("Prov"), N_("ingen hjälp, inget ångras")),
}

BELIEVED = {"yes": N_("ja"), "partly": N_("delvis"), "no": N_("nej")}

GAPS = {
    "over": N_("du trodde mer än orden visar"),
    "under": N_("orden visar mer än du trodde"),
    "alike": N_("ni ser lika"),
    "unknown": N_("osäkert hört, går inte att jämföra"),
}

STRENGTH = {
    "O+": N_("god praxis iakttagen i myndighetens egna samtal"),
    "O-": N_("felet iakttaget i myndighetens egna samtal"),
    "C": N_("inringarens sida iakttagen i myndighetens egna samtal"),
    "S": N_("närliggande studie med räkning eller försök"),
    "s": N_("närliggande studie, kvalitativ"),
    "G": N_("vägledning eller regel"),
    "R": N_("äldre samtalsforskning som inte kontrollerats här"),
    "I": N_("vår slutledning"),
}

RULE_STATUS = {
    "SEEN-LAW": N_("läst i lagtexten"),
    "SEEN": N_("läst hos den som äger uppgiften"),
    "SEEN-2nd": N_("läst i andra hand, kontrollera"),
    "COMPUTED": N_("uträknat ur lagtexten"),
    "INFERRED": N_("vår slutledning, kontrollera"),
    "CONFLICT": N_("källorna säger olika, kontrollera"),
}

MARKS = {
    "violence": N_("våld"),
    "suicide": N_("självmordstankar"),
    "children": N_("barn"),
    "money": N_("pengar"),
    "illness": N_("sjukdom"),
}

OUTCOMES = {
    "met": N_("gjort"),
    "missed": N_("missat"),
    "broken": N_("gick emot"),
    "unsure": N_("osäker läsning"),
}

QUANTITIES = {
    "trust": N_("förtroende"),
    "distress": N_("oro"),
    "understanding": N_("förståelse"),
    "patience": N_("tålamod"),
}

_CONSEQUENCES = {
    "denied-tilted": N_("{she} sa nej, för frågan var byggd för ett nej. Det stämde inte."),
    "too-early": N_("{she} svarade undvikande: frågan var rak men kom innan {she_low} vågade."),
    "held-back": N_("{she} var på väg att säga något och teg."),
    "opened": N_("Det fick {her} att berätta ett steg till."),
    "opened-follow-up": N_("Ett nej är inte slutet: följdfrågan öppnade."),
    "stung": N_("{she} tog illa vid sig."),
    "unanswered": N_("{she} fick ta upp sitt ärende en gång till."),
}

SHUT = frozenset({"denied-tilted", "held-back"})
"""Reasons that say that she closed up."""

EVENTS = {
    "empty": N_("tystnad"),
    "nonsense": N_("obegripligt"),
    "english": N_("annat språk"),
    "off-topic": N_("annat ämne"),
    "abuse": N_("kränkande ord"),
    "stalled": N_("kom inte vidare"),
    "unanswered": N_("ärendet utan svar"),
}
"""Events that change the caller's state; what it costs to tell is named by the caller act."""

ENDINGS = {
    "good": N_("Du avslutade samtalet. {name} hade fått svar och känt att någon lyssnade."),
    "flat": N_("Du avslutade samtalet. {name} hade fått svar på sitt ärende."),
    "unfinished": N_("Du avslutade samtalet medan något hängde i luften."),
    "worn-out": N_("{name} lade på: tålamodet eller förtroendet tog slut."),
    "abuse": N_("{name} lade på efter de kränkande orden."),
    "nothing-left": N_("{name} gav upp och lade på."),
    "must-go": N_("{name} var tvungen att gå."),
    "left": N_("Samtalet lämnades."),
    "at-once": N_("Du lade på innan {name} hann säga något."),
}

ENDED_SHORT = {
    "good": N_("gott slut"),
    "flat": N_("ärendet klart"),
    "unfinished": N_("oavslutat"),
    "worn-out": N_("lade på"),
    "abuse": N_("lade på efter kränkning"),
    "nothing-left": N_("gav upp"),
    "must-go": N_("fick gå"),
}
"""How a call ended, in a word or two."""

PRONOUNS = {"hon": ("Hon", "hon", "henne"), "han": ("Han", "han", "honom"), "hen": ("Hen", "hen", "hen")}
_PRONOUNS_EN = {"hon": ("She", "she", "her"), "han": ("He", "he", "him"), "hen": ("They", "they", "them")}


def no_total(why: str) -> str:
    """Why a call got no figure."""
    if why == "too-short":
        return _("Samtalet är för kort för att bedömas. Fyra egna turer är det minsta.")
    return _("För få tillfällen uppstod för att ge en siffra.")


def signed(change: float) -> str:
    """A change with its sign, as the language writes it."""
    text = f"{abs(change):.2f}"
    return ("+" if change >= 0 else "−") + (text.replace(".", ",") if language() == "sv" else text)


def consequence(reason: Reason, pronoun: str) -> str:
    """What the caller did and why, in a sentence; empty for codes that are not shown."""
    she, she_low, her = (_PRONOUNS_EN if language() == "en" else PRONOUNS)[pronoun]
    template = _CONSEQUENCES.get(reason.code)
    return _(template).format(she=she, she_low=she_low, her=her) if template else ""


def ending(reason: str, name: str) -> str:
    """How the call ended."""
    return _(ENDINGS.get(reason, ENDINGS["left"])).format(name=name)


def ended_short(reason: str) -> str:
    """How the call ended, in a word or two."""
    return _(ENDED_SHORT.get(reason, reason))


def strength(strategy: Strategy) -> str:
    """How well a strategy is supported, in words; says so plainly where it rests on inference."""
    words = "; ".join(_(STRENGTH[code]) for code in strategy.evidence)
    if strategy.inferred:
        return _("vilar på slutledning ({words}), väger därför hälften").format(words=words)
    return words


def cause(code: str, book: Codebook) -> str:
    """What changed the caller's state: a move's name, or an event's."""
    if code in book.moves:
        move = book.moves[code]
        return move.en if language() == "en" else move.sv
    if code in book.acts:
        return book.acts[code].en if language() == "en" else book.acts[code].sv
    return _(EVENTS.get(code, code))


def sources(strategy: Strategy, book: Codebook) -> str:
    """The studies behind a strategy, short."""
    return "; ".join(book.studies[name].short for name in strategy.sources)
