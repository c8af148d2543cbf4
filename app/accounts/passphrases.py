"""Passphrases: which are good enough, and how they are kept (argon2id).

Hashing takes a fifth of a second and 64 MiB, so it has two threads of its own and never runs inside a unit.
"""

import runpy
import unicodedata
from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts.names import search_key
from app.kernel.errors import N_

SHORTEST = 10
LONGEST = 200
HINT = N_("At least 10 characters. Three or four words that only you would put together are good.")

_hasher = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)
_lane = ThreadPoolExecutor(2, "hash")


async def hash_of_passphrase(passphrase: str) -> str:
    return await get_running_loop().run_in_executor(_lane, hash_now, passphrase)


async def is_right(stored: str, passphrase: str) -> bool:
    """Whether the passphrase fits the stored hash. An empty hash never fits, and takes as long to say so."""
    return await get_running_loop().run_in_executor(_lane, _verify, stored, passphrase)


def hash_now(passphrase: str) -> str:
    """For the shell; requests use `hash_of_passphrase`."""
    return _hasher.hash(_normal(passphrase))


def is_outdated(stored: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


async def refusal_of(passphrase: str, *names: str) -> str:
    """The sentence (a message id) that says why a passphrase is not good enough, or nothing when it is."""
    return await get_running_loop().run_in_executor(_lane, refusal_now, passphrase, *names)


def refusal_now(passphrase: str, *names: str) -> str:
    text = _normal(passphrase)
    key = search_key(text)
    if len(text) < SHORTEST:
        return N_("Write at least 10 characters.")
    if len(text) > LONGEST:
        return N_("Write at most 200 characters.")
    if key in _common() or len(set(key)) < 4:
        return N_("Too many people use this one. Put three or four words together that only you would choose.")
    if key in {search_key(name) for name in names}:
        return N_("Do not use your own name as your passphrase.")
    return ""


def _verify(stored: str, passphrase: str) -> bool:
    try:
        return _hasher.verify(stored or _nobody(), _normal(passphrase)) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def _normal(passphrase: str) -> str:
    """One form for one passphrase, whatever keyboard it was typed on; phones add a space at the end."""
    return unicodedata.normalize("NFKC", passphrase).strip()


@lru_cache
def _nobody() -> str:
    """What unknown names are compared with, so that they answer as slowly as known ones."""
    return _hasher.hash("nobody has this passphrase")


@lru_cache
def _common() -> frozenset[str]:
    """Common passwords and words of ten or more characters, from the lists that zxcvbn carries; nothing else of it is loaded."""
    spec = find_spec("zxcvbn")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The list of common passwords is missing: install zxcvbn.")
    lists = runpy.run_path(str(Path(spec.submodule_search_locations[0]) / "frequency_lists.py"))["FREQUENCY_LISTS"]
    return frozenset(search_key(word) for words in lists.values() for word in words if len(word) >= SHORTEST)
