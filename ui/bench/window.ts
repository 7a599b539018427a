// A keystroke in the window as it is, with the article of its desk open, and in CodeMirror as it comes with the same text
// below it. `begin`, `measure` and `type` are called by tests/ui/keystroke.bench.ts.
import { EditorView } from "@codemirror/view";
import "../src/main";
import { plain, steadily, turns } from "./turns";

const views: Record<string, EditorView> = {};

/** Waits for the article with so many claims in view at least. */
async function begin(): Promise<number> {
  for (;;) {
    const dom = document.querySelector<HTMLElement>("[data-testid=editor] .cm-editor");
    const ours = dom && EditorView.findFromDOM(dom);
    if (ours && document.querySelector(".tm-claim")) {
      views["the window, 5,000 claims"] = ours;
      views["CodeMirror as it comes"] = plain(ours.state.doc.toString());
      return ours.state.doc.length;
    }
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

Object.assign(window, {
  begin,
  measure: (keys: number) => turns(views, keys),
  type: (nth: number, keys: number) => steadily(Object.values(views)[nth] as EditorView, keys),
});
