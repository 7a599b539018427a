import { history, redo, undo } from "@codemirror/commands";
import { EditorState, type Transaction } from "@codemirror/state";
import { expect, it } from "vitest";
import { claims, claimsOf, markNow, setClaims, type EditorClaim } from "./claims";
import { composed, composedChanges, isDirty, markSaved } from "./composed";

const TEXT = "The flood took about 40 houses in Lindmoor.";

function claim(words: string, id = words): EditorClaim {
  const start = TEXT.indexOf(words);
  return { id, spans: [{ start, end: start + words.length }], mark: "holds", judged: true, label: "" };
}

/** An editor's state without a view, on which commands can be run. */
class Typing {
  state = EditorState.create({ doc: TEXT, extensions: [claims, composed, history()] });
  constructor(...list: EditorClaim[]) {
    this.state = this.state.update({ effects: setClaims.of(list) }).state;
  }
  dispatch = (transaction: Transaction) => {
    this.state = transaction.state;
  };
  replace(words: string, by: string): void {
    const from = this.state.doc.toString().indexOf(words);
    this.dispatch(
      this.state.update({ changes: { from, to: from + words.length, insert: by }, userEvent: "input" }),
    );
  }
  words(): string[] {
    return claimsOf(this.state).map(({ spans }) =>
      spans.map((s) => this.state.sliceDoc(s.start, s.end)).join("…"),
    );
  }
}

it("a changed digit is said at once to make the verdict stale", () => {
  const typing = new Typing(claim("about 40 houses"));
  typing.replace("40", "400");
  expect(claimsOf(typing.state).map(markNow)).toEqual(["stale"]);
  typing.replace("400", "40");
  expect(claimsOf(typing.state).map(markNow)).toEqual(["holds"]);
});

it("typography alone leaves the verdict standing", () => {
  const typing = new Typing(claim("about 40 houses"));
  typing.replace("40 houses", "40\u00a0houses");
  expect(claimsOf(typing.state).map(markNow)).toEqual(["holds"]);
});

it("undoing a deletion brings the claim back on its words, redoing takes it away again", () => {
  const typing = new Typing(claim("about 40 houses"), claim("Lindmoor"));
  typing.replace("about 40 houses ", "");
  expect(typing.words()).toEqual(["", "Lindmoor"]);
  undo({ state: typing.state, dispatch: typing.dispatch });
  expect(typing.words()).toEqual(["about 40 houses", "Lindmoor"]);
  expect(claimsOf(typing.state)[0]?.changed).toBe(false);
  redo({ state: typing.state, dispatch: typing.dispatch });
  expect(typing.words()).toEqual(["", "Lindmoor"]);
});

it("a claim that collapses is not lost", () => {
  const typing = new Typing(claim("about 40 houses"));
  typing.replace("took about 40 houses", "took");
  expect(claimsOf(typing.state)).toHaveLength(1);
});

it("the composed change is all that was typed since the last save", () => {
  const typing = new Typing();
  typing.replace("40", "50");
  typing.replace("The", "A");
  expect(
    composedChanges(typing.state)
      .apply(EditorState.create({ doc: TEXT }).doc)
      .toString(),
  ).toBe(typing.state.doc.toString());
  typing.dispatch(typing.state.update({ effects: markSaved.of(null) }));
  expect(isDirty(typing.state)).toBe(false);
});

it("words typed and taken back leave nothing to save", () => {
  const typing = new Typing(claim("about 40 houses"));
  typing.replace("40", "41");
  expect(isDirty(typing.state)).toBe(true);
  typing.replace("41", "40");
  expect(isDirty(typing.state)).toBe(false);
  expect(claimsOf(typing.state)[0]?.changed).toBe(false);
});
