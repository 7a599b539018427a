import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call } from "../wire/client";
import { askEarly } from "../wire/early";
import { begin } from "./begin";
import { firstCalls } from "./first_calls";
import { keepOpen } from "./last_open";
import { ALL, keepView } from "./library_view";

/** What was asked of a desk that refuses everything, in order. */
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal("isTauri", true);
  mockIPC(
    (command, args) => {
      if (command !== "call") return null;
      const { name, request } = args as { name: string; request: unknown };
      asked.push(JSON.stringify([name, request]));
      throw { code: "refused", message: "No." };
    },
    { shouldMockEvents: true },
  );
  keepOpen("an article");
});

afterEach(() => {
  clearMocks();
  vi.unstubAllGlobals();
  localStorage.clear();
});

const timesAsked = () => firstCalls().map((one) => asked.filter((a) => a === JSON.stringify(one)).length);

test.each([
  ["the usual library", ALL],
  ["a filtered library", { ...ALL, sort: "open" as const, tag: "flood", queries: true }],
  ["a library under tags", { ...ALL, byTag: true }],
])("a start with %s asks nothing twice that was asked early", async (_, view) => {
  keepView(view);
  askEarly(firstCalls());
  await begin();
  expect(timesAsked()).toEqual([1, 1, 1, 1, 1]);
});

test("what changes on the desk makes early answers void", async () => {
  askEarly(firstCalls());
  await emit("desk-changed", null);
  await begin();
  expect(timesAsked()).toEqual([2, 2, 2, 2, 2]);
});

test("an early answer is for the first call alone, and gone after the start", async () => {
  askEarly([["desk.people", {}] as never, ["hub.status", {}]]);
  await begin();
  await call("hub.status", {}).catch(() => undefined);
  await call("desk.people" as never, {} as never).catch(() => undefined);
  expect(asked.filter((a) => a.startsWith('["hub.status"'))).toHaveLength(2);
  expect(asked.filter((a) => a.startsWith('["desk.people"'))).toHaveLength(2);
});
