"""What people type as their name, and what it is compared by."""

import unicodedata
from dataclasses import dataclass

import phonenumbers

from app.kernel.errors import N_
from app.kernel.i18n import REGIONS

USERNAME_MARKS = "._-"
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@dataclass(frozen=True)
class SignInName:
    """A name under which somebody signs in. `issuer` is username, phone or email; `subject` is comparable as it is."""

    issuer: str
    subject: str


def search_key(text: str) -> str:
    """Text without case, accents and compatibility forms: "José" and "JOSE" are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


def called_by(text: str) -> str:
    """A name as it is shown: any script, emoji too, in one line. Raises ValueError when nothing visible is left."""
    line = " ".join("".join(c for c in text if c not in DIRECTION_MARKS).split())
    if not any(unicodedata.category(c)[0] in "LNSP" for c in line):
        raise ValueError(N_("Write the name we should call you by."))
    return line


def country_of(region: str) -> str:
    return region.rpartition("-")[2]


def sign_in_name(typed: str, region: str) -> SignInName:
    """Reads a username, phone number or e-mail address. Raises ValueError with the sentence that says what is wrong."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if "@" in text:
        return SignInName("email", _email(text))
    if _looks_like_phone(text):
        number = _phone(text, country_of(region))
        if number is None:
            raise ValueError(N_("This phone number is not complete. Write all its digits, for example +52 55 1234 5678."))
        return SignInName("phone", number)
    return SignInName("username", _username(text))


def possible_names(typed: str, region: str) -> list[SignInName]:
    """Every name that somebody may mean who signs in: a phone number without its country is tried in each of ours."""
    found: list[SignInName] = []
    for candidate in (region, *REGIONS):
        try:
            name = sign_in_name(typed, candidate)
        except ValueError:
            continue
        if name not in found:
            found.append(name)
    return found


def masked(name: SignInName) -> str:
    """A name as staff see it: enough to recognise a person by, not enough to write to them."""
    if name.issuer == "phone":
        return "•••• " + name.subject[-4:]
    if name.issuer == "email":
        local, _, domain = name.subject.partition("@")
        return f"{local[:2]}•••@{domain}"
    return name.subject


def _email(text: str) -> str:
    local, _, domain = text.rpartition("@")
    if not local or "@" in local or "." not in domain.strip(".") or any(c.isspace() for c in text) or len(text) > 100:
        raise ValueError(N_("This e-mail address is not complete, for example lina@example.org."))
    return f"{local}@{domain}".casefold()


def _looks_like_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return digits >= 6 and all(c.isdigit() or c in "+-() ./" for c in text)


def _phone(text: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _username(text: str) -> str:
    key = search_key(text)
    if len(key) < 3 or len(key) > 40:
        raise ValueError(N_("A username has 3 to 40 letters and numbers."))
    if not all(c.isalnum() or c in USERNAME_MARKS for c in key) or not any(c.isalpha() for c in key):
        raise ValueError(N_("A username has letters, numbers, dots and dashes, without spaces."))
    return key
