// Runs in every page of the tests before its own scripts. While the page is not at rest, <html> bears "data-busy": from
// an input or a scroll until nothing has gone on for QUIET ticks. The server may take its time to begin what a click asks
// for, so what is asked and answered is read from the web socket too. Where no run begins, the debt lapses: the server
// does not answer for a fragment that is gone.
(() => {
  if (window !== window.top || !location.protocol.startsWith("http")) return;
  const TICK = 25, QUIET = 6, LAPSES = 5000; // milliseconds, ticks, milliseconds
  const RERUN_SCRIPT = 11, NEW_SESSION = 4, SCRIPT_FINISHED = 6, EARLY_FOR_RERUN = 2; // BackMsg.proto, ForwardMsg.proto
  let asked = 0, running = false, quiet = 0;

  const mark = (busy) => {
    const html = document.documentElement;
    if (!html) return;
    html.toggleAttribute("data-busy", busy && !sessionStorage.hasty);
    html.style.minHeight = "1px"; // Playwright sees nothing that has no height
  };
  const disturb = () => { quiet = 0; mark(true); };
  for (const kind of ["pointerdown", "pointerup", "click", "keydown", "input", "change", "scroll"])
    addEventListener(kind, disturb, { capture: true, passive: true });
  document.addEventListener("DOMContentLoaded", disturb);

  /** The fields of a message in the wire format of protocol buffers: number -> value, or true for what has a length. */
  const fields = (data) => {
    const bytes = new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength), found = new Map();
    let at = 0;
    const varint = () => {
      let value = 0, shift = 0, byte;
      do { byte = bytes[at++]; value += (byte & 127) * 2 ** shift; shift += 7; } while (byte & 128);
      return value;
    };
    while (at < bytes.length) {
      const tag = varint(), number = Math.floor(tag / 8), kind = tag % 8;
      if (kind === 0) found.set(number, varint());
      else { const size = kind === 1 ? 8 : kind === 5 ? 4 : varint(); at += size; found.set(number, true); }
    }
    return found;
  };

  window.WebSocket = class extends window.WebSocket {
    constructor(...address) {
      super(...address);
      this.addEventListener("message", (event) => {
        if (!(event.data instanceof ArrayBuffer)) return;
        const told = fields(event.data);
        if (told.has(NEW_SESSION)) { asked = 0; running = true; disturb(); }
        if (told.has(SCRIPT_FINISHED)) { running = told.get(SCRIPT_FINISHED) === EARLY_FOR_RERUN; disturb(); }
      });
      this.addEventListener("close", () => { asked = 0; running = false; });
    }
    send(data) {
      if (typeof data !== "string" && fields(data).has(RERUN_SCRIPT)) { asked = performance.now(); disturb(); }
      return super.send(data);
    }
  };

  const drawn = () => {
    if (document.readyState === "complete" && !document.getElementById("root")) return true; // no page of Streamlit's
    const app = document.querySelector('[data-testid="stApp"]');
    return app?.dataset.testScriptState === "notRunning" && app.dataset.testConnectionState === "CONNECTED"
      && document.querySelector('[data-testid="stMain"] [data-testid="stVerticalBlock"]')
      && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]');
  };
  setInterval(() => {
    if (asked && performance.now() - asked > LAPSES) asked = 0;
    quiet = asked || running || !drawn() ? 0 : quiet + 1;
    mark(quiet < QUIET);
  }, TICK);
})();
