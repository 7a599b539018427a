// Sizes as a person reads them.
import { expect, test } from "vitest";
import { size } from "./say";

test("a small file is told in bytes and never as empty", () => {
  expect([0, 1, 45, 999].map(size)).toEqual(["0 bytes", "1 byte", "45 bytes", "999 bytes"]);
});

test("larger files are told in kilobytes and megabytes", () => {
  expect([1000, 1540, 2_300_000].map(size)).toEqual(["1 kB", "1.5 kB", "2.3 MB"]);
});
