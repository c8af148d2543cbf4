"""How often somebody may try. Counted per account, per account and address, per known browser, and per address.

A classroom of thirty signs up from one address in minutes; a guesser gets about one try a minute at one account; a
browser that has signed in before has tries of its own, so that a guesser elsewhere does not lock its owner out.
Neither names nor addresses are stored: the keys are keyed hashes.
"""

import hashlib
import hmac
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from sqlmodel import Session

from app.kernel import rate_limits
from app.kernel.settings import settings


@dataclass(frozen=True)
class Limit:
    """So many tries at once; the bucket empties in `per_seconds`."""

    name: str
    capacity: int
    per_seconds: float


SIGN_UP_BY_ADDRESS = Limit("sign-up-address", 200, 3600)
BY_ADDRESS = Limit("sign-in-address", 300, 1200)
BY_ACCOUNT = Limit("sign-in-account", 60, 3600)
BY_ACCOUNT_AND_ADDRESS = Limit("sign-in-both", 8, 480)
BY_KNOWN_BROWSER = Limit("sign-in-browser", 8, 480)
MAIL_BY_ACCOUNT = Limit("mail-account", 3, 3600)
MAIL_BY_ADDRESS = Limit("mail-address", 60, 3600)
SECOND_FACTOR = Limit("second-factor", 6, 360)
OWN_PASSPHRASE = Limit("own-passphrase", 8, 480)


def wait_for(db: Session, *takes: tuple[Limit, str]) -> float:
    """Takes one try of each; returns 0, or the seconds to wait when one is used up. Return, never raise, after it."""
    for limit, who in takes:
        if wait := rate_limits.take(db, _key(limit, who), limit.capacity, limit.per_seconds):
            return wait
    return 0.0


def forgive(db: Session, *takes: tuple[Limit, str]) -> None:
    """Forgets earlier failures after a success."""
    for limit, who in takes:
        rate_limits.give_back(db, _key(limit, who))


def network_of(host: str) -> str:
    """The part of an address that one household or one guesser holds: all of IPv4, the first 64 bits of IPv6."""
    try:
        address = ip_address(host)
    except ValueError:
        return host[:100]
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else str(address)


def _key(limit: Limit, who: str) -> str:
    secret = settings().secret_key.get_secret_value().encode()
    return f"{limit.name}:{hmac.new(secret, who.encode(), hashlib.sha256).hexdigest()[:32]}"
