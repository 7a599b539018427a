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

it("views write no key of a command and ask only for keys there are", () => {
  const views = import.meta.glob<string>("../{views,components}/**/*.svelte", {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const known = new Set(commands().flatMap(({ id, keys }) => (keys ? [id] : [])));
  const asked = Object.values(views).flatMap((view) => [...view.matchAll(/keysOf\("([^"]+)"\)/g)]);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.map(([, id]) => id).filter((id) => !known.has(id ?? ""))).toEqual([]);
  // Enter with Mod also sends off a form: that is no command.
  const own = new Set(
    commands()
      .flatMap(({ keys }) => keys ?? [])
      .filter((keys) => keys !== "Mod+Enter"),
  );
  const written = Object.values(views).flatMap((view) => [
    ...view.matchAll(/(?:shownKeys\(|keys=)"([^"]+)"/g),
  ]);
  expect(written.map(([, keys]) => keys).filter((keys) => own.has(keys ?? ""))).toEqual([]);
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
