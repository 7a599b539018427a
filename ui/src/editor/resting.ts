// Work that can wait until nobody types: it is done once the keys have rested for a while.
import type { Extension } from "@codemirror/state";
import { ViewPlugin, type EditorView, type ViewUpdate } from "@codemirror/view";

/** Does `work` once the text was not changed for `rest` milliseconds. */
export function resting(rest: number, work: (view: EditorView) => void): Extension {
  return ViewPlugin.fromClass(
    class {
      due = 0;
      constructor(readonly view: EditorView) {}
      update(update: ViewUpdate) {
        if (!update.docChanged) return;
        window.clearTimeout(this.due);
        this.due = window.setTimeout(() => work(this.view), rest);
      }
      destroy() {
        window.clearTimeout(this.due);
      }
    },
  );
}
