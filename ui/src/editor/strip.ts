// The whole article at a glance beside the scroll bar: a bar for each claim at its height, wide where something is
// open, and at the left edge a line along every sentence nobody has settled. A click leads there. It is a picture of
// the claim list and of the coverage, which say the same in words.
import type { Extension } from "@codemirror/state";
import { ViewPlugin, type EditorView, type ViewUpdate } from "@codemirror/view";
import { sentencesOf, settledOtherwise } from "./coverage";
import { eachPiece, lookOf, looksDifferent, selectedClaim, type Mark } from "./claims";
import { Resting } from "./resting";

const WIDTH = 12;
const SETTLED: readonly Mark[] = ["holds", "partly", "fails", "open"];
/** How long after the last change the picture is drawn anew, in milliseconds: it must never slow a keystroke. */
const REST = 250;

export const coverageStrip: Extension = ViewPlugin.fromClass(
  class {
    canvas = document.createElement("canvas");
    picture = new Resting(REST, () => this.draw());
    sizes: ResizeObserver | null = null;
    themes = new MutationObserver(() => this.picture.again());

    constructor(readonly view: EditorView) {
      this.canvas.className = "tm-strip";
      this.canvas.setAttribute("aria-hidden", "true");
      this.canvas.title = view.state.phrase("claims at a glance");
      this.canvas.addEventListener("pointerdown", (event) => this.lead(event));
      view.dom.appendChild(this.canvas);
      if (typeof ResizeObserver !== "undefined") {
        this.sizes = new ResizeObserver(() => this.picture.again());
        this.sizes.observe(view.scrollDOM);
      }
      // Another theme has other colours.
      this.themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
      this.picture.again();
    }

    update(update: ViewUpdate) {
      const { startState, state } = update;
      const other = looksDifferent(startState, state) || settledOtherwise(startState, state);
      // Words typed in a line move nothing in so small a picture.
      if (update.heightChanged || other) this.picture.again();
    }

    draw() {
      const { view, canvas } = this;
      const height = view.scrollDOM.clientHeight;
      const context = canvas.getContext("2d");
      if (!context || !height) return;
      const scale = window.devicePixelRatio || 1;
      canvas.width = WIDTH * scale;
      canvas.height = height * scale;
      canvas.style.height = `${height}px`;
      context.scale(scale, scale);
      const ratio = height / Math.max(view.scrollDOM.scrollHeight, height);
      const { top, bottom } = heights(view, ratio);
      const colour = colours(view);
      context.fillStyle = colour("line-strong");
      for (const { start, end } of sentencesOf(view.state, "open"))
        context.fillRect(0, top(start), 2, Math.max(2, bottom(end) - top(start) - 1));
      const selected = selectedClaim(view.state);
      eachPiece(view.state, { start: 0, end: view.state.doc.length }, ({ claim }, { start }) => {
        const { mark } = lookOf(view.state, claim);
        const width = claim.id === selected ? WIDTH : SETTLED.includes(mark) ? WIDTH / 3 : (WIDTH * 2) / 3;
        context.fillStyle = colour(mark);
        context.fillRect(WIDTH - width, top(start), width, 3);
      });
    }

    lead(event: PointerEvent) {
      event.preventDefault();
      const { scrollDOM } = this.view;
      const share = event.offsetY / Math.max(1, this.canvas.clientHeight);
      scrollDOM.scrollTop = share * scrollDOM.scrollHeight - scrollDOM.clientHeight / 2;
    }

    destroy() {
      this.picture.stop();
      this.sizes?.disconnect();
      this.themes.disconnect();
      this.canvas.remove();
    }
  },
);

/** The height in the strip of the line at a place; the line asked for last is remembered. */
function heights(view: EditorView, ratio: number) {
  const padding = view.documentPadding.top;
  let last = view.lineBlockAt(0);
  const line = (at: number) => {
    if (at < last.from || at > last.to) last = view.lineBlockAt(at);
    return last;
  };
  return {
    top: (at: number) => (line(at).top + padding) * ratio,
    bottom: (at: number) => (line(at).bottom + padding) * ratio,
  };
}

/** The colours of the theme by their names, each looked up once. */
function colours(view: EditorView): (name: string) => string {
  const style = getComputedStyle(view.dom);
  const known = new Map<string, string>();
  return (name) => {
    const colour = known.get(name) ?? style.getPropertyValue(`--${name}`).trim();
    known.set(name, colour);
    return colour;
  };
}
