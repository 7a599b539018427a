import { expect, test } from "vitest";
import type { Proposal } from "../wire/generated";
import { Proposed } from "./proposed.svelte";

const TEXT = "# The ferry\n\nFares rise.\n\nThe port said so.\n";
const at = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });

const proposal = {
  text: TEXT,
  recognised: [
    { kind: "headline", span: at("# The ferry"), line: 2 },
    { kind: "standfirst", span: at("Fares rise."), line: 4 },
    { kind: "paragraph", span: at("The port said so."), line: 8 },
  ],
  leftOut: [
    { line: 1, text: "Menu", why: "furniture" },
    { line: 6, text: "Photo: A. Vos", why: "furniture" },
    { line: 9, text: "Share", why: "furniture" },
    { line: 9, text: "==", why: "heading" },
  ],
} as unknown as Proposal;

const put = (proposed: Proposed, text: string) => {
  const one = proposed.out.find((o) => o.text === text);
  if (!one) throw new Error(text);
  return proposed.putBack(one);
};

test("what was left out comes back to its place in the file", () => {
  const proposed = new Proposed(proposal);
  const { start, end } = put(proposed, "Photo: A. Vos");
  expect(proposed.text.slice(start, end)).toBe("Photo: A. Vos");
  put(proposed, "Menu");
  put(proposed, "Share");
  expect(proposed.text).toBe(
    "Menu\n\n# The ferry\n\nFares rise.\n\nPhoto: A. Vos\n\nThe port said so.\n\nShare\n",
  );
  expect(proposed.out.map((o) => o.text)).toEqual(["=="]);
  expect(proposed.out.map((o) => proposed.canReturn(o))).toEqual([false]);
});

test("another headline makes the old one a heading, and what is left out can return", () => {
  const proposed = new Proposed(proposal);
  const port = proposed.paragraphs[2];
  if (!port) throw new Error("no paragraph");
  proposed.choose(port, "headline");
  expect(proposed.text).toBe("## The ferry\n\nFares rise.\n\n# The port said so.\n");
  expect(proposed.notable.map((p) => p.kind)).toEqual(["heading", "standfirst", "headline"]);
  const fares = proposed.paragraphs[1];
  if (!fares) throw new Error("no paragraph");
  proposed.choose(fares, "out");
  expect(proposed.text).toBe("## The ferry\n\n# The port said so.\n");
  put(proposed, "Fares rise.");
  expect(proposed.text).toBe("## The ferry\n\nFares rise.\n\n# The port said so.\n");
});

test("typing needs no bookkeeping", () => {
  const proposed = new Proposed(proposal);
  proposed.text = proposed.text.replace("Fares rise.", "Fares rise in March.");
  put(proposed, "Photo: A. Vos");
  expect(proposed.text).toContain("in March.\n\nPhoto: A. Vos\n\nThe port");
  expect(proposed.at(14)?.words).toBe("Fares rise in March.");
});
