"""Every setting of the program, typed, with a working default for one machine."""

from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEVELOPMENT_SECRET = "development-only-secret-never-use-it-in-production"  # noqa: S105 (refused in production)
HTMX_CDN = "https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/dist/htmx.min.js"


class Settings(BaseSettings):
    """Read from the environment with the prefix TEQUIO_; docs/operators.md explains each to operators."""

    model_config = SettingsConfigDict(env_prefix="TEQUIO_", extra="ignore")

    database_url: str = Field("sqlite:///var/tequio.db", description="Where data lives: sqlite:///path or postgresql://…")
    secret_key: SecretStr = Field(SecretStr(DEVELOPMENT_SECRET), description="Signs forms and links; 32 random characters or more.")
    base_url: str = Field("http://127.0.0.1:8000", description="The address people type; decides cookies, HSTS and printed links.")
    workers: int = Field(1, ge=1, le=64, description="How many processes serve; one for each core is plenty.")
    bind: str = Field("127.0.0.1", description="The address the server listens on.")
    content_dir: Path = Field(Path("content"), description="The folder with the courses.")
    storage_url: str = Field("file:var/files", description="Where files such as certificates are kept.")
    mail_url: str = Field("folder:var/mail", description="folder:path in development, or smtp://user:password@host:587.")
    mail_from: str = Field("Tequio <no-reply@localhost>", description="The sender of mail.")
    htmx_url: str = Field(HTMX_CDN, description="Where browsers get htmx; '/static/…' or 'vendored' serves our own copy.")
    default_language: Literal["es", "en"] = Field("es", description="For people who ask for neither language.")
    default_region: str = Field("es-MX", description="How numbers and dates are written unless a person chooses.")
    site_name: str = Field("Tequio", description="Stands in titles and on certificates.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    log_format: Literal["json", "text"] = Field("json", description="json for machines, text for people.")
    metrics_token: SecretStr = Field(SecretStr(""), description="When set, /metrics asks for it as a bearer token.")
    trusted_proxies: str = Field("127.0.0.1", description="Addresses whose X-Forwarded-For is believed, separated by commas.")
    course_cache_megabytes: int = Field(64, description="Memory for compiled courses, per worker.")

    @property
    def is_secure(self) -> bool:
        """Whether people reach the site by https: decides cookie prefix, Secure and HSTS."""
        return self.base_url.startswith("https://")

    @property
    def is_production(self) -> bool:
        """An https address, or a server that other machines can reach."""
        return self.is_secure or not _is_loopback(self.bind)

    @property
    def origin(self) -> str:
        """Scheme, host and port of the site, as browsers send it in Origin."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def session_cookie(self) -> str:
        return "__Host-tequio" if self.is_secure else "tequio"

    def refuse_unsafe_production(self) -> None:
        """Raises SystemExit with the sentence that says what to set, when production would run on a known secret."""
        secret = self.secret_key.get_secret_value()
        if self.is_production and (secret == DEVELOPMENT_SECRET or len(secret) < 32):
            raise SystemExit(
                "Tequio will not start: set TEQUIO_SECRET_KEY to 32 or more random characters "
                "(for example the output of: python3 -c 'import secrets; print(secrets.token_urlsafe(48))')."
            )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
