"""Prepares the metadata database, in one process: tables, rights, the admin, the databases and the dashboards.

Running it again changes nothing. The stack runs it when something of this has changed, before it starts the server.
"""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from superset.app import create_app

ADMIN = "admin"

#: Together with Superset's Gamma, lets a named user see the dashboards and draw charts of their data.
READER_ROLE = "Report reader"


def prepare(environment: dict[str, str]) -> None:
    """Prepares everything that the environment names.

    Args:
        environment: SUPERSET_ADMIN_PASSWORD, REPORT_READER_PASSWORD, and FURNISTREAM_DASHBOARDS, the bundle
    """
    app = create_app()
    with app.app_context():
        import superset

        upgrade(directory=str(Path(superset.__file__).parent / "migrations"))
        from superset.extensions import appbuilder, security_manager

        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        _ensure_admin(security_manager, environment["SUPERSET_ADMIN_PASSWORD"])
        _import(Path(environment["FURNISTREAM_DASHBOARDS"]), environment["REPORT_READER_PASSWORD"], security_manager)
        _make_reader_role(security_manager)
        _let_the_public_read(app, security_manager)


def _ensure_admin(security: Any, password: str) -> None:
    user = security.find_user(ADMIN)
    if user is None:
        role = security.find_role("Admin")
        if not security.add_user(ADMIN, "Store", "Admin", "admin@localhost", role, password):
            raise RuntimeError("Superset could not make its user admin.")
    else:
        security.reset_password(user.id, password)


def _import(bundle: Path, password: str, security: Any) -> None:
    """Imports the bundle, replacing what is there."""
    from flask import g
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.commands.importers.v1.utils import get_contents_from_bundle

    g.user = security.find_user(ADMIN)
    with zipfile.ZipFile(io.BytesIO(bundle.read_bytes())) as archive:
        contents = get_contents_from_bundle(archive)
    passwords = {
        name: password for name, text in contents.items() if name.startswith("databases/") and "postgresql" in text
    }
    ImportAssetsCommand(contents, passwords=passwords).run()


def _make_reader_role(security: Any) -> None:
    """Creates the role that grants the databases, and nothing of Superset itself."""
    from superset import db
    from superset.models.core import Database

    role = security.add_role(READER_ROLE)
    for database in db.session.query(Database).all():
        granted = security.add_permission_view_menu("database_access", database.perm)
        security.add_permission_role(role, granted)
    db.session.commit()


def _let_the_public_read(app: Any, security: Any) -> None:
    """Lets anonymous users read the dashboards' data, if they may see the dashboards; else nothing."""
    from superset import db
    from superset.connectors.sqla.models import SqlaTable

    public = security.get_public_role()
    if app.config["PUBLIC_ROLE_LIKE"] is None:
        public.permissions = []
    else:
        for dataset in db.session.query(SqlaTable).all():
            granted = security.add_permission_view_menu("datasource_access", dataset.perm)
            security.add_permission_role(public, granted)
    db.session.commit()


if __name__ == "__main__":
    prepare(dict(os.environ))
    sys.stdout.flush()
