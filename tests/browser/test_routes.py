"""The app's server against hostile requests: no file but its own, no other site (faults.md, "Pages and components")."""

import base64
import http.client
import os
from urllib.parse import urlsplit

import pytest

SECRETS = (b"[project]", b"root:", b"NEO4J_", b"graphcrm.config")
CLIMBS = (
    "..", "../..", "../../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd",
    "%252e%252e/pyproject.toml",
    "..\\..\\pyproject.toml", "..%5c..%5cpyproject.toml", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd",
    "\\\\server\\share", "file:///etc/passwd", "....//....//etc/passwd", "%00", "..%00/pyproject.toml",
    "../../../config.py", "../../__init__.py",
)  # fmt: skip
ROUTES = ("/static/", "/app/static/", "/component/", "/component/graphcrm.power_map/", "/media/",
          "/_stcore/bidi-components/",
          "/_stcore/bidi-components/graphcrm.power_map/", "/")  # fmt: skip


def ask(app_url: str, path: str, **headers: str) -> tuple[int, bytes]:
    """Status and first bytes of the answer. The path is sent as it stands: nothing is tidied up on the way."""
    place = urlsplit(app_url)
    link = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    try:
        link.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            link.putheader(name, value)
        link.endheaders()
        answer = link.getresponse()
        return answer.status, answer.read(20_000) if answer.status != 101 else b""
    finally:
        link.close()


@pytest.mark.parametrize("route", ROUTES)
def test_no_path_leads_out_of_the_served_folders(app_url, route):
    """Only the app's own first page may answer 200 for a path that it does not know; no file's text is ever in it."""
    front = ask(app_url, "/")[1]
    for climb in CLIMBS:
        status, text = ask(app_url, (route + climb).replace(" ", "%20"))
        assert status in (200, 301, 302, 303, 307, 308, 400, 403, 404, 405), (route, climb, status)
        assert not [secret for secret in SECRETS if secret in text], (route, climb)
        assert status != 200 or text == front, (route, climb, text[:80])


def handshake(app_url: str, origin: str, **headers: str) -> int:
    """The status with which a web socket from this origin is answered; 101 is yes."""
    key = base64.b64encode(os.urandom(16)).decode()
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key}
    return ask(app_url, "/_stcore/stream", Origin=origin, **upgrade, **headers)[0]


def test_a_web_socket_of_another_site_is_refused(app_url):
    assert handshake(app_url, app_url) == 101
    for origin in (
        "https://evil.example",
        "null",
        f"http://127.0.0.1.evil.example:{urlsplit(app_url).port}",
        "http://localhost.evil.example",
    ):
        assert handshake(app_url, origin) in (400, 401, 403), origin


def test_a_foreign_host_name_is_refused(app_url):
    """DNS rebinding: a page of another site that resolves to 127.0.0.1 sends its own name."""
    port = urlsplit(app_url).port
    assert handshake(app_url, app_url, Host=urlsplit(app_url).netloc) == 101
    for host in ("evil.example", f"evil.example:{port}"):
        assert handshake(app_url, f"http://{host}", Host=host) in (400, 401, 403, 421), host


def test_an_upload_needs_the_app_s_own_token(app_url):
    place = urlsplit(app_url)
    link = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    link.request("PUT", "/_stcore/upload_file/some-session/some-file", b"x" * 10, {"Origin": "https://evil.example"})
    assert link.getresponse().status in (400, 403, 404)
    link.close()


@pytest.mark.parametrize(
    "path", ["/", "/client?client=c", "/_stcore/health", "/static/nothing.js", "/_stcore/host-config"]
)
def test_every_answer_forbids_foreign_frames_and_guessing_at_types(app_url, path):
    """faults.md, clickjacking and MIME sniffing."""
    place = urlsplit(app_url)
    link = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    link.request("GET", path)
    told = link.getresponse().headers
    link.close()
    assert told["X-Frame-Options"] == "SAMEORIGIN"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'self'" in told["Content-Security-Policy"]


@pytest.mark.parametrize(("host", "let"), [("localhost", False), ("127.0.0.1", True)])
def test_another_site_cannot_show_the_app_in_a_frame(app_url, browser, host, let):
    """A page of another origin would lay the app under its own buttons; a page of the app's own origin may."""
    page, around = browser.new_page(), f"http://{host}:{urlsplit(app_url).port}/around"
    frame = f'<iframe src="{app_url}/_stcore/health"></iframe>'
    page.route(around, lambda route: route.fulfill(body=frame, content_type="text/html"))
    page.goto(around)
    assert page.frames[1].url.startswith(app_url if let else "chrome-error:")
    page.close()
