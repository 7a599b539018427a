import { history, redo, undo } from "@codemirror/commands";
import { ChangeSet, EditorState, type Transaction, type TransactionSpec } from "@codemirror/state";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import {
  claims,
  claimsAt,
  claimsOf,
  foretell,
  isFirst,
  eachPiece,
  looksDifferent,
  lookOf,
  renewClaims,
  setClaims,
  type EditorClaim,
} from "./claims";
import { composed, composedChanges, isDirty, markAnswered, markSaved, markSent, savedText } from "./composed";
import { mapClaims } from "./mapping";

const TEXT = "The flood took about 40 houses in Lindmoor.";

function claim(id: string, ...words: string[]): EditorClaim {
  const spans = (words.length ? words : [id]).map((one) => {
    const start = TEXT.indexOf(one);
    return { start, end: start + one.length };
  });
  return { id, spans, mark: "holds", label: "" };
}

/** An editor's state without a view, on which commands can be run. */
class Typing {
  state = EditorState.create({ doc: TEXT, extensions: [claims(), composed, history()] });
  constructor(...list: EditorClaim[]) {
    this.update({ effects: setClaims.of(list) });
  }
  dispatch = (transaction: Transaction) => {
    this.state = transaction.state;
  };
  update(spec: TransactionSpec): void {
    this.dispatch(this.state.update(spec));
  }
  replace(words: string, by: string): void {
    const from = this.state.doc.toString().indexOf(words);
    this.update({ changes: { from, to: from + words.length, insert: by }, userEvent: "input" });
  }
  words(): string[] {
    return claimsOf(this.state).map(({ spans }) =>
      spans.map((s) => this.state.sliceDoc(s.start, s.end)).join("…"),
    );
  }
}

it("a claim moves with words typed before it, and looks as it did", () => {
  const typing = new Typing(claim("about 40 houses"), claim("Lindmoor"));
  const before = typing.state;
  typing.replace("The", "In the end the");
  expect(typing.words()).toEqual(["about 40 houses", "Lindmoor"]);
  expect(looksDifferent(before, typing.state)).toBe(false);
});

it("undoing a deletion brings the claim back on its words, redoing takes it away again", () => {
  const typing = new Typing(claim("about 40 houses"), claim("Lindmoor"));
  typing.replace("about 40 houses ", "");
  expect(typing.words()).toEqual(["", "Lindmoor"]);
  undo({ state: typing.state, dispatch: typing.dispatch });
  expect(typing.words()).toEqual(["about 40 houses", "Lindmoor"]);
  redo({ state: typing.state, dispatch: typing.dispatch });
  expect(typing.words()).toEqual(["", "Lindmoor"]);
});

it("words cut off a claim's end and brought back are its own again, also when claims were read anew between", () => {
  const typing = new Typing(claim("about 40 houses"));
  typing.replace(" houses", "");
  expect(typing.words()).toEqual(["about 40"]);
  const typed = composedChanges(typing.state);
  typing.update({ effects: renewClaims.of({ list: [claim("about 40 houses")], typed }) });
  expect(typing.words()).toEqual(["about 40"]);
  undo({ state: typing.state, dispatch: typing.dispatch });
  expect(typing.words()).toEqual(["about 40 houses"]);
});

it("a claim that collapses is not lost", () => {
  const typing = new Typing(claim("about 40 houses"));
  typing.replace("took about 40 houses", "took");
  expect(claimsOf(typing.state)).toHaveLength(1);
});

it("a claim whose first part is deleted begins with its next", () => {
  const typing = new Typing(claim("both", "flood", "Lindmoor"));
  typing.replace("flood ", "");
  const first: number[] = [];
  eachPiece(typing.state, { start: 0, end: TEXT.length }, (piece, { start }) => {
    if (isFirst(typing.state, piece)) first.push(start);
  });
  expect(first.map((at) => typing.state.sliceDoc(at, at + 8))).toEqual(["Lindmoor"]);
});

it("the shortest claim at a place comes first", () => {
  const typing = new Typing(claim("long", "took about 40 houses"), claim("short", "about 40"));
  expect(claimsAt(typing.state, TEXT.indexOf("40"))).toEqual(["short", "long"]);
});

it("what is foretold of a claim is how it is drawn, until something else is foretold", () => {
  const one = claim("about 40 houses");
  const typing = new Typing(one);
  typing.update({ effects: foretell.of(new Map([[one.id, { mark: "stale", changed: true }]])) });
  expect(lookOf(typing.state, one)).toEqual({ mark: "stale", changed: true });
  typing.replace("The", "A");
  expect(lookOf(typing.state, one).mark).toBe("stale");
  typing.update({ effects: foretell.of(new Map()) });
  expect(lookOf(typing.state, one)).toEqual({ mark: "holds", changed: false });
});

it("every claim stands where it is mapped to, whatever is typed", () => {
  const words = fc.array(fc.constantFrom("a", "5", ".", " ", " ", "-", "é", "\n", "'"), { maxLength: 60 });
  const stretch = fc.tuple(fc.nat(60), fc.nat(60));
  const edit = fc.tuple(fc.nat(60), fc.nat(60), words);
  fc.assert(
    fc.property(
      words,
      fc.array(stretch, { maxLength: 12 }),
      fc.array(edit, { maxLength: 5 }),
      (chars, at, edits) => {
        const text = chars.join("");
        const places = at
          .map(([a, b]) => ({
            start: Math.min(a, b, text.length),
            end: Math.min(Math.max(a, b), text.length),
          }))
          .filter(({ start, end }) => start < end);
        let each = places.map((span) => [span]);
        const list = places.map((span, id) => ({
          id: `${id}`,
          spans: [span],
          mark: "open" as const,
          label: "",
        }));
        let state = EditorState.create({ doc: text, extensions: claims() });
        state = state.update({ effects: setClaims.of(list) }).state;
        for (const [x, y, put] of edits) {
          const { doc } = state;
          const [from, to] = [Math.min(x, y, doc.length), Math.min(Math.max(x, y), doc.length)];
          const changes = ChangeSet.of({ from, to, insert: put.join("") }, doc.length);
          state = state.update({ changes }).state;
          each = each.map((spans) => mapClaims(spans, changes, doc, state.doc));
          expect(claimsOf(state).map(({ spans }) => spans)).toEqual(each);
        }
      },
    ),
    { numRuns: 400 },
  );
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
  typing.update({ effects: markSaved.of(null) });
  expect(isDirty(typing.state)).toBe(false);
});

it("words typed and taken back leave nothing to save", () => {
  const typing = new Typing(claim("about 40 houses"));
  typing.replace("40", "41");
  expect(isDirty(typing.state)).toBe(true);
  typing.replace("41", "40");
  expect(isDirty(typing.state)).toBe(false);
});

it("what is typed while a save is on its way is typed on the text that was sent", () => {
  const typing = new Typing();
  typing.replace("40", "50");
  typing.update({ effects: markSent.of(null) });
  const sent = typing.state.doc;
  typing.replace("The", "A");
  typing.update({ effects: markAnswered.of(true) });
  expect(savedText(typing.state).eq(sent)).toBe(true);
  expect(composedChanges(typing.state).apply(sent).eq(typing.state.doc)).toBe(true);
});

it("what was sent and refused is typed on the older text still", () => {
  const typing = new Typing();
  const saved = typing.state.doc;
  typing.replace("40", "50");
  typing.update({ effects: markSent.of(null) });
  typing.replace("The", "A");
  typing.update({ effects: markAnswered.of(false) });
  expect(composedChanges(typing.state).apply(saved).eq(typing.state.doc)).toBe(true);
});
