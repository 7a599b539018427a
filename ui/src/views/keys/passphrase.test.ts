import { describe, expect, it } from "vitest";
import { complete, differs, request } from "./passphrase";

const typed = (now: string, next: string, again: string) => ({ now, next, again });

describe("a passphrase", () => {
  it("is set only when it was typed twice, changed and removed only with the one of now", () => {
    expect(complete("set", typed("", "ferry", "ferry"))).toBe(true);
    expect(complete("set", typed("", "ferry", ""))).toBe(false);
    expect(complete("change", typed("", "ferry", "ferry"))).toBe(false);
    expect(complete("remove", typed("ferry", "", ""))).toBe(true);
    expect(complete("remove", typed("", "", ""))).toBe(false);
  });

  it("is said to differ once the second could be whole, not while it is typed", () => {
    expect(differs("set", typed("", "ferry", "fe"))).toBe(false);
    expect(differs("set", typed("", "ferry", "fairy"))).toBe(true);
    expect(differs("set", typed("", "ferry", "ferry"))).toBe(false);
    expect(differs("remove", typed("x", "", "y"))).toBe(false);
  });

  it("is sent only as far as it is asked", () => {
    expect(request("set", typed("left over", "new", "new"))).toEqual([null, "new"]);
    expect(request("change", typed("old", "new", "new"))).toEqual(["old", "new"]);
    expect(request("remove", typed("old", "left over", ""))).toEqual(["old", null]);
  });
});
