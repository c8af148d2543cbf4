"""One-time codes: the printed one, the one a coordinator gives face to face, and those of the second factor.

The table keeps a hash. Until its page need not be shown again, it also keeps a seed from which this site alone can make
the code anew: a page that is reloaded, or a form that arrives twice, shows the same code.
"""

import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, update
from sqlmodel import Session, col, select

from app.accounts.models import RecoveryCode
from app.kernel.clock import now
from app.kernel.ids import READABLE, token
from app.kernel.settings import settings

PRINTED, IN_PERSON, SECOND_FACTOR = "printed", "in_person", "second_factor"
LENGTHS = {PRINTED: 16, IN_PERSON: 8, SECOND_FACTOR: 10}  # characters of five bits
SHOWN_FOR = timedelta(minutes=30)
IN_PERSON_VALID = timedelta(minutes=15)
LOOKALIKES = str.maketrans("OIL", "011")


def issue(db: Session, user_id: UUID, kind: str, *, issued_by: UUID | None = None, number: int = 1) -> list[RecoveryCode]:
    """Makes new codes of a kind; the person's earlier ones of it stop working."""
    db.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id, col(RecoveryCode.kind) == kind))
    expires = now() + IN_PERSON_VALID if kind == IN_PERSON else None
    made = []
    for _ in range(number):
        seed = token()
        code_hash = _hash(_code(seed, kind))
        made.append(RecoveryCode(user_id=user_id, kind=kind, code_hash=code_hash, seed=seed, issued_by=issued_by, expires_at=expires))
    db.add_all(made)
    db.flush()
    return made


def shown(db: Session, user_id: UUID, kind: str) -> list[str]:
    """The codes of a kind as people read them, while they may still be shown; else nothing."""
    fresh = select(RecoveryCode).where(
        RecoveryCode.user_id == user_id,
        RecoveryCode.kind == kind,
        RecoveryCode.seed != "",
        col(RecoveryCode.used_at).is_(None),
        col(RecoveryCode.created_at) > now() - SHOWN_FOR,
        or_(col(RecoveryCode.expires_at).is_(None), col(RecoveryCode.expires_at) > now()),
    )
    return [grouped(_code(row.seed, row.kind)) for row in db.exec(fresh.order_by(col(RecoveryCode.code_hash)))]


def hide(db: Session, user_id: UUID, kind: str) -> None:
    """The person has written them down: they are not shown again."""
    db.execute(update(RecoveryCode).where(col(RecoveryCode.user_id) == user_id, col(RecoveryCode.kind) == kind).values(seed=""))


def unused(db: Session, user_id: UUID, kind: str) -> int:
    """How many codes of a kind still work."""
    return len(db.exec(select(RecoveryCode.id).where(*_works(user_id, (kind,)))).all())


def find(db: Session, user_id: UUID, typed: str, *kinds: str) -> UUID | None:
    """The id of the working code that was typed, or None."""
    return db.exec(select(RecoveryCode.id).where(*_works(user_id, kinds), RecoveryCode.code_hash == _hash(typed_code(typed)))).first()


def use(db: Session, code_id: UUID) -> str | None:
    """Uses a code up; returns its kind, or None when somebody was quicker."""
    used = update(RecoveryCode).where(col(RecoveryCode.id) == code_id, col(RecoveryCode.used_at).is_(None)).values(used_at=now(), seed="")
    return db.execute(used.returning(col(RecoveryCode.kind))).scalar()


def typed_code(text: str) -> str:
    """What was typed, without spaces and dashes, with letters that look like digits read as digits."""
    return "".join(c for c in text.upper().translate(LOOKALIKES) if c in READABLE)


def grouped(code: str) -> str:
    """In groups of four or five, as they are copied by hand."""
    size = 5 if len(code) == 10 else 4
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def forget_old(db: Session) -> None:
    """Empties the seeds of codes that are no longer shown, and drops codes that ran out."""
    db.execute(update(RecoveryCode).where(col(RecoveryCode.created_at) < now() - SHOWN_FOR, col(RecoveryCode.seed) != "").values(seed=""))
    db.execute(delete(RecoveryCode).where(col(RecoveryCode.expires_at) < now() - timedelta(days=1)))


def _works(user_id: UUID, kinds: tuple[str, ...]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(RecoveryCode.user_id) == user_id,
        col(RecoveryCode.kind).in_(kinds),
        col(RecoveryCode.used_at).is_(None),
        or_(col(RecoveryCode.expires_at).is_(None), col(RecoveryCode.expires_at) > now()),
    )


def _code(seed: str, kind: str) -> str:
    digest = hmac.new(settings().secret_key.get_secret_value().encode(), f"code:{kind}:{seed}".encode(), hashlib.sha256).digest()
    return "".join(READABLE[byte % 32] for byte in digest[: LENGTHS[kind]])


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
