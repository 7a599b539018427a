import { expect, it } from "vitest";
import type { Comparison, PartDto } from "../wire/generated";
import { blocks, rows } from "./prose";

type Kind = "kept" | "deleted" | "inserted";

/** A comparison of the two texts that these stretches make, as the core tells it. */
function compared(...stretches: [Kind, string][]): Comparison {
  const side = (gone: Kind) => stretches.filter(([kind]) => kind !== gone);
  const text = (gone: Kind) =>
    side(gone)
      .map(([, words]) => words)
      .join("");
  const place = (at: number, gone: Kind) => {
    const [kind, words] = stretches[at]!;
    const start = stretches.slice(0, at).reduce((sum, [k, w]) => sum + (k === gone ? 0 : w.length), 0);
    return kind === gone ? null : { start, end: start + words.length };
  };
  const parts: PartDto[] = stretches.map(([kind], at) => ({
    kind,
    old: place(at, "inserted"),
    new: place(at, "deleted"),
    pair: null,
  }));
  return { oldText: text("inserted"), newText: text("deleted"), parts } as Comparison;
}

it("a comparison is cut into paragraphs and headings", () => {
  const all = blocks(
    compared(["kept", "# Head\n\nOne "], ["deleted", "two"], ["inserted", "three"], ["kept", "."]),
    "both",
  );
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
  const all = rows(
    compared(
      ["kept", "One here.\n\n"],
      ["inserted", "Two is new.\n\n"],
      ["kept", "Three there"],
      ["inserted", " now"],
      ["kept", "."],
    ),
  );
  expect(all.map((row) => [row.old !== null, row.new !== null])).toEqual([
    [true, true],
    [false, true],
    [true, true],
  ]);
});
