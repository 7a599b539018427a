import { ChangeSet, Text } from "@codemirror/state";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import cases from "../../../tests/it/cases/mapping.json";
import { mapClaims } from "./mapping";

interface Case {
  before: string;
  changes: unknown;
  spans: [number, number][];
  after: [number, number][];
}

/** Maps the words in [brackets] through one replacement and gives the words they cover then. */
function after(marked: string, from: string, to: string): string[] {
  const start = marked.indexOf("[");
  const end = marked.indexOf("]") - 1;
  const text = marked.replace(/[[\]]/g, "");
  const at = text.indexOf(from);
  const changes = ChangeSet.of({ from: at, to: at + from.length, insert: to }, text.length);
  const before = Text.of(text.split("\n"));
  const now = changes.apply(before);
  return mapClaims([{ start, end }], changes, before, now).map((span) =>
    now.sliceString(span.start, span.end),
  );
}

/** Types at a place of the text: `|` in the marked text. */
function typed(marked: string, words: string): string[] {
  const text = marked.replace(/[[\]|]/g, "");
  const bare = marked.replace("|", "");
  const at = marked.replace(/[[\]]/g, "").indexOf("|");
  const span = { start: bare.indexOf("["), end: bare.indexOf("]") - 1 };
  const changes = ChangeSet.of({ from: at, insert: words }, text.length);
  const before = Text.of(text.split("\n"));
  const now = changes.apply(before);
  return mapClaims([span], changes, before, now).map((one) => now.sliceString(one.start, one.end));
}

describe("a claim under typing", () => {
  it("stays on its words when text before it changes", () => {
    expect(after("Now [forty houses] burnt.", "Now", "In the end")).toEqual(["forty houses"]);
  });
  it("takes in what is typed inside it", () => {
    expect(typed("[forty| houses] burnt", " old")).toEqual(["forty old houses"]);
  });
  it("leaves out a new word typed beside it", () => {
    expect(typed("[forty houses]| burnt", " and barns")).toEqual(["forty houses"]);
    expect(typed("about |[forty houses]", "some ")).toEqual(["forty houses"]);
  });
  it("grows over a digit typed onto its last word", () => {
    expect(typed("[about 5]| houses", "0")).toEqual(["about 50"]);
  });
  it("grows over a sign or a decimal typed onto its number", () => {
    expect(typed("it fell by |[5 points]", "-")).toEqual(["-5 points"]);
    expect(typed("[rose to 5]| in May", ".2")).toEqual(["rose to 5.2"]);
    expect(typed("[rose to 5]| in May", "%")).toEqual(["rose to 5%"]);
  });
  it("grows over a prefix typed onto its first word", () => {
    expect(typed("it was |[legal there]", "il")).toEqual(["illegal there"]);
  });
  it("does not grow over a full stop", () => {
    expect(typed("[about 5]| houses", ".")).toEqual(["about 5"]);
  });
  it("is left out when all its words are deleted", () => {
    expect(after("Now [forty houses] burnt.", "forty houses", "")).toEqual([]);
  });
  it("does not take in a neighbour where the script writes no blanks", () => {
    expect(typed("[東京]|は", "都")).toEqual(["東京"]);
  });
});

describe("mapping in general", () => {
  // The core makes these cases and is held to them by its own tests.
  it("gives what the core gives on random edits", () => {
    const wrong = (cases as Case[]).filter(({ before, changes, spans, after }) => {
      const edit = ChangeSet.fromJSON(changes);
      const text = Text.of(before.split("\n"));
      const list = spans.map(([start, end]) => ({ start, end }));
      const mapped = mapClaims(list, edit, text, edit.apply(text)).map(({ start, end }) => [start, end]);
      return JSON.stringify(mapped) !== JSON.stringify(after);
    });
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(1000);
  });

  it("keeps spans whole and inside the text on any edit", () => {
    const words = fc.array(fc.constantFrom("a", "5", ".", " ", "-", "é", "東", "\n", "'", "€", "x"), {
      maxLength: 30,
    });
    const edit = fc.tuple(fc.nat(), fc.nat(), words);
    fc.assert(
      fc.property(words, fc.array(edit, { maxLength: 4 }), fc.nat(), fc.nat(), (chars, edits, a, b) => {
        const text = chars.join("");
        let changes = ChangeSet.empty(text.length);
        for (const [x, y, put] of edits) {
          const length = changes.newLength;
          const [from, to] = [x % (length + 1), y % (length + 1)].sort((p, q) => p - q) as [number, number];
          changes = changes.compose(ChangeSet.of({ from, to, insert: put.join("") }, length));
        }
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((p, q) => p - q) as [
          number,
          number,
        ];
        const before = Text.of(text.split("\n"));
        const now = changes.apply(before);
        for (const span of mapClaims([{ start, end }], changes, before, now)) {
          expect(span.start).toBeLessThan(span.end);
          expect(span.end).toBeLessThanOrEqual(now.length);
          expect(span.start).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
