// Sets the text as a page: headings drawn as headings with their marks kept quiet, and less air on empty lines.
import type { Extension, Range } from "@codemirror/state";
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from "@codemirror/view";
import { Shown } from "./shown";

const HEADING = /^(#{1,6}) +/;
/** Every line finds its own direction, so that one article can hold both. */
const attributes = { dir: "auto" };
const lineOf = [1, 2, 3].map((level) =>
  Decoration.line({ class: `tm-heading tm-heading-${level}`, attributes }),
);
const plainLine = Decoration.line({ attributes });
const emptyLine = Decoration.line({ class: "tm-empty" });
const quiet = Decoration.mark({ class: "tm-quiet" });

export const headings: Extension = ViewPlugin.fromClass(
  class {
    lines: DecorationSet;
    shown: Shown;
    constructor(view: EditorView) {
      this.shown = new Shown(view);
      const { from, to } = view.viewport;
      this.lines = Decoration.set(linesOf(view, from, to));
    }
    update(update: ViewUpdate) {
      const { from, to } = update.view.viewport;
      if (this.shown.renew(update)) this.lines = Decoration.set(linesOf(update.view, from, to));
      else if (update.docChanged) this.lines = changed(this.lines, update);
    }
  },
  { decorations: (plugin) => plugin.lines },
);

/** The lines as they were, but for those in view that were changed. */
function changed(lines: DecorationSet, { view, state, changes }: ViewUpdate): DecorationSet {
  let now = lines.map(changes);
  changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
    if (toB < view.viewport.from || fromB > view.viewport.to) return;
    const filterFrom = state.doc.lineAt(Math.max(fromB, view.viewport.from)).from;
    const filterTo = state.doc.lineAt(Math.min(toB, view.viewport.to)).to;
    now = now.update({ filterFrom, filterTo, filter: () => false, add: linesOf(view, filterFrom, filterTo) });
  });
  return now;
}

function linesOf({ state: { doc } }: EditorView, from: number, to: number): Range<Decoration>[] {
  const all: Range<Decoration>[] = [];
  for (let at = from; at <= to;) {
    const line = doc.lineAt(at);
    const marks = HEADING.exec(line.text);
    if (marks?.[1]) {
      all.push((lineOf[Math.min(marks[1].length, 3) - 1] as Decoration).range(line.from));
      all.push(quiet.range(line.from, line.from + marks[0].length));
    } else {
      all.push((line.length === 0 ? emptyLine : plainLine).range(line.from));
    }
    at = line.to + 1;
  }
  return all;
}
