import { expect, test } from "vitest";
import { movedEdge, nearestEdge } from "./edges";

const TEXT = "It rained. About 40 houses fell in Lindmoor. No one was hurt.\n\nThe end.";
const span = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });
const words = ({ start, end }: { start: number; end: number }) => TEXT.slice(start, end);

test("an edge goes a whole word further, and back", () => {
  const wider = movedEdge(TEXT, span("40 houses"), { edge: "end", step: 1, unit: "word" });
  expect(words(wider)).toBe("40 houses fell");
  expect(words(movedEdge(TEXT, wider, { edge: "end", step: -1, unit: "word" }))).toBe("40 houses");
  expect(words(movedEdge(TEXT, wider, { edge: "start", step: -1, unit: "word" }))).toBe(
    "About 40 houses fell",
  );
});

test("an edge goes to the end of its sentence", () => {
  const whole = movedEdge(TEXT, span("40 houses"), { edge: "end", step: 1, unit: "sentence" });
  expect(words(whole)).toBe("40 houses fell in Lindmoor.");
  expect(words(movedEdge(TEXT, whole, { edge: "start", step: -1, unit: "sentence" }))).toBe(
    "About 40 houses fell in Lindmoor.",
  );
});

test("a claim never becomes empty, and stops at the end of the text", () => {
  const one = span("40");
  expect(movedEdge(TEXT, one, { edge: "end", step: -1, unit: "word" })).toEqual(one);
  const last = span("end");
  expect(words(movedEdge(TEXT, last, { edge: "end", step: 1, unit: "word" }))).toBe("end");
});

test("a dragged edge snaps to the nearest word", () => {
  const inside = TEXT.indexOf("houses") + 5;
  expect(nearestEdge(TEXT, inside, "end")).toBe(TEXT.indexOf("houses") + 6);
  expect(nearestEdge(TEXT, inside, "start")).toBe(TEXT.indexOf("fell"));
});
