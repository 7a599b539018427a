import { expect, test } from "vitest";
import { nearness } from "./status";

const noon = new Date("2026-11-26T12:00:00");

test("a day is due until its end, a time until it comes", () => {
  expect(nearness("2026-11-26", noon)).toBe("today");
  expect(nearness("2026-11-26T11:00:00", noon)).toBe("late");
  expect(nearness("2026-11-26T17:00:00", noon)).toBe("today");
  expect(nearness("2026-11-25", noon)).toBe("late");
  expect(nearness("2026-11-27", noon)).toBe("later");
});
