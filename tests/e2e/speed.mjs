// How long the real window takes from its start until a person can work in it: the program is started, and the time is
// taken until the open article can be typed in. Prints a row of a table a desk. No journey, so it is run by name:
// TICKMARK_WINDOW=target/release/tickmark-window tests/e2e/run.sh tests/e2e/speed.mjs
// (a release build takes no file dialog from a test, and needs none here).

import { test } from "node:test";

import { Desk } from "./window.mjs";

const RUNS = 7;

async function started(desk) {
  const began = performance.now();
  const window = await desk.open();
  await window.session.find(".tm-claim");
  const took = performance.now() - began;
  const own = await window.session.run("return performance.now()");
  await window.close();
  return { took, own };
}

const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

for (const [name, fill] of [
  ["the example desk", (desk) => desk.tickmark("--as", "Ada Long", "example")],
  ["100,000 words with 5,000 claims", (desk) => process.env.TICKMARK_LARGE && desk.copy(process.env.TICKMARK_LARGE)],
]) {
  test(`from the start to an article that can be typed in: ${name}`, async (t) => {
    const desk = new Desk();
    t.after(() => desk.remove());
    if (!(await fill(desk))) return t.skip("TICKMARK_LARGE names no large desk");
    await started(desk);
    const times = [];
    for (let run = 0; run < RUNS; run += 1) times.push(await started(desk));
    const [all, own] = ["took", "own"].map((key) => median(times.map((time) => time[key])).toFixed(0));
    console.log(`| from the start to typing, ${name} | ${all} ms, of it ${own} ms in the page |`);
  });
}
