// A keystroke in an article of about 100,000 words, in our editor with 5,000 claims and in CodeMirror as it comes,
// turn by turn on one page. `measure()` is called by tests/ui/keystroke.bench.ts.
import type { EditorView } from "@codemirror/view";
import { ArticleEditor } from "../src/editor/editor";
import { letFind } from "../src/editor/find";
import "../src/views/article/page.css";
import { box, plain, turns } from "./turns";

const CLAIMS = 5000;
const LINE =
  "Forty houses burnt in one night, the council said on a Tuesday, and nobody who lived there was hurt in the fire. ";
const PARAGRAPH = LINE + LINE.replace("Forty", "Fifty") + LINE.replace("Forty", "Sixty");
const TEXT = Array.from({ length: CLAIMS / 3 }, () => PARAGRAPH).join("\n\n");

function ours(): EditorView {
  const nothing = () => undefined;
  const events = { onPick: nothing, onTyped: nothing, onSelection: nothing, onCursor: nothing };
  const editor = new ArticleEditor(events, { label: "Article", phrases: {} });
  letFind(editor.view);
  editor.putInto(box());
  const list = Array.from({ length: CLAIMS }, (_, at) => {
    const start = Math.floor(at / 3) * (PARAGRAPH.length + 2) + (at % 3) * LINE.length;
    return { id: `c${at}`, spans: [{ start, end: start + 31 }], mark: "holds" as const, label: "" };
  });
  editor.show(TEXT, list, false);
  return editor.view;
}

const views = { "the editor, 5,000 claims": ours(), "CodeMirror as it comes": plain(TEXT) };

Object.assign(window, { measure: (keys: number) => turns(views, keys) });
