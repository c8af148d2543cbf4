"""The verbs of the shell: `tequio --help` lists them."""

import os

import typer

from app.kernel.settings import settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Tequio: courses, people, certificates, operation.")


@app.command()
def migrate(revision: str = "head") -> None:
    """Brings the database to a revision (the newest, unless another is named)."""
    from app.kernel.migrations import upgrade

    upgrade(settings().database_url, revision)
    typer.echo(f"The database is at {revision}.")


@app.command()
def serve(
    port: int = typer.Option(int(os.environ.get("PORT", "8000")), help="The port to listen on."),
    workers: int = typer.Option(1, help="How many processes serve."),
) -> None:
    """Serves the site with uvicorn."""
    import uvicorn

    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=settings().bind,
        port=port,
        workers=workers,
        access_log=False,
        log_config=None,
        proxy_headers=True,
        forwarded_allow_ips=settings().trusted_proxies,
        timeout_graceful_shutdown=20,
        server_header=False,
        date_header=True,
        loop="uvloop",
        http="httptools",
    )


def main() -> None:
    app()
