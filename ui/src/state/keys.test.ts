import { expect, it } from "vitest";
import { isKey } from "./keys";
import { commands } from "./commands.svelte";
import * as catalogue from "../../messages/en.json";

it("a key is known by its modifiers and by nothing more", () => {
  const event = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);
  expect(isKey(event({ key: "s", ctrlKey: true }), "Mod+S")).toBe(true);
  expect(isKey(event({ key: "S", ctrlKey: true, shiftKey: true }), "Mod+S")).toBe(false);
  expect(isKey(event({ key: "S", ctrlKey: true, shiftKey: true }), "Mod+Shift+S")).toBe(true);
  expect(isKey(event({ key: "+", ctrlKey: true, shiftKey: true }), "Mod++")).toBe(true);
  expect(isKey(event({ key: "F8", shiftKey: true }), "F8")).toBe(false);
});

it("no key belongs to two commands", () => {
  const keys = commands().flatMap((command) => command.keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

it("every command has a name of its own", () => {
  const all = commands();
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.every(({ title }) => title.length > 0)).toBe(true);
});

it("every text of the catalogue says something", () => {
  const { $schema: schema, ...texts } = catalogue as Record<string, unknown>;
  expect(schema).toBeTruthy();
  expect(Object.values(texts).every(Boolean)).toBe(true);
});
