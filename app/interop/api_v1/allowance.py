"""How much one address may ask: a leaky bucket in the memory of each process.

These are reads, and a read does not write, not even a counter: so the allowance does not survive a restart and several
workers give it once each. It keeps one careless program from taking the line of a classroom, and no more.
"""

import time
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address

from fastapi import Request

from app.kernel.errors import TooMany

MOST_ADDRESSES = 10_000  # remembered at once; the one that asked longest ago is forgotten


class Allowance:
    """`capacity` requests at once; an emptied allowance is whole again after `per_seconds`."""

    def __init__(self, capacity: int, per_seconds: float) -> None:
        self.capacity, self.per_seconds = capacity, per_seconds
        self.taken: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str, moment: float) -> float:
        """Takes one request. Returns 0.0, or the seconds until the next one can be had. `moment` is in seconds, of any clock."""
        level, since = self.taken.pop(who, (0.0, moment))
        level = max(0.0, level - (moment - since) * self.capacity / self.per_seconds)
        wait = max(0.0, (level + 1 - self.capacity) * self.per_seconds / self.capacity)
        self.taken[who] = (level if wait else level + 1, moment)
        if len(self.taken) > MOST_ADDRESSES:
            self.taken.popitem(last=False)
        return wait


allowance = Allowance(capacity=120, per_seconds=60)


async def within_allowance(request: Request) -> None:
    """A dependency of every route here. Raises TooMany."""
    host = request.client.host if request.client else ""
    if wait := allowance.take(network_of(host), time.monotonic()):
        raise TooMany(wait)


def network_of(host: str) -> str:
    """The part of an address that one household holds: all of IPv4, the first 64 bits of IPv6."""
    try:
        address = ip_address(host)
    except ValueError:
        return host[:100]
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else str(address)
