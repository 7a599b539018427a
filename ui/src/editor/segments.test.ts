import { expect, it } from "vitest";
import { segments } from "./segments";

const span = (claim: string, start: number, end: number) => ({ claim, start, end });

it("overlapping claims are cut into disjoint segments", () => {
  const cut = segments([span("a", 0, 10), span("b", 5, 15)]);
  expect(cut.map(({ start, end, on }) => [start, end, on.map(({ claim }) => claim).join("")])).toEqual([
    [0, 5, "a"],
    [5, 10, "ab"],
    [10, 15, "b"],
  ]);
});

it("a claim keeps its lane over its whole length", () => {
  const cut = segments([span("a", 0, 20), span("b", 5, 10), span("c", 12, 30)]);
  const lanes = new Map<string, Set<number>>();
  for (const { on } of cut)
    for (const { claim, lane } of on) lanes.set(claim, (lanes.get(claim) ?? new Set()).add(lane));
  expect([...lanes.values()].every((used) => used.size === 1)).toBe(true);
  expect(lanes.get("b")).toEqual(lanes.get("c"));
});

it("claims that only touch share no segment", () => {
  expect(segments([span("a", 0, 5), span("b", 5, 9)]).every(({ on }) => on.length === 1)).toBe(true);
});
