// One map in the app: a vis-network that carries the cards, and what surrounds it.
// The instance lives as long as its place in the page. New data are compared with what is shown, so that nothing moves
// unless it was told to. Names and all other words are only ever drawn or set as text, never read as HTML.
window.graphcrmMap = (() => {
  "use strict";
  const paint = window.graphcrmPaint;
  const maps = new WeakMap();
  // A banner drawn above makes the page mount a map anew: what it looked like is kept by its key.
  const kept = new Map();
  const SHOWN_LIMIT = 1.15, MARGIN = 28, HOVER_DELAY = 250;

  const element = (tag, name, parent, text = "") => {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    parent.append(made);
    return made;
  };

  const themed = (host) => {
    const style = getComputedStyle(host);
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const read = (name, otherwise) => {
      probe.fillStyle = otherwise;
      probe.fillStyle = style.getPropertyValue(name).trim() || otherwise;
      probe.fillRect(0, 0, 1, 1);
      return "#" + [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3)
        .map((value) => value.toString(16).padStart(2, "0")).join("");
    };
    const ground = read("--st-background-color", "#ffffff"), raised = read("--st-secondary-background-color", "#f3f4f6");
    const ink = read("--st-text-color", "#262b36");
    const dark = [1, 3, 5].reduce((sum, at) => sum + parseInt(ground.slice(at, at + 2), 16), 0) < 384;
    const surface = dark ? paint.mix(raised, ground, 0.9) : ground;
    return {
      dark, surface, ink, canvas: dark ? ground : paint.mix(raised, ground, 0.55),
      muted: paint.mix(ink, surface, 0.72), line: paint.mix(ink, surface, dark ? 0.24 : 0.19),
      accent: dark ? "#e0a94a" : "#b7791f", on_accent: dark ? "#20180a" : "#ffffff",
      warn: dark ? "#4d3a17" : "#fde8c8", on_warn: dark ? "#ffd99a" : "#7a4a05",
    };
  };

  class PowerMap {
    constructor(parent) {
      this.root = element("div", "map", parent);
      this.note = element("div", "note", this.root);
      this.stage = element("div", "stage", this.root);
      this.box = element("div", "box", this.root);
      this.tip = element("div", "tip", this.root);
      this.tools = element("div", "tools", this.root);
      this.spoken = element("div", "spoken", this.root);
      this.spoken.setAttribute("aria-live", "polite");
      this.stage.tabIndex = 0;
      this.stage.setAttribute("role", "application");
      this.data = { nodes: [], edges: [], backdrop: [], labels: {}, legend: { shapes: [], width: 0, height: 0 } };
      this.byId = new Map();
      this.sent = new Map();
      this.edge = null;
      this.pointed = null;
      this.waitingToFit = true;
      this.palette = themed(parent.host || parent);
      this.nodes = new vis.DataSet();
      this.network = new vis.Network(this.stage, { nodes: this.nodes, edges: new vis.DataSet() }, {
        physics: false, layout: { improvedLayout: false }, autoResize: false,
        interaction: { hover: true, multiselect: true, selectConnectedEdges: false, zoomSpeed: 0.6, tooltipDelay: 1e9 },
        nodes: { shape: "custom", ctxRenderer: (given) => this.renderCard(given), chosen: false },
      });
      this.canvas = this.stage.querySelector("canvas");
      this.canvas.graphcrmMap = this;
      this.listen();
      this.observer = new ResizeObserver(() => this.resize());
      this.observer.observe(this.stage);
    }

    // ---- data
    update(component) {
      const { data, parentElement } = component;
      this.component = component;
      this.palette = themed(parentElement.host || parentElement);
      if (data !== this.given) this.take(data);
      this.root.style.height = `${data.height || 640}px`;
      this.network.redraw();
    }

    take(data) {
      const fresh = data.layout !== this.data.layout;
      this.given = data;
      this.data = data;
      this.byId = new Map(data.nodes.map((node) => [node.id, node]));
      for (const id of this.nodes.getIds()) if (!this.byId.has(id)) { this.nodes.remove(id); this.sent.delete(id); }
      const changes = [];
      for (const node of data.nodes) {
        const place = `${node.x},${node.y}`;
        const moved = fresh || this.sent.get(node.id) !== place;
        this.sent.set(node.id, place);
        if (!this.nodes.get(node.id)) changes.push({ id: node.id, x: node.x, y: node.y });
        else if (moved) changes.push({ id: node.id, x: node.x, y: node.y });
      }
      if (changes.length) this.nodes.update(changes);
      if (this.edge && !data.edges.some((edge) => edge.id === this.edge)) this.edge = null;
      this.pointed = null;
      this.note.textContent = data.note || (data.nodes.length ? "" : data.labels.empty || "");
      this.stage.setAttribute("aria-label", data.labels.map || "");
      this.drawTools();
      if (fresh) { this.waitingToFit = !this.recall(); this.resize(); }
      this.obey(data.command);
      this.root.dataset.revision = String(Number(this.root.dataset.revision || 0) + 1);
    }

    recall() {
      const last = kept.get(this.data.key);
      if (!last || last.layout !== this.data.layout) return false;
      this.obeyed = last.obeyed;
      this.reported = last.reported;
      this.edge = last.edge;
      const same = (node) => last.sent.get(node.id) === this.sent.get(node.id) && last.places[node.id];
      this.nodes.update(this.data.nodes.filter(same).map(({ id }) => ({ id, ...last.places[id] })));
      this.network.selectNodes(last.chosen.filter((id) => this.byId.has(id)), false);
      this.restored = last;
      return true;
    }

    keep() {
      if (!this.view) return;
      kept.set(this.data.key, {
        layout: this.data.layout, obeyed: this.obeyed, reported: this.reported, edge: this.edge, sent: this.sent,
        places: Object.fromEntries(this.data.nodes.map(({ id }) => [id, { x: this.placed(id).x, y: this.placed(id).y }])),
        chosen: this.network.getSelectedNodes(),
        ...this.view,
      });
    }

    // What Python asks for, each once: {number, select, focus, picture, fit}.
    obey(command) {
      if (!command || command.number === this.obeyed) return;
      this.obeyed = command.number;
      if (command.select) {
        this.edge = null;
        this.network.selectNodes(command.select.filter((id) => this.byId.has(id)), false);
      }
      if (command.select) queueMicrotask(() => this.report());
      if (command.focus && this.byId.has(command.focus)) this.focus(command.focus);
      if (command.fit && this.width) this.fit();
      if (command.picture) this.download(command.picture);
    }

    focus(id) {
      const scale = Math.max(this.network.getScale(), 0.7);
      this.network.moveTo({ position: this.placed(id), scale, animation: false });
    }

    download(name) {
      paint.picture(this.data, (id) => this.placed(id), this.palette, 2).toBlob((blob) => {
        const link = element("a", "", this.root);
        link.href = URL.createObjectURL(blob);
        link.download = name;
        link.click();
        link.remove();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      }, "image/png");
    }

    // ---- geometry
    placed(id) {
      const node = this.byId.get(id), at = this.network.body.nodes[id];
      return { x: at ? at.x : node.x, y: at ? at.y : node.y, w: node.w, h: node.h };
    }

    points(edge) { return paint.route(edge, this.placed(edge.from), this.placed(edge.to)); }

    resize() {
      const { clientWidth: width, clientHeight: height } = this.stage;
      if (!width || !height || !this.given) return;  // in a tab that is not open
      if (width !== this.width || height !== this.height) {
        const [centre, scale] = [this.network.getViewPosition(), this.network.getScale()];
        this.network.setSize(`${width}px`, `${height}px`);
        this.network.canvas.setSize();
        if (this.width && !this.waitingToFit) this.network.moveTo({ position: centre, scale, animation: false });
        [this.width, this.height] = [width, height];
      }
      if (this.waitingToFit) this.fit();
      else if (this.restored) {
        this.network.moveTo({ position: this.restored.position, scale: this.restored.scale, animation: false });
        this.restored = null;
      }
      this.network.redraw();
    }

    fit() {
      const area = paint.bounds(this.data, (id) => this.placed(id));
      const scale = Math.min((this.width - 2 * MARGIN) / (area.right - area.left),
                             (this.height - 2 * MARGIN) / (area.bottom - area.top), SHOWN_LIMIT);
      const position = { x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2 };
      this.waitingToFit = false;
      this.network.moveTo({ position, scale: Math.max(scale, 0.02), animation: false });
    }

    edgeAt(dom) {
      const at = this.network.DOMtoCanvas(dom), reach = 7 / this.network.getScale();
      let [found, nearest] = [null, reach];
      for (const edge of this.data.edges) {
        const points = paint.samples(edge, this.points(edge));
        for (let k = 1; k < points.length; k++) {
          const [[x1, y1], [x2, y2]] = [points[k - 1], points[k]], [dx, dy] = [x2 - x1, y2 - y1];
          const along = ((at.x - x1) * dx + (at.y - y1) * dy) / (dx * dx + dy * dy || 1);
          const share = Math.min(Math.max(along, 0), 1);
          const away = Math.hypot(at.x - x1 - share * dx, at.y - y1 - share * dy);
          if (away < nearest) [found, nearest] = [edge.id, away];
        }
      }
      return found;
    }

    // ---- drawing
    concerned() {
      const chosen = new Set(this.network.getSelectedNodes());
      if (this.edge) return { ids: chosen, touches: (edge) => edge.id === this.edge };
      return { ids: chosen, touches: (edge) => chosen.has(edge.from) || chosen.has(edge.to) };
    }

    drawUnder(context) {
      const scale = this.network.getScale(), { ids, touches } = this.concerned();
      const quiet = ids.size > 0 || this.edge !== null;
      this.near = new Set(ids);
      context.save();
      paint.shapes(context, this.palette, this.data.backdrop, scale);
      for (const edge of this.data.edges) {
        if (quiet && touches(edge)) { this.near.add(edge.from).add(edge.to); continue; }
        context.globalAlpha = quiet ? 0.25 : edge.dashed && edge.id !== this.pointed ? 0.7 : 1;
        paint.tie(context, this.palette, edge, this.points(edge), scale, edge.id === this.pointed);
      }
      context.restore();
      this.quiet = quiet;
    }

    renderCard({ ctx, id, x, y, state: { selected, hover } }) {
      const node = this.byId.get(id);
      if (!node) return { drawNode() {}, nodeDimensions: { width: 10, height: 10 } };
      const drawNode = () => {
        const scale = this.network.getScale();
        ctx.save();
        ctx.globalAlpha = this.quiet && !this.near.has(id) ? 0.42 : 1;
        if (selected || hover) {
          const [width, height, grow] = [node.w + 14, node.h + 14, Math.max(selected ? 3 : 1.5, (selected ? 2.5 : 1) / scale)];
          paint.shapes(ctx, this.palette, [["r", x - width / 2, y - height / 2, width, height, 15, "canvas",
                                            selected ? "ink" : "muted", grow, 0]], scale);
        }
        paint.card(ctx, this.palette, node, { x, y }, scale);
        ctx.restore();
      };
      return { drawNode, nodeDimensions: { width: node.w, height: node.h } };
    }

    drawOver(context) {
      const scale = this.network.getScale(), { touches } = this.concerned();
      context.save();
      for (const edge of this.quiet ? this.data.edges.filter(touches) : []) {
        const points = this.points(edge);
        paint.tie(context, this.palette, edge, points, scale, true);
        if (edge.label && scale > 0.3) paint.tag(context, this.palette, edge, points);
      }
      context.restore();
      // Noted while it is seen: once the page has taken the map out, its size and so its middle are gone.
      if (this.stage.clientWidth && this.width && !this.waitingToFit && !this.restored) this.view = { position: this.network.getViewPosition(), scale };
      this.root.dataset.ready = "1";
    }

    drawTools() {
      const words = JSON.stringify(this.data.labels);
      if (words === this.words) return;
      this.words = words;
      this.tools.replaceChildren();
      for (const [name, sign, act] of [["zoom_in", "+", () => this.zoom(1.25)], ["zoom_out", "−", () => this.zoom(0.8)],
                                       ["fit", "⤢", () => { this.fit(); this.network.redraw(); }]]) {
        const button = element("button", name, this.tools, sign);
        button.type = "button";
        button.title = this.data.labels[name] || name;
        button.setAttribute("aria-label", button.title);
        button.onclick = act;
      }
    }

    zoom(factor) {
      const scale = Math.min(Math.max(this.network.getScale() * factor, 0.05), 3);
      this.network.moveTo({ position: this.network.getViewPosition(), scale, animation: false });
    }

    // ---- what the user does
    listen() {
      const { network, stage } = this;
      network.on("beforeDrawing", (context) => this.drawUnder(context));
      network.on("afterDrawing", (context) => this.drawOver(context));
      network.on("click", ({ nodes, pointer }) => {
        this.edge = this.network.getNodeAt(pointer.DOM) === undefined && !nodes.length ? this.edgeAt(pointer.DOM) : null;
        this.report();
      });
      network.on("doubleClick", ({ nodes }) => { if (nodes.length) this.trigger("expanded", nodes[0]); });
      network.on("dragStart", ({ nodes }) => { this.grabbed = network.getPositions(nodes); });
      network.on("dragEnd", ({ nodes, pointer }) => {
        if (!nodes.length) return;
        if (this.droppedOn(nodes, pointer.canvas)) return;
        const places = network.getPositions(nodes);
        // vis keeps whole pixels when it is told a place: a card dropped between two must not jump later.
        for (const id of nodes) Object.assign(network.body.nodes[id], places[id]);
        this.trigger("moved", { layout: this.data.layout, places });
        this.report();
      });
      network.on("hoverNode", ({ node, event }) => this.showTip(this.byId.get(node), event));
      for (const name of ["blurNode", "dragStart", "zoom"]) network.on(name, () => this.hideTip());
      stage.addEventListener("pointermove", (event) => this.point(event));
      stage.addEventListener("pointerleave", () => this.hideTip());
      stage.addEventListener("keydown", (event) => this.key(event));
      stage.addEventListener("pointerdown", (event) => this.startBox(event), true);
      document.fonts.ready.then(() => network.redraw());
    }

    // A card that is let go over another asks for something and goes back to its place; the answer moves it.
    droppedOn(nodes, at) {
      if (!this.data.droppable || nodes.length !== 1) return false;
      const under = this.data.nodes.find(({ id, w, h }) => {
        if (id === nodes[0] || !this.byId.has(id)) return false;
        const { x, y } = this.network.getPosition(id);
        return Math.abs(at.x - x) <= w / 2 && Math.abs(at.y - y) <= h / 2;
      });
      if (!under) return false;
      const { x, y } = this.grabbed[nodes[0]];
      this.network.moveNode(nodes[0], x, y);
      // Nothing else is told now: another run of the page would close the question.
      this.trigger("dropped", { node: nodes[0], on: under.id });
      return true;
    }

    trigger(name, value) { this.component.setTriggerValue(name, value); }

    report() {
      const nodes = this.network.getSelectedNodes();
      this.spoken.textContent = nodes.map((id) => this.byId.get(id)?.name).join(", ");
      const value = { nodes, edges: this.edge ? [this.edge] : [] };
      const text = JSON.stringify(value);
      if (text !== this.reported) { this.reported = text; this.component.setStateValue("selection", value); }
      this.network.redraw();
    }

    point(event) {
      if (event.buttons || this.given === undefined) return;
      const frame = this.stage.getBoundingClientRect();
      const dom = { x: event.clientX - frame.left, y: event.clientY - frame.top };
      const found = this.network.getNodeAt(dom) === undefined ? this.edgeAt(dom) : null;
      if (found === this.pointed) return;
      this.pointed = found;
      this.stage.style.cursor = found ? "pointer" : "";
      if (found) this.showTip(this.data.edges.find((edge) => edge.id === found), event);
      else this.hideTip();
      this.network.redraw();
    }

    showTip(thing, event) {
      clearTimeout(this.tipTimer);
      if (!thing || !thing.tooltip.length) return;
      this.tipTimer = setTimeout(() => {
        this.tip.replaceChildren();
        for (const line of thing.tooltip) element("div", "", this.tip, line);
        const frame = this.root.getBoundingClientRect();
        const [x, y] = [event.clientX - frame.left + 14, event.clientY - frame.top + 16];
        this.tip.style.display = "block";
        this.tip.style.left = `${Math.min(x, frame.width - this.tip.offsetWidth - 8)}px`;
        this.tip.style.top = `${Math.min(y, frame.height - this.tip.offsetHeight - 8)}px`;
      }, HOVER_DELAY);
    }

    hideTip() {
      clearTimeout(this.tipTimer);
      this.tip.style.display = "none";
    }

    // Arrow keys walk to the nearest card in that direction; Enter expands; Escape lets go.
    key(event) {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      const [current] = this.network.getSelectedNodes();
      if (step) this.walk(current, step);
      else if (event.key === "Enter" && current) this.trigger("expanded", current);
      else if (event.key === "Escape") { this.network.unselectAll(); this.edge = null; this.report(); }
      else if (event.key === "+" || event.key === "=") this.zoom(1.25);
      else if (event.key === "-") this.zoom(0.8);
      else if (event.key === "0") { this.fit(); this.network.redraw(); }
      else return;
      event.preventDefault();
    }

    walk(current, [right, down]) {
      const from = current ? this.placed(current) : null;
      let [found, least] = [null, Infinity];
      for (const node of this.data.nodes) {
        const at = this.placed(node.id);
        const [dx, dy] = from ? [at.x - from.x, at.y - from.y] : [at.x, at.y];
        const ahead = dx * right + dy * down, aside = Math.abs(dx * down) + Math.abs(dy * right);
        if (node.id === current || (from && (ahead < 8 || aside > 2.5 * ahead + 60))) continue;
        const cost = from ? ahead + 2 * aside : dy * 4 + Math.abs(dx);
        if (cost < least) [found, least] = [node.id, cost];
      }
      if (found === null) return;
      this.edge = null;
      this.network.selectNodes([found], false);
      const dom = this.network.canvasToDOM(this.placed(found));
      const outside = dom.x < 60 || dom.y < 40 || dom.x > this.width - 60 || dom.y > this.height - 40;
      if (outside) this.network.moveTo({ position: this.placed(found), animation: false });
      this.report();
    }

    startBox(event) {
      if (!event.shiftKey || event.button) return;
      event.stopPropagation();
      event.preventDefault();
      const frame = this.stage.getBoundingClientRect();
      const at = (moved) => ({ x: moved.clientX - frame.left, y: moved.clientY - frame.top });
      const first = at(event);
      const span = (last) => [Math.min(first.x, last.x), Math.min(first.y, last.y), Math.max(first.x, last.x), Math.max(first.y, last.y)];
      const move = (moved) => {
        const [left, top, right, bottom] = span(at(moved));
        Object.assign(this.box.style, { display: "block", left: `${left}px`, top: `${top}px`,
                                        width: `${right - left}px`, height: `${bottom - top}px` });
      };
      const drop = (ended) => {
        window.removeEventListener("pointermove", move);
        this.box.style.display = "none";
        const [left, top, right, bottom] = span(at(ended));
        if (right - left < 4 && bottom - top < 4) return this.toggle(first);
        const inside = this.data.nodes.map((node) => node.id).filter((id) => {
          const { x, y } = this.network.canvasToDOM(this.placed(id));
          return x >= left && x <= right && y >= top && y <= bottom;
        });
        this.choose(inside);
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", drop, { once: true });
    }

    toggle(dom) {
      const id = this.network.getNodeAt(dom), chosen = new Set(this.network.getSelectedNodes());
      if (id === undefined) return;
      if (!chosen.delete(id)) chosen.add(id);
      this.choose([...chosen]);
    }

    choose(ids) {
      this.edge = null;
      this.network.selectNodes(ids, false);
      this.report();
    }

    destroy() {
      clearTimeout(this.tipTimer);
      this.keep();
      this.observer.disconnect();
      this.network.destroy();
      this.root.remove();
    }
  }

  return (component) => {
    const parent = component.parentElement;
    if (!maps.has(parent)) maps.set(parent, new PowerMap(parent));
    maps.get(parent).update(component);
    return () => { maps.get(parent)?.destroy(); maps.delete(parent); };
  };
})();
window.dispatchEvent(new Event("graphcrm-map"));
