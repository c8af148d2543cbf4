"""People, the names they sign in with, their sessions, their roles, and their ways back in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, event
from sqlmodel import Field, SQLModel

from app.accounts.names import search_key
from app.kernel.clock import now
from app.kernel.ids import new_id


class User(SQLModel, table=True):
    """A person. `name` is what they want to be called by; it need not be their own."""

    __tablename__ = "users"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(max_length=80)
    passphrase_hash: str = Field(default="", max_length=200)
    language: str = Field(default="es", max_length=2)
    region: str = Field(default="es-MX", max_length=5)
    is_staff: bool = Field(default=False, description="Holds or held a role other than learner: look at role_grants.")
    created_at: datetime = Field(default_factory=now)
    disabled_at: datetime | None = None
    erased_at: datetime | None = None
    search_name: str = Field(default="", max_length=160, index=True, description="The name without case and accents, kept by an event.")


@event.listens_for(User, "before_insert")
@event.listens_for(User, "before_update")
def _keep_search_name(_mapper: Any, _connection: Any, user: User) -> None:
    user.search_name = search_key(user.name)[:160]  # one character may become many


class Identity(SQLModel, table=True):
    """A name under which a person signs in. Issuers: username, phone, email; other sites' later."""

    __tablename__ = "identities"
    __table_args__ = (Index("ux_identities_issuer_subject", "issuer", "subject", unique=True),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    issuer: str = Field(max_length=120)
    subject: str = Field(max_length=200)
    verified_at: datetime | None = None
    created_at: datetime = Field(default_factory=now)


class UserSession(SQLModel, table=True):
    """A signed-in browser. The cookie holds a secret; the table only its hash."""

    __tablename__ = "sessions"

    token_hash: str = Field(primary_key=True, max_length=64)
    id: UUID = Field(default_factory=new_id, unique=True)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    device: str = Field(default="", max_length=80)
    is_shared: bool = False
    assurance: int = Field(default=1, description="1: passphrase; 2: a second factor as well.")
    created_at: datetime = Field(default_factory=now)
    seen_at: datetime = Field(default_factory=now)
    expires_at: datetime = Field(index=True)


class RoleGrant(SQLModel, table=True):
    """A role somebody holds, within a scope: the whole site, a partner, a course or a cohort."""

    __tablename__ = "role_grants"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    role: str = Field(max_length=20)
    scope_kind: str = Field(default="site", max_length=20)
    scope_id: str = Field(default="", max_length=80)
    granted_by: UUID | None = None
    granted_at: datetime = Field(default_factory=now)
    revoked_at: datetime | None = None


class RecoveryCode(SQLModel, table=True):
    """A code that opens the way back in, once. Kinds: printed, in_person, second_factor.

    `seed` makes the code again (with the secret key) while its page may still be shown; then it is emptied.
    """

    __tablename__ = "recovery_codes"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    kind: str = Field(max_length=20)
    code_hash: str = Field(max_length=64)
    seed: str = Field(default="", max_length=64)
    issued_by: UUID | None = None
    created_at: datetime = Field(default_factory=now)
    expires_at: datetime | None = None
    used_at: datetime | None = None


class SecondFactor(SQLModel, table=True):
    """The secret that a person's authenticator shares with us. `last_step` keeps a code from working twice."""

    __tablename__ = "second_factors"

    user_id: UUID = Field(foreign_key="users.id", primary_key=True, ondelete="CASCADE")
    secret: str = Field(max_length=64)
    confirmed_at: datetime | None = None
    last_step: int = 0
    created_at: datetime = Field(default_factory=now)


class Invitation(SQLModel, table=True):
    """A role, offered by a link to whoever holds it first."""

    __tablename__ = "invitations"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    role: str = Field(max_length=20)
    scope_kind: str = Field(default="site", max_length=20)
    scope_id: str = Field(default="", max_length=80)
    invited_by: UUID
    created_at: datetime = Field(default_factory=now)
    expires_at: datetime
    accepted_by: UUID | None = None
    accepted_at: datetime | None = None
    withdrawn_at: datetime | None = None
