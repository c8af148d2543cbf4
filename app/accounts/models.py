"""People, the names they sign in with, their sessions and their roles."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

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
