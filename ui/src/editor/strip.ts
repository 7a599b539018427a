// The whole article at a glance beside the scroll bar: a bar for each claim at its height, wide where something is
// open, and at the left edge a line along every sentence nobody has settled. A click leads there. It is a picture of
// the claim list and of the coverage, which say the same in words.
import type { Extension } from "@codemirror/state";
import { ViewPlugin, type EditorView, type ViewUpdate } from "@codemirror/view";
import { sentencesOf, settledOtherwise } from "./coverage";
import { claimsOf, markNow, selectedClaim, type Mark } from "./claims";

const WIDTH = 12;
const SETTLED: readonly Mark[] = ["holds", "partly", "fails", "open"];

export const coverageStrip: Extension = ViewPlugin.fromClass(
  class {
    canvas = document.createElement("canvas");
    due = 0;
    sizes: ResizeObserver | null = null;

    constructor(readonly view: EditorView) {
      this.canvas.className = "tm-strip";
      this.canvas.setAttribute("aria-hidden", "true");
      this.canvas.addEventListener("pointerdown", (event) => this.lead(event));
      view.dom.appendChild(this.canvas);
      if (typeof ResizeObserver !== "undefined") {
        this.sizes = new ResizeObserver(() => this.soon());
        this.sizes.observe(view.scrollDOM);
      }
      this.soon();
    }

    update(update: ViewUpdate) {
      const claims = claimsOf(update.state) !== claimsOf(update.startState);
      const selected = selectedClaim(update.state) !== selectedClaim(update.startState);
      const settled = settledOtherwise(update.startState, update.state);
      if (claims || selected || settled || update.heightChanged) this.soon();
    }

    /** Draws once things have settled: the strip must never slow a keystroke. */
    soon() {
      if (this.due) return;
      this.due = window.setTimeout(() => {
        this.due = 0;
        this.draw();
      }, 80);
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
      const style = getComputedStyle(view.dom);
      const ratio = height / Math.max(view.scrollDOM.scrollHeight, height);
      const top = view.documentPadding.top;
      context.fillStyle = style.getPropertyValue("--line-strong").trim();
      for (const { start, end } of sentencesOf(view.state, "open")) {
        const from = (view.lineBlockAt(start).top + top) * ratio;
        const to = (view.lineBlockAt(end).bottom + top) * ratio;
        context.fillRect(0, from, 2, Math.max(2, to - from - 1));
      }
      const selected = selectedClaim(view.state);
      for (const claim of claimsOf(view.state)) {
        const mark = markNow(claim);
        const width = claim.id === selected ? WIDTH : SETTLED.includes(mark) ? WIDTH / 3 : (WIDTH * 2) / 3;
        context.fillStyle = style.getPropertyValue(`--${mark}`).trim();
        for (const span of claim.spans) {
          const from = (view.lineBlockAt(span.start).top + top) * ratio;
          context.fillRect(WIDTH - width, from, width, 3);
        }
      }
    }

    lead(event: PointerEvent) {
      event.preventDefault();
      const { scrollDOM } = this.view;
      const share = event.offsetY / Math.max(1, this.canvas.clientHeight);
      scrollDOM.scrollTop = share * scrollDOM.scrollHeight - scrollDOM.clientHeight / 2;
    }

    destroy() {
      window.clearTimeout(this.due);
      this.sizes?.disconnect();
      this.canvas.remove();
    }
  },
);
