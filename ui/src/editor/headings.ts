// Sets the text as a page: headings drawn as headings with their marks kept quiet, and less air on empty lines.
import { RangeSetBuilder, type Extension } from "@codemirror/state";
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from "@codemirror/view";

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
    constructor(view: EditorView) {
      this.lines = decorate(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.lines = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.lines },
);

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (let at = view.viewport.from; at <= view.viewport.to;) {
    const line = view.state.doc.lineAt(at);
    const marks = HEADING.exec(line.text);
    if (marks?.[1]) {
      builder.add(line.from, line.from, lineOf[Math.min(marks[1].length, 3) - 1] as Decoration);
      builder.add(line.from, line.from + marks[0].length, quiet);
    } else if (line.length === 0) {
      builder.add(line.from, line.from, emptyLine);
    } else {
      builder.add(line.from, line.from, plainLine);
    }
    at = line.to + 1;
  }
  return builder.finish();
}
