import { beforeAll, expect, test } from "vitest";
import type { MessageDto } from "./generated";
import { fetchWords, words } from "./words.svelte";

beforeAll(fetchWords);

const unchecked = (claim: string) => words({ code: "open_unchecked", args: { words: claim } });

test("a message shows its arguments, and a list is separated", () => {
  const why: MessageDto[] = [
    { code: "reason_changed", args: { was: "2020", now: "2022" } },
    { code: "reason_added", args: { now: "roughly" } },
  ];
  expect(words({ code: "open_stale", args: { words: "since 2020", why } })).toBe(
    "The verdict on “since 2020” is out of date: “2020” → “2022”; “roughly” added",
  );
});

test("no quotation mark is doubled", () => {
  expect(unchecked("We sank")).toBe("“We sank” has no verdict");
  expect(unchecked("“We sank”")).toBe("“We sank” has no verdict");
  expect(unchecked("she said “we sank”")).toBe("‘she said “we sank”’ has no verdict");
  expect(unchecked("“we” and “they”")).toBe("‘“we” and “they”’ has no verdict");
  expect(words({ code: "reason_changed", args: { was: "“", now: "a" } })).toBe("‘“’ → “a”");
});

test("a number decides between singular and plural", () => {
  expect(words({ code: "leak_revisions", args: { count: 1 } })).toBe("the text of 1 revision");
  expect(words({ code: "leak_revisions", args: { count: 3 } })).toBe("the text of 3 revisions");
});

test("a code of a newer core shows itself and its arguments", () => {
  expect(words({ code: "of_tomorrow", args: { claim: "C3" } })).toBe("of_tomorrow (claim: C3)");
  expect(words({ code: "of_tomorrow" })).toBe("of_tomorrow");
});
