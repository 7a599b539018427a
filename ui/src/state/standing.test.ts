import { expect, it } from "vitest";
import type { ClaimRow, EffectDto } from "../wire/generated";
import { foretold, markOf, standingWords } from "./standing";

const row = (standing: string, openQueries = 0) =>
  ({ id: "c", standing, openQueries, rating: { slug: "true", label: "True", family: "holds" } }) as ClaimRow;
const effect = (standing: string, placement = "changed") =>
  ({ claim: "c", standing, placement, reasons: [] as string[] }) as unknown as EffectDto;

it("a verdict that typing will make fall, lose its place or hold again is said so", () => {
  expect(standingWords(row("checked"), effect("stale"))).toBe("Will be out of date");
  expect(standingWords(row("stale"), effect("orphaned"))).toBe("Will no longer be in the text");
  expect(standingWords(row("stale"), effect("checked"))).toBe("Will hold again");
});

it("a standing that typing does not change is said as it is", () => {
  expect(standingWords(row("checked"), effect("checked"))).toBe("True");
  expect(standingWords(row("stale"), effect("stale"))).toBe("Out of date");
});

it("an open query is drawn where the verdict will hold, not where it will fall", () => {
  expect(markOf(row("checked", 1), effect("checked"))).toBe("query");
  expect(markOf(row("checked", 1), effect("stale"))).toBe("stale");
});

it("only claims that typing comes near are drawn otherwise", () => {
  const rows = [row("checked"), { ...row("checked"), id: "d" }];
  const drawn = foretold(rows, new Map([["c", effect("stale")]]));
  expect([...drawn]).toEqual([["c", { mark: "stale", changed: true }]]);
});
