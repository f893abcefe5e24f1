"""Which function carries out which subcommand, and how an error becomes an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from core.cli import (
    answer_commands,
    asset_commands,
    custody_commands,
    escrow_commands,
    exchange_commands,
    handover_commands,
    identity_commands,
    inventory_commands,
    keepass_commands,
    people_commands,
    record_commands,
    registry_commands,
    report_commands,
)
from core.cli.cloud_warnings import warn_of_clouds
from core.cli.kept_files import refuse_kept_files
from core.cli.output import complain
from core.errors import RegistryError
from core.protection.paper import PaperOf

FINE, FOUND, BAD = 0, 1, 2


def _list(options: argparse.Namespace) -> int:
    listing = {"custody": custody_commands.list_custody, "reports": report_commands.list_reports}
    return listing.get(options.what, inventory_commands.list_records)(options)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "init": registry_commands.init,
    "me": registry_commands.me,
    "log": registry_commands.log,
    "verify": registry_commands.verify,
    "backup": registry_commands.backup,
    "restore": registry_commands.restore,
    "list": _list,
    "recognise": inventory_commands.recognise,
    "check": inventory_commands.check,
    "asset": asset_commands.asset,
    "credential": custody_commands.credential,
    "secret": custody_commands.secret,
    "vault": custody_commands.vault,
    "identity": identity_commands.identity,
    "handover": handover_commands.handover,
    "record": record_commands.record,
    "escrow": escrow_commands.escrow,
    "keepass": keepass_commands.keepass,
    "import": exchange_commands.import_list,
    "report": exchange_commands.report,
    "answer": answer_commands.answer,
    "export": answer_commands.export_list,
    "people": people_commands.people,
    "documents": people_commands.documents,
}


def run(
    options: argparse.Namespace,
    paper: Callable[[], record_commands.PdfOf],
    report_paper: Callable[[], exchange_commands.ReportPdfOf],
    sheet_paper: Callable[[], PaperOf],
) -> int:
    """Carry out a subcommand.

    Args:
        options: What was asked for.
        paper: Brings in what lays handover records out, where a subcommand needs it; core knows no Qt.
        report_paper: Brings in what lays reports out.
        sheet_paper: Brings in what lays extracts and documents on people's data out.

    Returns:
        0 fine, 1 a check found something, 2 bad input or usage.
    """
    options.paper, options.report_paper, options.sheet_paper = paper, report_paper, sheet_paper
    try:
        refuse_kept_files(options)
        code = COMMANDS[options.command](options)
        sys.stdout.flush()
        warn_of_clouds(options)
    except RegistryError as error:
        complain(error.sentence)
        return BAD
    except BrokenPipeError:  # Whoever read along, `head` for example, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    return code
