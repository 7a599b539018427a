import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { composed, composedChanges, isDirty, markAnswered, markSent, savedText, takenBack } from "./composed";

const TEXT = "The ferry takes 300 people.";
const open = () => EditorState.create({ doc: TEXT, extensions: composed });

/** Puts `words` in the place of `others`, where these are first. */
function type(state: EditorState, others: string, words: string): EditorState {
  const from = state.doc.toString().indexOf(others);
  return state.update({ changes: { from, to: from + others.length, insert: words } }).state;
}
const send = (state: EditorState) => state.update({ effects: markSent.of(null) }).state;
const takeBack = (state: EditorState) => state.update(takenBack(state) ?? {}).state;

test("what was sent is taken back, and nothing is left", () => {
  const after = takeBack(send(type(open(), "300", "330")));
  expect(after.doc.toString()).toBe(TEXT);
  expect(isDirty(after)).toBe(false);
  expect(takenBack(after)).toBeNull();
});

test("what was typed since it was sent stays, as a change of the saved text alone", () => {
  const elsewhere = takeBack(type(send(type(open(), "300", "330")), "people", "persons"));
  expect(elsewhere.doc.toString()).toBe("The ferry takes 300 persons.");
  expect(composedChanges(elsewhere).toJSON()).toEqual([20, [6, "persons"], 1]);
  const beside = takeBack(type(send(type(open(), "300", "330")), " people", " or more people"));
  expect(beside.doc.toString()).toBe("The ferry takes 300 or more people.");
  expect(composedChanges(beside).apply(savedText(beside)).eq(beside.doc)).toBe(true);
});

test("typing that goes on where words were sent is not lost", () => {
  for (const [sent, since] of [
    ["ab", "abcd"],
    ["ab", "a"],
    ["ab", ""],
  ] as const) {
    const typed = send(type(open(), "people", sent));
    const after = takeBack(type(typed, sent, since));
    expect(composedChanges(after).apply(savedText(after)).eq(after.doc)).toBe(true);
    expect(after.doc.toString()).toContain("people");
  }
  const one = send(type(open(), "300", "3"));
  const more = one.update({ changes: { from: 17, insert: "99" } }).state;
  expect(takeBack(more).doc.toString()).toBe("The ferry takes 30099 people.");
});

test("words that were sent and not taken stay typed on the saved text", () => {
  const sent = send(type(open(), "300", "330"));
  const after = sent.update({ effects: markAnswered.of(false) }).state;
  expect(composedChanges(after).toJSON()).toEqual([16, [3, "330"], 8]);
});
