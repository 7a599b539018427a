// The window opens, with the page in it and the page cut off from the world.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Desk } from "./window.mjs";

const desk = new Desk();
let window;

before(async () => {
  window = await desk.open();
});
after(async () => {
  await window?.close();
  desk.remove();
});

test("the window shows the page under the program's name", async () => {
  await window.session.find("main");
  assert.match(await window.session.ask("GET", "/title"), /Tickmark/);
  assert.match(await window.session.ask("GET", "/url"), /^tauri:\/\/localhost/);
});

test("the window is at least 1280 by 800", async () => {
  const [width, height] = await window.session.run("return [innerWidth, innerHeight]");
  assert.ok(width >= 1280 && height >= 790, `${width} x ${height}`);
});

test("the page's own styles and scripts hold under the content policy", async () => {
  const styled = await window.session.run(`
    const style = document.createElement("style");
    style.textContent = "#probe { width: 123px }";
    const probe = document.createElement("div");
    probe.id = "probe";
    document.body.append(style, probe);
    const width = getComputedStyle(probe).width;
    style.remove();
    probe.remove();
    return width;`);
  assert.equal(styled, "123px", "styles that an editor adds while it runs are applied");
});

test("the page can reach no address outside", async () => {
  const refused = await window.session.ask("POST", "/execute/async", {
    script: `const done = arguments[0];
      document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
      fetch("http://127.0.0.1:9/").catch(() => setTimeout(() => done("not refused by the policy"), 500));`,
    args: [],
  });
  assert.equal(refused, "connect-src");
});

test("the page has no power but the one command", async () => {
  const answer = await window.session.ask("POST", "/execute/async", {
    script: `const done = arguments[0];
      window.__TAURI_INTERNALS__.invoke("plugin:dialog|open", { options: {} })
        .then(() => done("allowed"), (error) => done(String(error)));`,
    args: [],
  });
  assert.match(answer, /not allowed/);
});

test("a picture of the window can be taken", async () => {
  await window.picture("opening");
});
