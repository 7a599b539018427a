// Draws the claims that are in view: underlines by segment, and a tick in the margin where each begins. What is out
// of view costs nothing, so an article of thousands of claims types like an empty page.
import { RangeSetBuilder, type EditorState, type Extension } from "@codemirror/state";
import {
  Decoration,
  Direction,
  EditorView,
  ViewPlugin,
  layer,
  type DecorationSet,
  type LayerMarker,
  type ViewUpdate,
} from "@codemirror/view";
import { claimsOf, markNow, selectedClaim, type LiveClaim, type Mark } from "./claims";
import { segments, type Drawn } from "./segments";

/** The sign in the margin for each way a claim can stand: a shape, so that colour never speaks alone. */
export const TICKS: Record<Mark, string> = {
  unchecked: "○",
  holds: "✓",
  partly: "◐",
  fails: "✕",
  open: "–",
  stale: "↻",
  query: "?",
};

/** The lanes of underline there is room for below a line. */
const LANES = 3;
/** How wide a tick is, and how far from the edge of the page the ticks end, in pixels. */
const TICK = 13;
const MARGIN = 34;

export const drawing: Extension = [
  ViewPlugin.fromClass(
    class {
      marks: DecorationSet;
      constructor(view: EditorView) {
        this.marks = underlines(view);
      }
      update(update: ViewUpdate) {
        if (update.viewportChanged || looksDifferent(update)) this.marks = underlines(update.view);
      }
    },
    { decorations: (plugin) => plugin.marks },
  ),
  layer({
    above: false,
    class: "tm-ticks",
    update: (update) => update.viewportChanged || update.geometryChanged || looksDifferent(update),
    markers: ticks,
  }),
];

function looksDifferent(update: ViewUpdate): boolean {
  return (
    claimsOf(update.state) !== claimsOf(update.startState) ||
    selectedClaim(update.state) !== selectedClaim(update.startState)
  );
}

function inView(view: EditorView): Drawn<LiveClaim>[] {
  const { from, to } = view.viewport;
  const drawn: Drawn<LiveClaim>[] = [];
  for (const claim of claimsOf(view.state)) {
    for (const span of claim.spans) {
      if (span.start < to && span.end > from) {
        drawn.push({ start: Math.max(span.start, from), end: Math.min(span.end, to), claim });
      }
    }
  }
  return drawn;
}

function underlines(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const selected = selectedClaim(view.state);
  for (const segment of segments(inView(view))) {
    const on = segment.on.filter(({ lane }) => lane < LANES).sort((a, b) => a.lane - b.lane);
    for (const { claim, lane } of on) {
      builder.add(segment.start, segment.end, underline(claim, lane, claim.id === selected));
    }
  }
  return builder.finish();
}

function underline(claim: LiveClaim, lane: number, selected: boolean): Decoration {
  const changed = claim.changed ? " tm-changed" : "";
  return Decoration.mark({
    class: `tm-claim tm-${markNow(claim)} tm-lane-${lane}${selected ? " tm-selected" : ""}${changed}`,
    attributes: { "data-claim": claim.id, title: claim.label },
  });
}

function ticks(view: EditorView): readonly LayerMarker[] {
  const { from, to } = view.viewport;
  const base = origin(view);
  const content = view.contentDOM.getBoundingClientRect();
  const lines = new Map<string, { claim: LiveClaim; top: number; right: boolean }[]>();
  for (const claim of claimsOf(view.state)) {
    const first = claim.spans[0];
    if (!first || first.start < from || first.start >= to) continue;
    const place = view.coordsAtPos(first.start, 1);
    if (!place) continue;
    const right = view.textDirectionAt(first.start) === Direction.RTL;
    const top = (place.top + place.bottom) / 2 - base.top;
    const line = `${Math.round(top)}${right}`;
    lines.set(line, [...(lines.get(line) ?? []), { claim, top, right }]);
  }
  // Beside each line its ticks stand in the order of its claims, the last one next to the text.
  return [...lines.values()].flatMap((line) =>
    line.map(({ claim, top, right }, at) => {
      const out = TICK * (line.length - at);
      const left = right ? content.right - MARGIN + out - TICK : content.left + MARGIN - out;
      return new Tick(markNow(claim), left - base.left, top, isSelected(view.state, claim));
    }),
  );
}

function isSelected(state: EditorState, claim: LiveClaim): boolean {
  return selectedClaim(state) === claim.id;
}

/** Where the layer's own coordinates begin on the screen. */
function origin(view: EditorView): { left: number; top: number } {
  const rect = view.scrollDOM.getBoundingClientRect();
  return { left: rect.left - view.scrollDOM.scrollLeft, top: rect.top - view.scrollDOM.scrollTop };
}

class Tick implements LayerMarker {
  constructor(
    readonly mark: Mark,
    readonly left: number,
    readonly top: number,
    readonly selected: boolean,
  ) {}
  eq(other: LayerMarker): boolean {
    return (
      other instanceof Tick &&
      other.mark === this.mark &&
      other.left === this.left &&
      other.top === this.top &&
      other.selected === this.selected
    );
  }
  draw(): HTMLElement {
    const dom = document.createElement("div");
    dom.className = `tm-tick tm-tick-${this.mark}${this.selected ? " tm-tick-selected" : ""}`;
    dom.textContent = TICKS[this.mark];
    dom.style.insetInlineStart = "auto";
    dom.style.left = `${this.left}px`;
    dom.style.top = `${this.top}px`;
    return dom;
  }
}
