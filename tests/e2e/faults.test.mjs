// What happens to a desk's file while nobody looks: it is damaged, or it goes away under the open window.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";

import { at } from "./page.mjs";
import { until } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const desk = new Desk();
let window;

after(async () => {
  await window?.close();
  desk.remove();
});

async function reopened() {
  await window?.close();
  window = await desk.open();
  return window.session;
}

const backups = () => (existsSync(`${desk.file}.backups`) ? readdirSync(`${desk.file}.backups`) : []);

test("a desk that cannot be opened is restored from a backup in the window", async () => {
  await desk.told("example");
  const page = await reopened();
  await page.find(".cm-content");
  await until("a backup", () => backups().some((name) => name.endsWith(".tickmark")));
  await window.close();
  window = undefined;
  writeFileSync(desk.file, Buffer.alloc(300_000, "damaged "));
  const damaged = await reopened();
  await damaged.shows(at("problem"), "could not be opened");
  await damaged.shows(at("restore"), "Restore");
  await window.picture("restore");
  await damaged.click(`${at("restore")} li:first-of-type button`);
  await damaged.shows(at("restore"), "Restore this backup");
  await damaged.click(`${at("restore")} li:first-of-type button`);
  await damaged.find(".cm-content");
  const aside = backups().filter((name) => name.endsWith("before-restore.tickmark"));
  assert.equal(aside.length, 1);
  assert.equal(readFileSync(`${desk.file}.backups/${aside[0]}`).length, 300_000, "the damaged file is kept as it was");
});

test("a desk that goes away under the window is told, and what is typed is kept", async () => {
  const page = window.session;
  await page.click(".cm-content");
  await page.type("Typed before. ");
  renameSync(desk.file, `${desk.file} moved away`);
  await page.type("Typed after it went away. ");
  await page.shows(at("trouble"), "rescued.txt");
  await page.shows(at("trouble"), "was deleted or moved away");
  await page.shows("main", "draft not kept");
  await window.picture("replaced");
  await until("what was typed in the file", () =>
    readFileSync(`${desk.file}.rescued.txt`, "utf8").includes("Typed after it went away. "));
  assert.ok(!existsSync(desk.file));
});
