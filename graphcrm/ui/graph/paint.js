// Draws a map's shapes and ties on any canvas: in the app, in a picture to download, in the one-file page.
// The shapes are described in shapes.py, the colours in palette.py, the routes in route.py: same words, same arithmetic.
window.graphcrmPaint = (() => {
  "use strict";
  const DROP = 22, GUTTER = 14, CORNER = 7;
  const FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

  // ---- colours
  const channels = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const hex = (values) => "#" + values.map((value) => Math.floor(value + 0.5).toString(16).padStart(2, "0")).join("");
  const mix = (one, other, share) => {
    const [a, b] = [channels(one), channels(other)];
    return hex(a.map((value, at) => value * share + b[at] * (1 - share)));
  };
  const resolve = (palette, token) => {
    if (token.startsWith("soft:")) return mix(token.slice(5), palette.surface, palette.dark ? 0.24 : 0.13);
    if (token.startsWith("text:")) {
      return palette.dark ? mix(token.slice(5), "#ffffff", 0.52) : mix(token.slice(5), "#000000", 0.7);
    }
    return !token || token[0] === "#" ? token : palette[token];
  };

  // ---- shapes
  const fillAndStroke = (context, palette, fill, stroke, width, dash) => {
    if (fill) { context.fillStyle = resolve(palette, fill); context.fill(); }
    if (!stroke) return;
    context.strokeStyle = resolve(palette, stroke);
    context.lineWidth = width;
    context.setLineDash(dash ? [6, 4] : []);
    context.stroke();
    context.setLineDash([]);
  };
  const draw = {
    r(context, palette, [, x, y, width, height, radius, fill, stroke, line, dash]) {
      context.beginPath();
      context.roundRect(x, y, width, height, Math.min(radius, height / 2, width / 2));
      fillAndStroke(context, palette, fill, stroke, line, dash);
    },
    c(context, palette, [, x, y, radius, fill, stroke, line]) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      fillAndStroke(context, palette, fill, stroke, line, 0);
    },
    l(context, palette, [, x1, y1, x2, y2, color, width]) {
      context.beginPath();
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      fillAndStroke(context, palette, "", color, width, 0);
    },
    t(context, palette, [, x, y, text, size, weight, color, width, align]) {
      context.font = `${weight} ${size}px ${FONT}`;
      context.textAlign = align < 0 ? "left" : align ? "right" : "center";
      context.fillStyle = resolve(palette, color);
      context.fillText(text, x, y, width);  // the width squeezes a text that a wider font would let run over
    },
  };
  // Words that would come out smaller than 4.5 pixels are noise and cost most of the time: they are left out.
  const shapes = (context, palette, list, scale) => {
    context.textBaseline = "alphabetic";
    for (const shape of list) if (shape[0] !== "t" || shape[4] * scale > 4.5) draw[shape[0]](context, palette, shape);
  };
  const look = (node, scale) => (scale < 0.55 ? node.far : node.full);
  const card = (context, palette, node, at, scale) => {
    context.save();
    context.translate(at.x, at.y);
    shapes(context, palette, look(node, scale), scale);
    context.restore();
  };

  // ---- routes
  const point = (a, b, c, t) => {
    const s = 1 - t;
    return [0, 1].map((k) => s * s * a[k] + 2 * s * t * b[k] + t * t * c[k]);
  };
  const border = (a, b, c, box, from, to) => {
    let [inside, outside] = [from, to];
    for (let step = 0; step < 14; step++) {
      const middle = (inside + outside) / 2, [x, y] = point(a, b, c, middle);
      if (Math.abs(x - box.x) < box.w / 2 && Math.abs(y - box.y) < box.h / 2) inside = middle; else outside = middle;
    }
    return outside;
  };
  const curve = (start, end, bend) => {
    const a = [start.x, start.y], c = [end.x, end.y];
    const b = [(a[0] + c[0]) / 2 + (c[1] - a[1]) * bend, (a[1] + c[1]) / 2 - (c[0] - a[0]) * bend];
    const [t, u] = [border(a, b, c, start, 0, 1), border(a, b, c, end, 1, 0)];
    if (t >= u) return [a, b, c];
    const blossom = (k) => (1 - t) * ((1 - u) * a[k] + u * b[k]) + t * ((1 - u) * b[k] + u * c[k]);
    return [point(a, b, c, t), [blossom(0), blossom(1)], point(a, b, c, u)];
  };
  const route = (edge, start, end) => {
    const foot = start.y + start.h / 2, head = end.y - end.h / 2, left = end.x - end.w / 2;
    if (edge.route === "side") {
      const lane = left - GUTTER;
      return [[start.x, foot], [start.x, foot + DROP], [lane, foot + DROP], [lane, end.y], [left, end.y]];
    }
    if (edge.route === "bracket") {
      if (edge.lane === null) return [[start.x, foot], [start.x, head - DROP], [end.x, head - DROP], [end.x, head]];
      const lane = start.x + edge.lane, bus = foot + DROP;
      return [[start.x, foot], [start.x, bus], [lane, bus], [lane, head - DROP], [end.x, head - DROP], [end.x, head]];
    }
    return curve(start, end, edge.route === "straight" ? 0 : edge.bend);
  };
  const cornered = (edge) => edge.route === "bracket" || edge.route === "side";
  const samples = (edge, points) =>
    cornered(edge) ? points : Array.from({ length: 17 }, (_, step) => point(...points, step / 16));
  const middle = (edge, points) => {
    if (!cornered(edge)) return point(...points, 0.5);
    const [a, b] = points.slice(-2);
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  };

  // ---- ties
  const trace = (context, edge, points) => {
    context.beginPath();
    context.moveTo(...points[0]);
    if (!cornered(edge)) { context.quadraticCurveTo(...points[1], ...points[2]); return; }
    for (let at = 1; at < points.length - 1; at++) {
      const reach = (other) => Math.hypot(points[at][0] - other[0], points[at][1] - other[1]) / 2;
      context.arcTo(...points[at], ...points[at + 1], Math.min(CORNER, reach(points[at - 1]), reach(points[at + 1])));
    }
    context.lineTo(...points[points.length - 1]);
  };
  const arrow = (context, tip, from, size) => {
    const angle = Math.atan2(tip[1] - from[1], tip[0] - from[0]);
    context.beginPath();
    context.moveTo(...tip);
    for (const turn of [2.7, -2.7]) {
      context.lineTo(tip[0] + size * Math.cos(angle + turn), tip[1] + size * Math.sin(angle + turn));
    }
    context.closePath();
    context.fill();
  };
  const tie = (context, palette, edge, points, scale, strong) => {
    // Zoomed far out a line would thin to nothing: it keeps at least one pixel on the screen.
    const width = Math.max(edge.width * (strong ? 1.5 : 1), 1 / scale);
    context.strokeStyle = context.fillStyle = resolve(palette, edge.color);
    context.lineWidth = width;
    context.setLineDash(edge.dashed ? [4 + 2 * width, 3 + 1.5 * width] : []);
    trace(context, edge, points);
    context.stroke();
    context.setLineDash([]);
    if (edge.arrow) arrow(context, points[points.length - 1], points[points.length - 2], 8 + 2 * width);
  };
  const tag = (context, palette, edge, points) => {
    const [x, y] = middle(edge, points);
    context.font = `600 13px ${FONT}`;
    const width = context.measureText(edge.label).width + 14;
    const frame = ["r", x - width / 2, y - 10, width, 20, 10, "surface", edge.color, 1.2, 0];
    shapes(context, palette, [frame, ["t", x, y + 4.5, edge.label, 13, 600, "ink", width, 0]], 1);
  };

  // ---- a whole map, for a picture
  const bounds = (data, placed) => {
    const boxes = data.nodes.map((node) => placed(node.id));
    for (const shape of data.backdrop) if (shape[0] === "r") {
      boxes.push({ x: shape[1] + shape[3] / 2, y: shape[2] + shape[4] / 2, w: shape[3], h: shape[4] });
    }
    if (!boxes.length) return { left: -200, top: -100, right: 200, bottom: 100 };
    const edge = (pick, sign, side, size) => pick(...boxes.map((box) => box[side] + (sign * box[size]) / 2));
    return { left: edge(Math.min, -1, "x", "w"), right: edge(Math.max, 1, "x", "w"),
             top: edge(Math.min, -1, "y", "h"), bottom: edge(Math.max, 1, "y", "h") };
  };
  const picture = (data, placed, palette, ratio) => {
    const area = bounds(data, placed), margin = 40, { width, height, shapes: key } = data.legend;
    const wide = Math.max(area.right - area.left, width) + 2 * margin;
    const high = area.bottom - area.top + 2 * margin + (height ? height + margin : 0);
    const scale = Math.min(ratio, 8000 / wide, 8000 / high);
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(wide * scale);
    canvas.height = Math.ceil(high * scale);
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    context.fillStyle = palette.canvas;
    context.fillRect(0, 0, wide, high);
    context.translate(margin - area.left, margin - area.top);
    shapes(context, palette, data.backdrop, 1);
    for (const edge of data.edges) {
      tie(context, palette, edge, route(edge, placed(edge.from), placed(edge.to)), 1, false);
    }
    for (const node of data.nodes) card(context, palette, node, placed(node.id), 1);
    context.translate(area.left, area.bottom + margin);
    shapes(context, palette, key, 1);
    return canvas;
  };
  return { bounds, card, cornered, middle, mix, picture, resolve, route, samples, shapes, tag, tie };
})();
