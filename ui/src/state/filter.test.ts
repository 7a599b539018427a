import { expect, it } from "vitest";
import type { ClaimRow } from "../wire/generated";
import { NO_FILTER, filtered, isFiltered } from "./filter";

const row = (number: number, more: Partial<ClaimRow> = {}): ClaimRow => ({
  id: `c${number}`,
  number,
  spans: [],
  quote: "",
  assertion: null,
  kind: null,
  claimant: null,
  risk: "normal",
  placement: "kept",
  standing: "unchecked",
  contextChanged: false,
  contextOpen: false,
  contextMessages: [],
  reasons: [],
  reasonMessages: [],
  rating: null,
  checker: null,
  assignee: null,
  evidence: 0,
  signOffs: 0,
  openQueries: 0,
  ...more,
});
const me = { id: "me", name: "Mara", initials: "ML" };
const rows = [
  row(1, { standing: "checked", rating: { slug: "true", label: "True", family: "holds" }, checker: me }),
  row(2, { standing: "stale", kind: "figure" }),
  row(3, { risk: "high", assignee: me }),
  row(4, { openQueries: 1 }),
];
const numbers = (list: ClaimRow[]) => list.map(({ number }) => number);

it("nothing is left out without a filter, and the order is the text's", () => {
  expect(numbers(filtered(rows, NO_FILTER, "me"))).toEqual([1, 2, 3, 4]);
  expect(isFiltered(NO_FILTER)).toBe(false);
});

it("claims are filtered by standing, risk and who has them", () => {
  expect(numbers(filtered(rows, { ...NO_FILTER, standing: "stale" }, "me"))).toEqual([2]);
  expect(numbers(filtered(rows, { ...NO_FILTER, standing: "query" }, "me"))).toEqual([4]);
  expect(numbers(filtered(rows, { ...NO_FILTER, risk: "high" }, "me"))).toEqual([3]);
  expect(numbers(filtered(rows, { ...NO_FILTER, mine: true }, "me"))).toEqual([1, 3]);
});

it("a changed sentence is listed where the desk asks for another look at it", () => {
  const changed = [
    row(1, { contextChanged: true, contextOpen: true }),
    row(2, { contextChanged: true, contextOpen: false }),
  ];
  expect(numbers(filtered(changed, { ...NO_FILTER, standing: "context" }, "me"))).toEqual([1]);
});

it("the most urgent come first when asked", () => {
  expect(numbers(filtered(rows, { ...NO_FILTER, sort: "standing" }, "me"))).toEqual([2, 4, 3, 1]);
});
