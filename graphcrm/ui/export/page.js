// Paints the cards of the one-file page on the network that pyvis has made. Names are drawn, never read as HTML.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("graphcrm-map").textContent);
  const paint = window.graphcrmPaint, byId = new Map(data.nodes.map((node) => [node.id, node]));
  const palette = data.palettes[matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"];
  const placed = (id) => {
    const at = network.body.nodes[id], node = byId.get(id);
    return { x: at.x, y: at.y, w: node.w, h: node.h };
  };
  document.getElementById("mynetwork").style.background = palette.canvas;
  network.setOptions({
    interaction: { hover: false, zoomSpeed: 0.6 },
    nodes: { chosen: false },
  });
  network.body.data.nodes.update(data.nodes.map((node) => ({
    id: node.id, label: undefined, shape: "custom",
    ctxRenderer: ({ ctx, x, y }) => ({
      drawNode: () => paint.card(ctx, palette, node, { x, y }, network.getScale()),
      nodeDimensions: { width: node.w, height: node.h },
    }),
  })));
  network.on("beforeDrawing", (context) => {
    const scale = network.getScale();
    context.save();
    paint.shapes(context, palette, data.backdrop, scale);
    for (const edge of data.edges) {
      paint.tie(context, palette, edge, paint.route(edge, placed(edge.from), placed(edge.to)), scale, false);
    }
    context.restore();
  });
  network.on("afterDrawing", (context) => {
    const { width, height, shapes } = data.legend, stage = network.canvas.frame;
    const scale = Math.min(1, (stage.clientWidth - 40) / Math.max(width, 1));
    document.body.dataset.ready = "1";
    if (!shapes.length) return;
    context.save();
    const ratio = network.canvas.pixelRatio || 1;
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * 20, ratio * (stage.clientHeight - (height + 14) * scale));
    paint.shapes(context, palette, [["r", -10, -8, width + 20, height + 14, 8, "surface", "line", 1, 0], ...shapes], 1);
    context.restore();
  });
  const fit = () => {
    const area = paint.bounds(data, placed), stage = network.canvas.frame, room = data.legend.height + 50;
    const scale = Math.min((stage.clientWidth - 40) / (area.right - area.left),
                           (stage.clientHeight - 40 - room) / (area.bottom - area.top), 1.15);
    network.moveTo({ scale, position: { x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2 + room / 2 / scale } });
  };
  fit();
  addEventListener("resize", fit);
})();
