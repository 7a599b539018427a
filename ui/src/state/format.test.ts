// Sizes in the format of the person.
import { expect, test } from "vitest";
import { formatBytes } from "./format";

test("a small file is shown in bytes and never as empty", () => {
  expect([0, 1, 45, 999].map(formatBytes)).toEqual(["0 bytes", "1 byte", "45 bytes", "999 bytes"]);
});

test("larger files are shown in kilobytes, megabytes and gigabytes", () => {
  expect([1000, 1540, 2_300_000, 21_474_836_480].map(formatBytes)).toEqual([
    "1 kB",
    "1.5 kB",
    "2.3 MB",
    "21.5 GB",
  ]);
});
