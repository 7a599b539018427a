// A keystroke in an article of about 100,000 words, in our editor with 5,000 claims and in CodeMirror as it comes,
// turn by turn on one page. `measure()` is called by tests/ui/keystroke.bench.ts.
import { defaultKeymap, history } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap } from "@codemirror/view";
import { ArticleEditor } from "../src/editor/editor";
import "../src/views/article/page.css";

const CLAIMS = 5000;
const LINE =
  "Forty houses burnt in one night, the council said on a Tuesday, and nobody who lived there was hurt in the fire. ";
const PARAGRAPH = LINE + LINE.replace("Forty", "Fifty") + LINE.replace("Forty", "Sixty");
const TEXT = Array.from({ length: CLAIMS / 3 }, () => PARAGRAPH).join("\n\n");

function place(): HTMLElement {
  const parent = document.createElement("div");
  parent.className = "editor";
  document.body.append(parent);
  return parent;
}

function ours(): EditorView {
  const nothing = () => undefined;
  const events = { onPick: nothing, onTyped: nothing, onSelection: nothing, onClaims: nothing };
  const editor = new ArticleEditor(place(), events, { label: "Article", phrases: {} });
  const list = Array.from({ length: CLAIMS }, (_, at) => {
    const start = Math.floor(at / 3) * (PARAGRAPH.length + 2) + (at % 3) * LINE.length;
    return {
      id: `c${at}`,
      spans: [{ start, end: start + 31 }],
      mark: "holds" as const,
      judged: true,
      label: "",
    };
  });
  editor.show(TEXT, list, false);
  return editor.view;
}

function plain(): EditorView {
  const extensions = [EditorView.lineWrapping, history(), drawSelection(), keymap.of(defaultKeymap)];
  return new EditorView({ parent: place(), state: EditorState.create({ doc: TEXT, extensions }) });
}

/** Types one letter in the middle of the text and waits until it is laid out, in milliseconds. */
function key(view: EditorView, at: number): number {
  const began = performance.now();
  view.dispatch({
    changes: { from: at, insert: "x" },
    selection: { anchor: at + 1 },
    userEvent: "input.type",
  });
  view.contentDOM.getBoundingClientRect();
  return performance.now() - began;
}

const quantile = (times: number[], q: number) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * q)] ?? 0;

export async function measure(keys = 200): Promise<{ name: string; median: number; p99: number }[]> {
  const views = [
    { name: "Tickmark's editor, 5,000 claims", view: ours(), times: [] as number[] },
    { name: "CodeMirror as it comes", view: plain(), times: [] as number[] },
  ];
  const middle = TEXT.length >> 1;
  for (const { view } of views)
    view.dispatch({ effects: EditorView.scrollIntoView(middle, { y: "center" }) });
  await new Promise((resume) => setTimeout(resume, 500));
  for (let at = 0; at < keys; at += 1) {
    for (const { view, times } of views) times.push(key(view, middle + at));
    await new Promise(requestAnimationFrame);
  }
  return views.map(({ name, times }) => ({ name, median: quantile(times, 0.5), p99: quantile(times, 0.99) }));
}

Object.assign(window, { measure });
