"""compose.yaml is what the documents describe: two services, guarded, with every secret asked for."""

import re
import sys
from pathlib import Path
from typing import Any

import yaml

from app.kernel.settings import Settings

FILE = Path(__file__).parents[2] / "compose.yaml"
SECRETS = ("TEQUIO_SECRET_KEY", "TEQUIO_BASE_URL", "POSTGRES_PASSWORD")


def faults(text: str) -> list[str]:
    """Everything that is wrong with a compose file, in sentences."""
    try:
        described: dict[str, Any] = yaml.safe_load(text)
    except yaml.YAMLError as error:
        return [f"compose.yaml is no YAML: {error}"]
    services, volumes = described.get("services", {}), described.get("volumes", {})
    if set(services) != {"site", "database"}:
        return [f"compose.yaml has the services {sorted(services)}; site and database were expected."]
    found = [f"{name} must be asked for: ${{{name}:?…}}." for name in SECRETS if f"${{{name}:?" not in text]
    known = {f"TEQUIO_{name.upper()}" for name in Settings.model_fields}
    found += [f"{name} is no setting." for name in sorted(set(re.findall(r"TEQUIO_[A-Z_]+", text)) - known)]
    site = services["site"]
    guarded = site.get("read_only") and site.get("cap_drop") == ["ALL"] and "no-new-privileges:true" in site.get("security_opt", [])
    found += [] if guarded else ["The site must run with a read-only root, without capabilities and new privileges."]
    for name, service in services.items():
        mounted = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        found += [f"{name} mounts {volume}, which is not declared." for volume in sorted(mounted - set(volumes))]
        found += [f"{name} opens {port} to other machines." for port in service.get("ports", []) if not port.startswith("127.0.0.1:")]
    waits = site.get("depends_on", {}).get("database", {}).get("condition")
    found += (
        []
        if waits == "service_healthy" and "healthcheck" in services["database"]
        else ["The site must wait until the database is healthy."]
    )
    return found


def main() -> None:
    found = faults(FILE.read_text())
    print("\n".join(found) or "compose.yaml is as described.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
