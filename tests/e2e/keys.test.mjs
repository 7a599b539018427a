// Keys in the real window: a passphrase is set, the command line and a window opened anew ask for it, and on another desk
// the signer becomes a contact.
//
// One journey in steps: each goes on where the one before stopped.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { at, put } from "./page.mjs";
import { Key } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const desk = new Desk();
const other = new Desk();
const bundle = join(desk.folder, "the mill.zip");
const publicKey = join(desk.folder, "mine.pub");
let window;
let page;

before(async () => {
  const file = join(desk.folder, "mill.md");
  writeFileSync(file, "# The mill at Orn\n\nThe mill ground 12 tonnes of rye in 2019.\n");
  await desk.told("import", file);
  window = await desk.open();
  page = window.session;
});
after(async () => {
  await window?.picture("keys-last").catch(() => {});
  await window?.close();
  desk.remove();
  other.remove();
});

test("the public key is saved and a passphrase is set", async () => {
  await page.click(at("settings"));
  await page.click(".tm-dialog footer button:first-child");
  await page.shows(at("key-protection"), "No passphrase");
  desk.answerDialogs(publicKey);
  await page.click(at("key-save"));
  await page.shows("body", "saved to");
  const line = await page.shows(at("key-public"), "RW");
  assert.equal(readFileSync(publicKey, "utf8").split("\n")[1], line);
  await page.click(at("passphrase-set"));
  await put(page, "passphrase-new", "three old ferries");
  await put(page, "passphrase-again", "three old ferries");
  await page.click(at("passphrase-save"));
  await page.shows(at("key-protection"), "Protected");
  await window.picture("keys");
  const asked = await desk.tickmark("export", "1", "--to", bundle);
  assert.equal(asked.code, 2, "the command line asks for it too");
});

test("a window opened anew asks for the passphrase, says when it is wrong, and asks no more", async () => {
  await window.close();
  window = await desk.open();
  page = window.session;
  await page.click(at("article-card"));
  await page.shows(".cm-content", "12 tonnes");
  desk.answerDialogs(bundle);
  await page.click(at("export"));
  await put(page, "export-passphrase", "two old ferries");
  await page.click(at("export-confirm"));
  await page.shows(at("export-signing"), "not the passphrase");
  await window.picture("keys-export");
  await put(page, "export-passphrase", "three old ferries");
  await page.click(at("export-confirm"));
  await page.gone(at("export-dialog"));
  await page.click(at("export"));
  await page.shows(at("export-dialog"), "The mill at Orn");
  assert.equal(await page.count(at("export-passphrase")), 0);
  await page.press(Key.Escape);
});

test("on another desk the signer is unknown, and becomes a contact", async () => {
  await window.close();
  window = await other.open();
  page = window.session;
  await put(page, "first-run-name", "Jo Hall");
  await page.click(at("first-run-start"));
  other.answerDialogs(bundle);
  await page.click(at("verify"));
  await page.shows(at("verify-signed"), "unknown key");
  await page.click(at("verify-add-contact"));
  await page.shows(at("unknown-signer"), "Compare the key");
  await put(page, "contact-name", "The mill's checker");
  await page.click(at("contact-add"));
  await page.shows(at("verify-signed"), "By The mill's checker");
  const judged = await other.tickmark("verify", bundle, "--require", "signed");
  assert.equal(judged.code, 0, judged.stderr);
});
