// The spelling is checked in the article's own language: it reaches the text, and WebKit's checker takes its dictionary. A
// dictionary of this journey's own is installed where a person's own ones are.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { at, pasteArticle, put } from "./page.mjs";
import { until } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const desk = new Desk();
let window;
let page;

const lang = () => page.run("return document.querySelector('.cm-content')?.lang ?? null");

before(async () => {
  const dictionaries = join(desk.folder, "config", "enchant", "hunspell");
  mkdirSync(dictionaries, { recursive: true });
  writeFileSync(join(dictionaries, "nn_NO.aff"), "SET UTF-8\n");
  writeFileSync(join(dictionaries, "nn_NO.dic"), "3\nkverna\nmol\nrug\n");
  window = await desk.open();
  page = window.session;
  await put(page, "first-run-name", "Mara Lind");
  await page.click(at("first-run-start"));
  await pasteArticle(window, "Kverna på Orn\n\nKverna mol rug og bygg i mange år.");
  await page.shows(".cm-content", "Kverna mol");
});
after(async () => {
  await window?.picture("spelling-last").catch(() => {});
  await window?.close();
  desk.remove();
});

test("the language that is set for an article reaches its text at once", async () => {
  await desk.told("article", "info", "1", "--language", "nn-NO");
  await until("the language on the text", async () => (await lang()) === "nn-NO");
  assert.equal(await page.run("return document.querySelector('.cm-content').spellcheck"), true);
});

test("WebKit's checker takes the dictionary of that language, and none that is not installed", async () => {
  assert.ok((await window.call("shell.language", { language: "nn-NO" })).includes("nn_NO"));
  const others = await window.call("shell.language", { language: "xx-YY" });
  assert.ok(Array.isArray(others) && !others.includes("xx_YY") && !others.includes("nn_NO"), String(others));
});
