// What the shell lends the page: it is asked the way the page asks.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Desk } from "./window.mjs";
import { until } from "./webdriver.mjs";

const desk = new Desk();
let window;

before(async () => {
  window = await desk.open();
});
after(async () => {
  await window?.close();
  desk.remove();
});

test("the start says which desk the window is on", async () => {
  const start = await window.call("shell.start");
  assert.equal(start.desk, desk.file);
  assert.match(start.version, /^\d+\.\d+\.\d+/);
  assert.equal(start.platform, "linux");
});

test("a dialog that is cancelled is answered as such", async () => {
  desk.answerDialogs("");
  for (const name of ["shell.openFile", "shell.verify", "shell.backup"]) {
    assert.deepEqual(await window.call(name), { cancelled: true }, name);
  }
});

test("only web addresses are opened", async () => {
  for (const url of ["file:///etc/passwd", "javascript:alert(1)", "ssh://host"]) {
    await assert.rejects(window.call("shell.openUrl", { url }), { code: "not_a_web_address" });
  }
});

test("a snapshot's digest cannot name a folder", async () => {
  const odd = { digest: "../../escape", name: "report.pdf" };
  await assert.rejects(window.call("shell.openSnapshot", odd), /is no digest/);
});

test("an unknown command is refused by name", async () => {
  await assert.rejects(window.call("shell.format-disk"), { code: "unknown_command", message: /format-disk/ });
});

test("a zoom beyond reason is brought back, and an unknown theme refused", async () => {
  assert.equal(await window.call("shell.zoom", { factor: 50 }), 3);
  assert.equal(await window.call("shell.zoom", { factor: 1 }), 1);
  await assert.rejects(window.call("shell.theme", { theme: "pink" }), { code: "wrong_request" });
});

test("the look is there again after a restart, and closing ends the program", async () => {
  await window.call("shell.theme", { theme: "dark" });
  await window.call("shell.zoom", { factor: 1.25 });
  const closed = window.call("shell.close").catch(() => {});
  await until("the window to be gone", () => window.session.run("return true").then(() => false, () => true));
  await closed;
  await window.close();
  window = await desk.open();
  const { theme, zoom } = await window.call("shell.start");
  assert.deepEqual({ theme, zoom }, { theme: "dark", zoom: 1.25 });
  assert.equal(await window.session.run("return matchMedia('(prefers-color-scheme: dark)').matches"), true);
});
