// Keys typed by turns into editors on one page, and how long each takes until it is laid out.
import { defaultKeymap, history } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap } from "@codemirror/view";

export interface Row {
  name: string;
  median: number;
  p99: number;
}

/** CodeMirror as it comes, in a box of its own. */
export function plain(doc: string): EditorView {
  const extensions = [EditorView.lineWrapping, history(), drawSelection(), keymap.of(defaultKeymap)];
  return new EditorView({ parent: box(), state: EditorState.create({ doc, extensions }) });
}

export function box(): HTMLElement {
  const parent = document.createElement("div");
  parent.className = "editor";
  document.body.append(parent);
  return parent;
}

/** Types one letter and waits until it is laid out, in milliseconds. */
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

/** Types into the middle of the same text in each view. */
export async function turns(views: Record<string, EditorView>, keys: number): Promise<Row[]> {
  const all = Object.entries(views).map(([name, view]) => ({ name, view, times: [] as number[] }));
  const middle = (all[0]?.view.state.doc.length ?? 0) >> 1;
  for (const { view } of all) view.dispatch({ effects: EditorView.scrollIntoView(middle, { y: "center" }) });
  await new Promise((resume) => setTimeout(resume, 500));
  for (let at = 0; at < keys; at += 1) {
    // Whichever comes first asks for the frame, which takes a while of its own.
    for (const { view, times } of at % 2 ? all : all.toReversed()) times.push(key(view, middle + at));
    await new Promise(requestAnimationFrame);
  }
  return all.map(({ name, times }) => ({ name, median: quantile(times, 0.5), p99: quantile(times, 0.99) }));
}

/** Types into one view at a person's pace. */
export async function steadily(view: EditorView, keys: number): Promise<void> {
  const middle = view.state.doc.length >> 1;
  view.dispatch({ effects: EditorView.scrollIntoView(middle, { y: "center" }) });
  for (let at = 0; at < keys; at += 1) {
    await new Promise((resume) => setTimeout(resume, 150));
    key(view, middle + at);
  }
  await new Promise((resume) => setTimeout(resume, 600));
}

function quantile(times: number[], q: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * q)] ?? 0;
}
