"""Forms of accounts."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, field_validator

from app.accounts.names import called_by
from app.accounts.passphrases import LONGEST
from app.accounts.policies import Scope
from app.kernel.errors import N_

Region = Literal["es-MX", "es-EC", "en-US", "es-US"]
Language = Literal["es", "en"]
CalledBy = Annotated[str, Field(max_length=80), AfterValidator(called_by)]
Passphrase = Annotated[str, Field(max_length=LONGEST)]
Typed = Annotated[str, Field(max_length=200)]


class SignUpForm(BaseModel):
    name: CalledBy
    identifier: Typed
    passphrase: Passphrase
    region: Region = "es-MX"
    shared: bool = False
    next: str = ""


class SignInForm(BaseModel):
    identifier: Typed
    passphrase: Passphrase
    shared: bool = False
    next: str = ""
    carried: str = ""


class RecoverByCodeForm(BaseModel):
    identifier: Typed
    code: Annotated[str, Field(max_length=40)]
    passphrase: Passphrase
    shared: bool = False


class RecoverByMailForm(BaseModel):
    email: Typed


class NewPassphraseForm(BaseModel):
    passphrase: Passphrase


class ProfileForm(BaseModel):
    name: CalledBy
    language: Language
    region: Region


class ChangePassphraseForm(BaseModel):
    current: Passphrase
    passphrase: Passphrase


class ConfirmForm(BaseModel):
    current: Passphrase


class SecondFactorForm(BaseModel):
    code: Annotated[str, Field(max_length=40)]
    next: str = ""
    carried: str = ""


class EraseForm(BaseModel):
    current: Passphrase
    certificates: Literal["keep", "withdraw"]


class ScopedRole(BaseModel):
    role: Literal["learner", "author", "mentor", "coordinator", "administrator"]
    scope_kind: Literal["site", "partner", "course", "cohort"] = "site"
    scope_id: Annotated[str, Field(max_length=80)] = ""

    @property
    def scope(self) -> Scope:
        return (self.scope_kind, self.scope_id)

    @field_validator("scope_id")
    @classmethod
    def _readable(cls, value: str) -> str:
        if not all(c.isalnum() or c in "-_." for c in value):
            raise ValueError(N_("Only letters, numbers, dots and dashes."))
        return value
