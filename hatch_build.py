"""What the build adds to the package: the compiled rules, and the schemas that --rules needs at run time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface[Any]):
    """Compile rules/ into tslint/rules/compiled, for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Run before hatchling collects the files. A wrong rule file stops the build with its place."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from tslint.rules.compile import refresh

        refresh(root / "rules", root / "tslint" / "rules" / "compiled")
        if self.target_name == "wheel":
            for schema in sorted((root / "schemas").glob("*.json")):
                build_data["force_include"][str(schema)] = f"tslint/schemas/{schema.name}"
