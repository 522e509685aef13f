"""The addresses of reading, supervising, reviewing, reporting, curating and administering."""

from aiohttp import web

from desk import admin_pages, case_reading_pages, curation_pages, review_pages, supervisor_pages

ONE = r"{id:\d{1,9}}"


def routes() -> list[web.RouteDef]:
    """Returns the routes; each name has its action in roles.yml."""
    return [
        web.get(f"/cases/{ONE}/read", case_reading_pages.read, name="case_read"),
        web.post(f"/cases/{ONE}/break-glass", case_reading_pages.look, name="break_glass"),
        web.get("/supervisor", supervisor_pages.supervisor, name="supervisor"),
        web.post(f"/supervisor/cases/{ONE}/reassign", supervisor_pages.reassign, name="reassign"),
        web.post(f"/supervisor/looks/{ONE}/seen", supervisor_pages.seen, name="look_seen"),
        web.get("/supervisor/roster", supervisor_pages.roster, name="roster"),
        web.post("/supervisor/roster", supervisor_pages.plan, name="roster"),
        web.post(f"/supervisor/roster/{ONE}/remove", supervisor_pages.unplan, name="roster_remove"),
        web.get("/supervisor/reviews", review_pages.review_list, name="reviews"),
        web.post("/supervisor/reviews", review_pages.draw, name="reviews"),
        web.post(f"/supervisor/reviews/{ONE}", review_pages.mark, name="review"),
        web.get("/reports", review_pages.reports, name="reports"),
        web.get("/reports.xlsx", review_pages.excel, name="reports_excel"),
        web.get("/curation", curation_pages.curation, name="curation"),
        web.post(f"/curation/{ONE}/done", curation_pages.settle, name="curation_done"),
        web.get("/accounts", admin_pages.account_list, name="accounts"),
        web.get("/accounts/new", admin_pages.new_form, name="account_new"),
        web.post("/accounts/new", admin_pages.create, name="account_new"),
        web.get(f"/accounts/{ONE}", admin_pages.account_form, name="account_edit"),
        web.post(f"/accounts/{ONE}", admin_pages.change, name="account_edit"),
        web.post(f"/accounts/{ONE}/disable", admin_pages.disable, name="account_disable"),
        web.post(f"/accounts/{ONE}/enable", admin_pages.enable, name="account_enable"),
        web.post(f"/accounts/{ONE}/reset", admin_pages.reset, name="account_reset"),
        web.post(f"/accounts/{ONE}/drop-factor", admin_pages.drop_factor, name="account_factor"),
        web.get("/audit", admin_pages.audit_trail, name="audit"),
        web.post("/audit", admin_pages.verify, name="audit"),
    ]
