// How long the real window takes from its start until its text takes a key, beside an empty Tauri window with one field
// (src-tauri/examples/empty), by turns; and what each holds in memory. Prints tables. No journey, so it is run by name:
// cargo build --release --workspace --bins --example empty
// TICKMARK_CLI=target/release/tickmark TICKMARK_WINDOW=target/release/tickmark-window tests/e2e/run.sh tests/e2e/speed.mjs
// TICKMARK_E2E_SECONDS=900 gives it the time it needs. TICKMARK_MANY names a desk of many articles, as TICKMARK_KEEP of the
// bench `many` leaves it, TICKMARK_LARGE one with a large article, TICKMARK_RUNS how often each is started.

import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";

import { until } from "./webdriver.mjs";
import { Desk } from "./window.mjs";

const RUNS = Number(process.env.TICKMARK_RUNS ?? 11);
/** How long a window rests before its memory is read, in milliseconds. */
const REST = 1500;
const TEXT = ".cm-content[contenteditable=true]";

const window = resolve(process.env.TICKMARK_WINDOW);
const empty = process.env.TICKMARK_EMPTY ?? join(dirname(window), "examples", "empty");

const example = (desk) => desk.told("example");
const copied = (from) => from && ((desk) => desk.copy(from));
const candidates = [
  { name: "an empty Tauri window", program: empty, field: "textarea", fill: () => true },
  { name: "the example desk", program: window, field: TEXT, fill: example },
  { name: "the desk of many articles", program: window, field: TEXT, fill: copied(process.env.TICKMARK_MANY) },
  { name: "the desk of one large article", program: window, field: TEXT, fill: copied(process.env.TICKMARK_LARGE) },
].filter(({ fill }) => fill);

/** A program that notes when it is started, in nanoseconds of the clock, and becomes `program`. */
function noting(desk, program) {
  const [script, note] = [join(desk.folder, "start"), join(desk.folder, "started")];
  writeFileSync(script, `#!/bin/sh\ndate +%s%N >'${note}'\nexec '${program}' "$@"\n`);
  chmodSync(script, 0o755);
  return { script, began: () => Number(readFileSync(note, "utf8")) / 1e6 };
}

/** In the page: waits for the field, at most 10 s, and gives it the focus. Says whether it came. */
const FOCUS = `const [field, done] = arguments;
  addEventListener("input", () => (window.took ??= Date.now()), true);
  const look = (patience) => {
    const found = document.querySelector(field);
    if (!found && patience > 0) return setTimeout(look, 4, patience - 1);
    found?.focus();
    done(found !== null);
  };
  look(2500);`;

/** In the page: when it began, when it was loaded, and when its text took a key, in milliseconds of the clock. */
const TIMES = `const { loadEventEnd } = performance.getEntriesByType("navigation")[0];
  return { page: performance.timeOrigin, loaded: performance.timeOrigin + loadEventEnd, key: window.took };`;

async function started({ desk, program, field }) {
  const { script, began } = noting(desk, program);
  const window = await desk.open(script);
  try {
    const times = await typed(window.session, field);
    const since = Object.entries(times).map(([name, time]) => [name, time - began()]);
    await new Promise((resume) => setTimeout(resume, REST));
    return { ...Object.fromEntries(since), memory: window.memory() };
  } finally {
    await window.close();
  }
}

/** Types a key into the field as soon as it is there. */
async function typed(session, field) {
  const there = await session.ask("POST", "/execute/async", { script: FOCUS, args: [field] });
  if (!there) throw new Error(`there is nothing to type in: no ${field}`);
  await session.type("x");
  return until("the key", async () => {
    const times = await session.run(TIMES);
    return times.key && times;
  });
}

const median = (all) => all.toSorted((a, b) => a - b)[all.length >> 1];
const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;

test("from the start until the text takes a key", { timeout: 1_800_000 }, async (t) => {
  const all = candidates.map((one) => ({ ...one, desk: new Desk(), runs: [] }));
  t.after(() => all.forEach(({ desk }) => desk.remove()));
  for (const one of all) await one.fill(one.desk);
  // The first start of each reads from the disk what the others then find in memory, and opens an article.
  for (const one of all) await started(one);
  for (let run = 0; run < RUNS; run += 1)
    for (const one of run % 2 ? all.toReversed() : all) one.runs.push(await started(one));
  report(all);
});

function report(all) {
  const [first] = all;
  const key = ({ runs }) => median(runs.map((run) => run.key));
  const loaded = median(first.runs.map((run) => run.loaded));
  row("from the start until", "page begins", "loaded", "a key is taken", "least, most", "to the empty window", "to its being loaded");
  for (const one of all) {
    const [page, load] = ["page", "loaded"].map((part) => median(one.runs.map((run) => run[part])).toFixed(0));
    const keys = one.runs.map(({ key }) => key.toFixed(0)).toSorted((a, b) => a - b);
    const ratios = [key(one) / key(first), key(one) / loaded].map((ratio) => ratio.toFixed(2));
    row(one.name, page, load, `${key(one).toFixed(0)} ms`, `${keys[0]}, ${keys.at(-1)}`, ...ratios);
  }
  row("memory at rest (PSS)", "in all", "by process");
  for (const { name, runs } of all) {
    const sum = ({ memory }) => memory.reduce((total, { bytes }) => total + bytes, 0);
    const middle = runs.toSorted((a, b) => sum(a) - sum(b))[runs.length >> 1];
    const parts = middle.memory.map((one) => `${one.name} ${megabytes(one.bytes)}`);
    row(name, megabytes(sum(middle)), parts.join(", "));
  }
}
