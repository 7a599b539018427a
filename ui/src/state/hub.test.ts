// What each role may do, as the window offers it.
import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import type { ActionLabel, HubDto, Role } from "../wire/generated";
import { allows, hub, may } from "./hub.svelte";

const status = (more: Partial<HubDto>): HubDto => ({
  state: "up-to-date",
  name: "News",
  role: "checker",
  since: null,
  why: null,
  whyMessage: null,
  waiting: 0,
  cursor: 0,
  head: 0,
  refused: [],
  skipped: [],
  remote: { files: 0, bytes: 0 },
  present: [],
  ...more,
});
const ROLES: Role[] = ["reader", "reporter", "checker", "chief"];
const ada = { name: "Ada Long", initials: "AL", article: "one" };

beforeEach(() => hub.take(status({ state: "off", role: null })));

describe("roles", () => {
  test.each<[Role, boolean, boolean, boolean]>([
    ["reader", false, false, false],
    ["reporter", true, false, false],
    ["checker", true, true, false],
    ["chief", true, true, true],
  ])("a %s may do what the list says", (role, marks, judges, rules) => {
    expect([may(role, "mark"), may(role, "give-verdict"), may(role, "set-policy")]).toEqual([
      marks,
      judges,
      rules,
    ]);
    expect([may(role, "suggest"), may(role, "resolve"), may(role, "add-scale")]).toEqual([
      marks,
      judges,
      rules,
    ]);
  });

  test("what is offered is what the desk's own lists allow", () => {
    const source = (file: string) => readFileSync(`../src/model/${file}.rs`, "utf8");
    const kinds = [...source("action").matchAll(/(\w+) = "([a-z-]+)"/g)].map(([, name, slug]) => [
      name,
      slug,
    ]);
    const listed = (list: string) =>
      [
        ...(new RegExp(`${list}[^=]*= &\\[([^\\]]*)`).exec(source("role"))?.[1] ?? "").matchAll(/::(\w+)/g),
      ].map(([, name]) => name);
    const [reporters, checkers] = [listed("BY_REPORTERS"), listed("BY_CHECKERS")];
    expect(checkers).toContain("GiveVerdict");
    for (const [name, slug] of kinds) {
      const least = reporters.includes(name) ? "reporter" : checkers.includes(name) ? "checker" : "chief";
      const can = ROLES.filter((role) => may(role, slug as ActionLabel));
      expect([name, can[0]]).toEqual([name, least]);
    }
  });

  test("a desk of one's own allows everything", () => {
    expect(allows("redact")).toBe(true);
    hub.take(status({ role: "checker" }));
    expect(allows("redact")).toBe(false);
  });
});

describe("who is present", () => {
  test("somebody with two devices in one article is shown once", () => {
    hub.take(status({ present: [ada, ada, { ...ada, article: "two" }] }), true);
    expect(hub.presentIn("one")).toEqual([ada]);
    expect(hub.presentIn("three")).toEqual([]);
  });

  test("an answer that does not know who is present leaves them, and leaving forgets them", () => {
    hub.take(status({ present: [ada] }), true);
    hub.take(status({ waiting: 3 }));
    expect(hub.presentIn("one")).toEqual([ada]);
    hub.take(status({ state: "off", role: null }));
    expect(hub.presentIn("one")).toEqual([]);
  });
});
