// Two handles at the edges of the selected claim: drawn, they move the claim by whole words.
import { EditorSelection, StateEffect, type Extension } from "@codemirror/state";
import { EditorView, ViewPlugin, layer, type LayerMarker, type ViewUpdate } from "@codemirror/view";
import { claimsOf, looksDifferent, selectedClaim } from "./claims";
import { nearestEdge } from "./edges";
import { Resting } from "./resting";
import type { Stretch } from "./words";

/** How long after the last key the handles are placed anew, in milliseconds. */
const REST = 250;

const placeHandles = StateEffect.define<null>();

/** Told when an edge was let go: the claim, and its stretches as they are now, in the text as it stands. */
export type OnEdge = (claim: string, spans: Stretch[]) => void;

type Edge = "start" | "end";

export function handles(onEdge: OnEdge): Extension {
  const handles = layer({
    above: true,
    class: "tm-handles",
    // Where an edge is has to be measured, which no key waits for.
    updateOnDocViewUpdate: false,
    update: ({ startState, state, transactions, docChanged, geometryChanged, viewportChanged }) => {
      const asked = transactions.some(({ effects }) => effects.some((one) => one.is(placeHandles)));
      return (
        asked || looksDifferent(startState, state) || (!docChanged && (geometryChanged || viewportChanged))
      );
    },
    markers: (view) => markers(view, onEdge),
  });
  const resting = ViewPlugin.define((view) => {
    const rest = new Resting(REST, () => view.dispatch({ effects: placeHandles.of(null) }));
    return {
      update: ({ docChanged, state }: ViewUpdate) => {
        if (docChanged && selectedClaim(state)) rest.again();
      },
      destroy: () => rest.stop(),
    };
  });
  return [handles, resting];
}

function markers(view: EditorView, onEdge: OnEdge): readonly LayerMarker[] {
  const id = selectedClaim(view.state);
  const spans = id && !view.state.readOnly ? spansOf(view, id) : [];
  const [first, last] = [spans[0], spans.at(-1)];
  if (!id || !first || !last) return [];
  const base = view.scrollDOM.getBoundingClientRect();
  const at = (edge: Edge, place: number) => {
    const where = view.coordsAtPos(place, edge === "start" ? 1 : -1);
    if (!where) return [];
    const left = where.left - base.left + view.scrollDOM.scrollLeft;
    const top = where.top - base.top + view.scrollDOM.scrollTop;
    return [new Handle(view, id, edge, left, top, where.bottom - where.top, onEdge)];
  };
  return [...at("start", first.start), ...at("end", last.end)];
}

const spansOf = (view: EditorView, id: string): Stretch[] =>
  claimsOf(view.state).find(({ claim }) => claim.id === id)?.spans ?? [];

class Handle implements LayerMarker {
  constructor(
    readonly view: EditorView,
    readonly claim: string,
    readonly edge: Edge,
    readonly left: number,
    readonly top: number,
    readonly height: number,
    readonly onEdge: OnEdge,
  ) {}

  eq(other: LayerMarker): boolean {
    if (!(other instanceof Handle) || other.claim !== this.claim || other.edge !== this.edge) return false;
    return other.left === this.left && other.top === this.top && other.height === this.height;
  }

  draw(): HTMLElement {
    const dom = document.createElement("div");
    dom.className = `tm-handle tm-handle-${this.edge}`;
    Object.assign(dom.style, { left: `${this.left}px`, top: `${this.top}px`, height: `${this.height}px` });
    dom.addEventListener("pointerdown", (event) => this.grab(event, dom));
    return dom;
  }

  private grab(event: PointerEvent, dom: HTMLElement): void {
    event.preventDefault();
    event.stopPropagation();
    const begun = spansOf(this.view, this.claim);
    let now = begun;
    const move = ({ clientX, clientY }: PointerEvent) => {
      now = this.drawn(begun, clientX, clientY);
      const [first, last] = [now[0], now.at(-1)];
      if (first && last) this.view.dispatch({ selection: EditorSelection.single(first.start, last.end) });
    };
    const up = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointercancel", up);
      window.removeEventListener("pointerup", up);
      dom.classList.remove("tm-held");
      this.view.dispatch({ selection: { anchor: this.view.state.selection.main.head } });
      if (now !== begun) this.onEdge(this.claim, now);
    };
    dom.classList.add("tm-held");
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", up);
  }

  /** The stretches with the held edge at a place of the screen; as they were where none would be left. */
  private drawn(spans: Stretch[], x: number, y: number): Stretch[] {
    const place = this.view.posAtCoords({ x, y });
    const which = this.edge === "start" ? 0 : spans.length - 1;
    const held = spans[which];
    if (place === null || !held) return spans;
    const at = nearestEdge(this.view.state.doc.toString(), place, this.edge);
    const moved = { ...held, [this.edge]: at };
    return moved.start < moved.end && at !== held[this.edge] ? spans.with(which, moved) : spans;
  }
}
