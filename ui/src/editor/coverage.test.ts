import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { sentencesOf, setSentences, settled } from "./coverage";

const TEXT = "One is long. Two is short. Three is done.";

function read(): EditorState {
  const state = EditorState.create({ doc: TEXT, extensions: settled });
  const sentences = [
    { start: 0, end: 12, cover: "open" as const, details: [{ start: 0, end: 3, cover: "open" as const }] },
    { start: 13, end: 26, cover: "waved" as const, details: [] },
    { start: 27, end: 41, cover: "checked" as const, details: [] },
  ];
  return state.update({ effects: setSentences.of(sentences) }).state;
}

describe("what is settled", () => {
  it("moves with words typed before it", () => {
    const state = read().update({ changes: { from: 0, insert: "Now. " } }).state;
    expect(sentencesOf(state, "open")).toEqual([{ start: 5, end: 17 }]);
    expect(sentencesOf(state, "checked")).toEqual([{ start: 32, end: 46 }]);
  });

  it("is open again where it is typed in, and only there", () => {
    const state = read().update({ changes: { from: 30, to: 31, insert: "!" } }).state;
    expect(sentencesOf(state, "checked")).toEqual([]);
    expect(sentencesOf(state, "waved")).toEqual([{ start: 13, end: 26 }]);
    expect(sentencesOf(state, "open")).toHaveLength(2);
  });

  it("goes with a sentence that is deleted", () => {
    const state = read().update({ changes: { from: 12, to: 26 } }).state;
    expect(sentencesOf(state, "waved")).toEqual([]);
    expect(sentencesOf(state, "open")).toEqual([{ start: 0, end: 12 }]);
  });
});
