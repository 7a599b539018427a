import { history, undo } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, expect, test } from "vitest";
import { composed } from "./composed";
import { beginOfSuggestion, selectSuggestion, setSuggestions, suggest, suggestions } from "./suggestions";

let view: EditorView | null = null;
afterEach(() => view?.destroy());

const TEXT = "The ferry takes 300 people.";
function open(): EditorView {
  view = new EditorView({
    parent: document.body,
    state: EditorState.create({ doc: TEXT, extensions: [history(), composed, suggestions] }),
  });
  return view;
}
const figure = {
  id: "a",
  label: "Jo",
  edits: [{ start: TEXT.indexOf("300"), end: TEXT.indexOf("300") + 3, with: "330" }],
};

test("a suggestion is struck and underlined, and moves with the typing", () => {
  const editor = open();
  editor.dispatch({ effects: setSuggestions.of([figure]) });
  expect(editor.contentDOM.querySelector("del")?.textContent).toBe("300");
  expect(editor.contentDOM.querySelector("ins")?.textContent).toBe("330");
  editor.dispatch({ changes: { from: 0, insert: "Today: " } });
  expect(beginOfSuggestion(editor.state, "a")).toBe(TEXT.indexOf("300") + 7);
  editor.dispatch({ effects: selectSuggestion.of("a") });
  expect(editor.contentDOM.querySelectorAll(".tm-suggested-selected")).toHaveLength(2);
  expect(editor.state.doc.toString()).toBe(`Today: ${TEXT}`);
});

test("a break of paragraphs that would come is shown in its line", () => {
  const editor = open();
  editor.dispatch({
    effects: setSuggestions.of([{ id: "b", label: "Jo", edits: [{ start: 3, end: 3, with: "a\n\nb" }] }]),
  });
  expect(editor.contentDOM.querySelector("ins")?.textContent).toBe("a ¶ b");
});

test("while somebody suggests, what is typed is drawn against the saved text", () => {
  const editor = open();
  editor.dispatch({ effects: suggest.of(true) });
  editor.dispatch({ changes: { from: TEXT.indexOf("300"), to: TEXT.indexOf("300") + 3, insert: "330" } });
  expect(editor.contentDOM.querySelector("del")?.textContent).toBe("300");
  expect(editor.contentDOM.querySelector("ins")?.textContent).toBe("330");
  undo(editor);
  expect(editor.contentDOM.querySelector("ins")).toBeNull();
  editor.dispatch({ effects: suggest.of(false), changes: { from: 0, insert: "x" } });
  expect(editor.contentDOM.querySelector("ins")).toBeNull();
});
