import { Text } from "@codemirror/state";
import { createHash } from "node:crypto";
import { beforeEach, expect, it, vi } from "vitest";
import { connectTo } from "../wire/client";
import { keepDraft } from "./keeping";

const kept: { text: string | null; baseDigest: string | null }[] = [];

beforeEach(() => {
  kept.length = 0;
  const call = (_name: string, request: unknown) => {
    kept.push(request as (typeof kept)[number]);
    return Promise.resolve({});
  };
  connectTo({ call, listen: () => undefined });
});

const keep = (on: Text, whole = false) =>
  keepDraft("a", "r", { on, changes: [], text: () => "all that is typed" }, whole);
const saved = (text: string) => Text.of(text.split("\n"));
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

/** Keeps a first draft on a text, and others until its digest is known. */
async function known(text: string): Promise<Text> {
  const on = saved(text);
  await vi.waitFor(async () => {
    await keep(on);
    expect(kept.at(-1)?.baseDigest).not.toBeNull();
  });
  kept.length = 0;
  return on;
}

it("the first draft on a text crosses whole, later ones as changes of a text that is named by its digest", async () => {
  await keep(saved("Ça va?\n\nYes."));
  expect(kept).toMatchObject([{ text: "all that is typed", baseDigest: null }]);
  await keep(await known("Ça va?\n\nYes."));
  expect(kept).toMatchObject([{ text: null, baseDigest: digest("Ça va?\n\nYes.") }]);
});

it("a draft on a text that was just saved crosses whole again", async () => {
  await known("Some words.");
  await keep(saved("Same words."));
  expect(kept).toMatchObject([{ text: "all that is typed", baseDigest: null }]);
});

it("a draft crosses whole where it is asked for", async () => {
  await keep(await known("Some words."), true);
  expect(kept).toMatchObject([{ text: "all that is typed", baseDigest: null }]);
});
