import { expect, it } from "vitest";
import type { Comparison } from "../wire/generated";
import { diff, parts } from "../wire/fake/text";
import { blocks, rows } from "./prose";

function compared(oldText: string, newText: string): Comparison {
  return { oldText, newText, parts: parts(diff(oldText, newText)) } as Comparison;
}

it("a comparison is cut into paragraphs and headings", () => {
  const all = blocks(compared("# Head\n\nOne two.", "# Head\n\nOne three."), "both");
  expect(all.map(({ heading }) => heading)).toEqual([1, 0]);
  expect(all[0]?.runs[0]?.text).toBe("Head");
  expect(all[1]?.runs.map(({ kind, text }) => `${kind}:${text.trim()}`)).toEqual([
    "kept:One",
    "deleted:two",
    "inserted:three",
    "kept:.",
  ]);
});

it("side by side, a new paragraph has no mate and the others keep theirs", () => {
  const all = rows(compared("One here.\n\nThree there.", "One here.\n\nTwo is new.\n\nThree there now."));
  expect(all.map((row) => [row.old !== null, row.new !== null])).toEqual([
    [true, true],
    [false, true],
    [true, true],
  ]);
});
