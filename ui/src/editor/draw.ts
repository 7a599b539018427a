// Draws the claims that are in view: underlines by segment, and a tick in the margin where each begins. What is out
// of view costs nothing, and while somebody types the underlines move with the text; they are made anew only where
// something looks different.
import { RangeSetBuilder, StateEffect, type Extension } from "@codemirror/state";
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
import {
  eachPiece,
  isFirst,
  lookOf,
  looksDifferent,
  selectedClaim,
  type EditorClaim,
  type Foretold,
  type Mark,
} from "./claims";
import { segments, type Drawn } from "./segments";
import { Resting } from "./resting";
import { Shown } from "./shown";

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
/** How many ticks stand beside one line. */
const ROOM = 3;
const MARGIN = 34;
/** How long after the last key ticks are put beside the lines their claims begin on now, in milliseconds. */
const REST = 100;

const placeTicks = StateEffect.define<null>();

const marking = ViewPlugin.fromClass(
  class {
    marks: DecorationSet;
    shown: Shown;
    constructor(view: EditorView) {
      this.marks = underlines(view);
      this.shown = new Shown(view);
    }
    update(update: ViewUpdate) {
      const different = looksDifferent(update.startState, update.state);
      if (this.shown.renew(update, different)) this.marks = underlines(update.view);
      else if (update.docChanged) this.marks = this.marks.map(update.changes);
    }
  },
  { decorations: (plugin) => plugin.marks },
);

/**
 * The ticks as they were placed last. Where in a line a claim begins is measured, which no key waits for: it is done when
 * the keys rest, and at once where lines came into view, moved up or down, or a claim looks different.
 */
const placed = ViewPlugin.fromClass(
  class {
    stale = true;
    private ticks: readonly LayerMarker[] = [];
    private height = 0;
    private readonly shown: Shown;
    private readonly rest: Resting;
    constructor(readonly view: EditorView) {
      this.shown = new Shown(view);
      this.rest = new Resting(REST, () => view.dispatch({ effects: placeTicks.of(null) }));
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.rest.again();
      const asked = update.transactions.some(({ effects }) =>
        effects.some((effect) => effect.is(placeTicks)),
      );
      const different = asked || looksDifferent(update.startState, update.state);
      if (this.shown.renew(update, different) || this.moved(update)) this.stale = true;
    }
    /** Where the ticks are now; called when measuring costs nothing. */
    now(): readonly LayerMarker[] {
      if (!this.stale) return this.ticks;
      this.stale = false;
      this.height = this.view.contentHeight;
      return (this.ticks = ticks(this.view));
    }
    /** Whether lines were moved. A key's own line is first of an estimated height, which is no move. */
    private moved({ docChanged, heightChanged, geometryChanged, view }: ViewUpdate): boolean {
      if (docChanged) return false;
      return heightChanged ? view.contentHeight !== this.height : geometryChanged;
    }
    destroy() {
      this.rest.stop();
    }
  },
);

export const drawing: Extension = [
  marking,
  placed,
  layer({
    above: false,
    class: "tm-ticks",
    update: ({ view }) => view.plugin(placed)?.stale ?? true,
    updateOnDocViewUpdate: false,
    markers: (view) => view.plugin(placed)?.now() ?? [],
  }),
];

function inView(view: EditorView): Drawn<EditorClaim>[] {
  const { from, to } = view.viewport;
  const drawn: Drawn<EditorClaim>[] = [];
  eachPiece(view.state, { start: from, end: to }, ({ claim }, { start, end }) => {
    if (start < to && end > from) drawn.push({ start: Math.max(start, from), end: Math.min(end, to), claim });
  });
  return drawn;
}

function underlines(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const selected = selectedClaim(view.state);
  for (const segment of segments(inView(view))) {
    const on = segment.on.filter(({ lane }) => lane < LANES).sort((a, b) => a.lane - b.lane);
    for (const { claim, lane } of on) {
      const look = lookOf(view.state, claim);
      builder.add(segment.start, segment.end, underline(claim, look, lane, claim.id === selected));
    }
  }
  return builder.finish();
}

function underline(
  claim: EditorClaim,
  { mark, changed }: Foretold,
  lane: number,
  selected: boolean,
): Decoration {
  return Decoration.mark({
    class: `tm-claim tm-${mark} tm-lane-${lane}${selected ? " tm-selected" : ""}${changed ? " tm-changed" : ""}`,
    attributes: { "data-claim": claim.id, title: claim.label },
  });
}

function ticks(view: EditorView): readonly LayerMarker[] {
  const { from, to } = view.viewport;
  const base = origin(view);
  const content = view.contentDOM.getBoundingClientRect();
  const lines = new Map<string, { at: number; claim: EditorClaim; top: number; right: boolean }[]>();
  eachPiece(view.state, { start: from, end: to }, (piece, { start: at }) => {
    if (at < from || at >= to || !isFirst(view.state, piece)) return;
    const place = view.coordsAtPos(at, 1);
    if (!place) return;
    const right = view.textDirectionAt(at) === Direction.RTL;
    const top = (place.top + place.bottom) / 2 - base.top;
    const line = `${Math.round(top)}${right}`;
    lines.set(line, [...(lines.get(line) ?? []), { at, claim: piece.claim, top, right }]);
  });
  const selected = selectedClaim(view.state);
  // Beside each line its ticks stand in the order of its claims, the last one next to the text.
  return [...lines.values()].flatMap((line) =>
    stacked(line.sort((a, b) => a.at - b.at)).map(({ claim, top, right, more }, nth, shown) => {
      const out = TICK * (shown.length - nth);
      const left = right ? content.right - MARGIN + out - TICK : content.left + MARGIN - out;
      const mark = lookOf(view.state, claim).mark;
      return new Tick(mark, left - base.left, top, claim.id === selected, more);
    }),
  );
}

/** As many ticks as the margin has room for; the last one says how many more there are. */
function stacked<T>(line: readonly T[]): (T & { more: number })[] {
  const shown = line.length > ROOM ? line.slice(0, ROOM) : line;
  const more = line.length - shown.length;
  return shown.map((one, at) => ({ ...one, more: at === shown.length - 1 ? more : 0 }));
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
    readonly more: number,
  ) {}
  eq(other: LayerMarker): boolean {
    return (
      other instanceof Tick &&
      other.mark === this.mark &&
      other.left === this.left &&
      other.top === this.top &&
      other.selected === this.selected &&
      other.more === this.more
    );
  }
  draw(): HTMLElement {
    const dom = document.createElement("div");
    dom.className = `tm-tick tm-tick-${this.mark}${this.selected ? " tm-tick-selected" : ""}`;
    dom.textContent = this.more > 0 ? `+${this.more + 1}` : TICKS[this.mark];
    dom.style.insetInlineStart = "auto";
    dom.style.left = `${this.left}px`;
    dom.style.top = `${this.top}px`;
    return dom;
  }
}
