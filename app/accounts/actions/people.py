"""What staff do to other people's accounts. Every one of these is audited."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.accounts import codes
from app.accounts.models import Invitation, RoleGrant, User
from app.accounts.policies import Scope
from app.accounts.sessions import end_sessions
from app.kernel import audit, signing
from app.kernel.clock import now

INVITATION_VALID = timedelta(days=7)


def grant_role(db: Session, user_id: UUID, role: str, scope: Scope, *, by: UUID | None) -> RoleGrant:
    """Gives somebody a role in a scope. A role they hold there already stays as it is."""
    db.get(User, user_id, with_for_update=True)  # one at a time, so that the same role is not given twice
    held = select(RoleGrant).where(
        RoleGrant.user_id == user_id,
        RoleGrant.role == role,
        RoleGrant.scope_kind == scope[0],
        RoleGrant.scope_id == scope[1],
        col(RoleGrant.revoked_at).is_(None),
    )
    if (found := db.exec(held).first()) is not None:
        return found
    grant = RoleGrant(user_id=user_id, role=role, scope_kind=scope[0], scope_id=scope[1], granted_by=by)
    db.add(grant)
    if role != "learner":
        db.get_one(User, user_id).is_staff = True
    audit.record(db, by, "grant_role", f"user:{user_id}", role=role, scope=list(scope))
    db.flush()
    return grant


def revoke_role(db: Session, grant: RoleGrant, *, by: UUID) -> None:
    grant.revoked_at = now()
    audit.record(db, by, "revoke_role", f"user:{grant.user_id}", role=grant.role, scope=[grant.scope_kind, grant.scope_id])


def disable(db: Session, user: User, *, by: UUID) -> None:
    """Switches an account off; its sessions end. What the person has done stays."""
    if user.disabled_at is None:
        user.disabled_at = now()
        audit.record(db, by, "disable_account", f"user:{user.id}")
    end_sessions(db, user.id)


def enable(db: Session, user: User, *, by: UUID) -> None:
    if user.disabled_at is not None:
        user.disabled_at = None
        audit.record(db, by, "enable_account", f"user:{user.id}")


def issue_code(db: Session, user_id: UUID, *, by: UUID) -> None:
    """Makes a code that lets somebody back in who stands before the coordinator."""
    codes.issue(db, user_id, codes.IN_PERSON, issued_by=by)
    audit.record(db, by, "issue_recovery_code", f"user:{user_id}")


def invite(db: Session, role: str, scope: Scope, *, by: UUID) -> Invitation:
    invitation = Invitation(role=role, scope_kind=scope[0], scope_id=scope[1], invited_by=by, expires_at=now() + INVITATION_VALID)
    db.add(invitation)
    db.flush()
    audit.record(db, by, "invite", f"invitation:{invitation.id}", role=role, scope=list(scope))
    return invitation


def withdraw_invitation(db: Session, invitation: Invitation, *, by: UUID) -> None:
    if invitation.withdrawn_at is None and invitation.accepted_at is None:
        invitation.withdrawn_at = now()
        audit.record(db, by, "withdraw_invitation", f"invitation:{invitation.id}")


def token_of(invitation: Invitation) -> str:
    """What the link carries: the invitation, signed, so that nothing secret is stored."""
    return signing.sign("invitation", invitation.id.hex)


def invitation_by(db: Session, token: str) -> Invitation | None:
    """The invitation of a link while it can be accepted, or by whoever has accepted it; None for any other."""
    value = signing.read_signed("invitation", token, int(INVITATION_VALID.total_seconds()) + 60)
    invitation = db.get(Invitation, UUID(value)) if isinstance(value, str) else None
    if invitation is None or invitation.withdrawn_at is not None or invitation.expires_at < now():
        return None
    return invitation


def accept(db: Session, invitation: Invitation, user_id: UUID) -> bool:
    """Takes up an invitation. False when somebody else was first."""
    mine = update(Invitation).where(col(Invitation.id) == invitation.id, col(Invitation.accepted_at).is_(None))
    taken = db.execute(mine.values(accepted_at=now(), accepted_by=user_id).returning(col(Invitation.id))).first()
    if taken is None:
        return invitation.accepted_by == user_id
    audit.record(db, user_id, "accept_invitation", f"invitation:{invitation.id}")
    grant_role(db, user_id, invitation.role, (invitation.scope_kind, invitation.scope_id), by=invitation.invited_by)
    return True
