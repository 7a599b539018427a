// The stretch of text that something is drawn for. CodeMirror calls the view changed with every key, since its end moves;
// what was drawn for it moves as well, and is drawn anew only where text comes into view that it was not drawn for.
import type { EditorView, ViewUpdate } from "@codemirror/view";
import type { Stretch } from "./words";

export class Shown {
  private drawn: Stretch;

  /** Something was drawn for what is in view. */
  constructor(view: EditorView) {
    this.drawn = inView(view);
  }

  /** Whether it has to be drawn anew after an update: because it looks `different`, or for text that came into view. */
  renew({ view, changes }: ViewUpdate, different = false): boolean {
    const moved = { start: changes.mapPos(this.drawn.start, -1), end: changes.mapPos(this.drawn.end, 1) };
    const now = inView(view);
    const anew = different || now.start < moved.start || now.end > moved.end;
    this.drawn = anew ? now : moved;
    return anew;
  }
}

function inView({ viewport }: EditorView): Stretch {
  return { start: viewport.from, end: viewport.to };
}
