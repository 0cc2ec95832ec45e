"""/report: « Signaler une erreur », without script, account or e-mail, and the status of each report."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound, TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from innograph.errors import ReportError
from innograph.reports import LONGEST, Reports
from innograph.web.allowance import SECONDS, Allowance
from innograph.web.live import Version

EACH, TOGETHER = 10, 200
"""Reports that one client, and that all clients together, may send in an hour."""


def report_routes(version: Callable[[], Version], reports: Reports) -> Blueprint:
    """Make the routes of the reports in the queue ``reports``."""
    routes = Blueprint("reports", __name__)
    allowance = Allowance(EACH, TOGETHER)

    @routes.route("/report")
    def form() -> str:
        given = {name: request.args.get(name, "")[: LONGEST[name]] for name in ("about", "fact")}
        return render_template("report.html", given=given, longest=LONGEST, fault=None)

    @routes.route("/report", methods=["POST"])
    def send() -> AnyResponse:
        given = {name: request.form.get(name, "").replace("\r\n", "\n") for name in LONGEST}
        if request.form.get("website"):  # people do not see this field
            fault: ReportError | None = ReportError("website is to be left empty")
        elif not allowance.take(request.remote_addr or ""):
            raise TooManyRequests("many reports came in this hour: come back in an hour", retry_after=SECONDS)
        else:
            fault = None
            try:
                kept = reports.add(**given, version=version().snapshot.version, now=datetime.now(UTC))
                return redirect(url_for("reports.status", reference=kept.reference, new=1), 303)
            except ReportError as error:
                if error.path:
                    raise  # not the reader's fault
                fault = error
        page = render_template("report.html", given=given, longest=LONGEST, fault=fault)
        return Response(page, status=400)

    @routes.route("/report/status")
    def find() -> AnyResponse:
        return redirect(
            url_for("reports.status", reference=request.args.get("reference", "").strip() or "-"), 303
        )

    @routes.route("/report/<reference>")
    def status(reference: str) -> Response:
        report = reports.get(reference)
        if report is None:
            raise NotFound(f"no report has the reference {reference!r}")
        page = render_template("report-status.html", report=report, new="new" in request.args)
        return Response(page, headers={"Cache-Control": "no-store"})  # whoever has the reference may read it

    return routes
