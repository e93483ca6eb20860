"""The power map as one HTML file that opens from a disk, with nothing else and no network: zoom, drag, read.

pyvis makes the page with everything in line. Its template was written for notebooks, so what it adds is closed off: the
two Bootstrap tags that it loads from elsewhere in every mode are taken out, its own heading stays empty (it is not
escaped), no title is set (one that holds "href" becomes raw HTML on hover), and a content policy forbids any request.
Names travel in one block of JSON in which no tag can end.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from pyvis.network import Network

from graphcrm.drawing.model import MapData
from graphcrm.drawing.palette import DARK, LIGHT
from graphcrm.ui.graph.payload import map_payload

_FOREIGN = re.compile(
    r"<(?:link|script)\b[^>]*\b(?:href|src)\s*=\s*[\"'](?:https?:)?//[^>]*>(?:\s*</script>)?", re.IGNORECASE
)
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
_HEAD = """<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>html,body,.card,#mynetwork{{margin:0;padding:0;border:0;width:100%!important;height:100vh!important;float:none}}
center{{display:none}}</style>"""


def map_page(data: MapData, title: str) -> str:
    """The page as text, to be written as UTF-8."""
    payload = map_payload(data)
    network = Network(height="100vh", width="100%", directed=True, cdn_resources="in_line", heading="")
    for node in payload["nodes"]:
        # pyvis' page carries ids and places; the cards are painted from the block below.
        network.add_node(node["id"], label=" ", x=node["x"], y=node["y"], shape="box")
    for edge in payload["edges"]:
        network.add_edge(edge["from"], edge["to"], id=edge["id"], hidden=True)
    network.set_options('{"physics": {"enabled": false}, "layout": {"improvedLayout": false}}')
    page = _FOREIGN.sub("", network.generate_html())
    head = _HEAD.format(policy=_POLICY, title=html.escape(title))
    page = page.replace("<html>", '<!doctype html>\n<html lang="en">', 1).replace("<head>", f"<head>{head}", 1)
    paint = (files("graphcrm.ui.graph") / "paint.js").read_text("utf-8")
    viewer = (files("graphcrm.ui.export") / "page.js").read_text("utf-8")
    palettes = {"light": asdict(LIGHT), "dark": asdict(DARK)}
    block = (
        f'<script type="application/json" id="graphcrm-map">{script_safe(payload | {"palettes": palettes})}</script>'
    )
    tail = f"{block}\n<script>{paint}</script>\n<script>{viewer}</script>\n</body>"
    before, _, after = page.rpartition("</body>")
    return before + tail + after


def script_safe(value: Any) -> str:
    """JSON that can stand inside a script element: no ``<``, so no tag and no comment can begin or end in it."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
