"""``samtal serve``: each visitor gets a process of their own; nothing is fetched from anywhere else."""

from __future__ import annotations

import ipaddress
import logging
import os
import shlex
import sys
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

from simulator.language import N_, ToldError, _, language

COMMAND = f"{shlex.quote(sys.executable)} -m simulator.app"
GUEST = "SAMTAL_GUEST"
"""Set: what is practised is kept in a folder that goes away with the visitor."""


class ServeError(ToldError):
    """The server cannot be started."""


class SamtalServer(Server):
    """Textual's server, with a page of our own (theirs loads a font from the net) and a look at who asks."""

    def __init__(self, host: str, port: int, public_url: str | None) -> None:
        folder = Path(__file__).parent
        super().__init__(COMMAND, host, port, "Samtal", public_url, templates_path=str(folder))

    def initialize_logging(self) -> None:
        """Only what goes wrong, as a line."""
        logging.basicConfig(level="WARNING", format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Say where, once it is there."""
        print(_("Samtal finns på {url} – Ctrl+C avslutar.").format(url=self.public_url), flush=True)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """The line to the app, only for our own page: another site in the same browser may not drive it."""
        if not self.is_own_page(request.headers.get("Origin", ""), request.host):
            raise web.HTTPForbidden(text="this page may not connect")
        return await super().handle_websocket(request)

    def is_own_page(self, origin: str, host: str) -> bool:
        """Whether a page is one that this server gave out.

        A name in ``Host`` proves nothing, since any name can be made to lead here; a bare address cannot.
        """
        netloc = urlsplit(origin).netloc
        own = {urlsplit(self.public_url).netloc, f"localhost:{self.port}"}
        return bool(netloc) and (netloc in own or (netloc == host and _is_address(host)))


def is_own_machine(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False
    return True


def serve(host: str, port: int, public_url: str | None) -> None:
    """Serve until stopped. Where anybody but this machine may reach it, visitors are guests: nothing of theirs is kept.

    Args:
        host: the address to listen on.
        port: the port to listen on.
        public_url: the address from outside, where something stands in between; http or https.

    Raises:
        ServeError: the address or the port cannot be used, or the public address is none.
    """
    outside = urlsplit(public_url or f"http://{_in_url(host)}:{port}")
    if outside.scheme not in ("http", "https") or not outside.hostname:
        raise ServeError(
            N_("”{url}” är ingen adress. Skriv till exempel https://samtal.example.se"), url=public_url
        )
    os.environ["SAMTAL_LANG"] = language()
    if not (is_own_machine(host) and is_own_machine(outside.hostname)):
        os.environ[GUEST] = "1"
        warning = _("Alla som når {host} kan öppna Samtal. Ingen inloggning, ingen kryptering.")
        print(warning.format(host=host))
        print(_("Besökare är gäster: det de övar raderas när de stänger fliken."))
    try:
        SamtalServer(host, port, outside.geturl()).serve()
    except OSError as error:
        template = N_("Det går inte att lyssna på {host}:{port} ({why}). Välj en annan med --port.")
        raise ServeError(template, host=host, port=port, why=error.strerror or error) from error
