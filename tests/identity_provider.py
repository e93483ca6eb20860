"""A small identity provider on loopback (OpenID Connect): lets in whom a test names, and errs on demand.

It redirects at once, asks for the client's secret and for PKCE, and signs with RS256.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "graphcrm-tests", "a-secret-of-the-tests-" + "0" * 20


class IdentityProvider:
    """A provider that runs inside ``with``.

    Attributes:
        email: whom it lets in next.
        change: given the claims of a token, changes them before it is signed.
        key: signs; the public half of it is in the key set.
    """

    def __init__(self) -> None:
        self.email = "nobody@example.org"
        self.change: Callable[[dict[str, Any]], None] = lambda _: None
        self.key = self.published = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.codes: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    @property
    def address(self) -> str:
        """Its issuer."""
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def metadata_url(self) -> str:
        """Where its settings are read."""
        return f"{self.address}/.well-known/openid-configuration"

    def __enter__(self) -> IdentityProvider:
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def metadata(self) -> dict[str, Any]:
        """Its settings (OpenID Connect Discovery 1.0)."""
        ends = {"authorization": "authorize", "token": "token", "end_session": "end"}
        return {
            "issuer": self.address,
            "jwks_uri": f"{self.address}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            **{f"{name}_endpoint": f"{self.address}/{path}" for name, path in ends.items()},
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """The address to which the browser is sent back."""
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer for a code, or None when something does not fit."""
        asked = self.codes.pop(sent.get("code", ""), None)
        secret = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if asked is None or authorization != f"Basic {secret}":
            return None
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).decode()
        if challenge.rstrip("=") != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT_ID, "sub": hashlib.sha256(self.email.encode()).hexdigest()[:16],
            "iat": now, "exp": now + 300, "nonce": asked["nonce"], "email": self.email, "email_verified": True,
        }  # fmt: skip
        self.change(claims)
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 300, "id_token": signed}


def _handler(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                self._redirect(provider.authorize(asked))
            elif parts.path == "/end":
                self._redirect(asked["post_logout_redirect_uri"])
            elif parts.path == "/jwks":
                self._json({"keys": [provider.published.as_dict(private=False)]})
            else:
                self._json(provider.metadata())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            answer = provider.token(sent, self.headers.get("Authorization", ""))
            self._json(answer or {"error": "invalid_grant"}, 200 if answer else 400)

        def _redirect(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _json(self, content: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: a test says what failed."""

    return Handler
