// A keystroke in a large article beside plain CodeMirror, in chromium: of the editor alone, and of the window on a desk.
// Prints tables, and what the machine had to do beside. A release build makes the desk quicker: TICKMARK_CLI names it.
import { test, type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { deskOf, folder, tickmark } from "./core";
import { begin } from "./desk";

const ROUNDS = 3;
const KEYS = 1000;
const STEADY = 100;

interface Row {
  name: string;
  median: number;
  p99: number;
}

interface Bench {
  begin(): Promise<number>;
  measure(keys: number): Promise<Row[]>;
  type(nth: number, keys: number): Promise<void>;
}

async function rounds(page: Page): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = await page.evaluate(
      (keys) => (window as unknown as Bench).measure(keys),
      KEYS,
    );
    for (const { name, median, p99 } of rows)
      tell(name, `${median.toFixed(2)} ms`, `${p99.toFixed(2)} ms`);
    const [ours, plain] = rows as [Row, Row];
    const ratio = (of: "median" | "p99") => (ours[of] / plain[of]).toFixed(2);
    tell("ratio", ratio("median"), ratio("p99"), `load ${load()}`);
  }
}

const tell = (...cells: string[]) => console.log(`| ${cells.join(" | ")} |`);
const load = () => loadavg()[0]?.toFixed(1);

test("a keystroke in 100,000 words with 5,000 claims", async ({ page }) => {
  test.setTimeout(300_000);
  await page.goto("/bench/keystroke.html");
  await rounds(page);
});

test("a keystroke in the window with 100,000 words and 5,000 claims", async ({
  page,
}) => {
  test.setTimeout(900_000);
  await begin(page);
  fill(await deskOf(page));
  await page.goto("/bench/window.html");
  await page.evaluate(() => (window as unknown as Bench).begin());
  await rounds(page);
  const [ours, plain] = [await work(page, 0), await work(page, 1)];
  tell("all that a key leads to, the window", `${ours.toFixed(2)} ms`);
  tell("the same, CodeMirror as it comes", `${plain.toFixed(2)} ms`);
  tell("ratio", (ours / plain).toFixed(2), `load ${load()}`);
});

/** The time the page's main thread works for one key at a person's pace, all that follows from it included. */
async function work(page: Page, nth: number): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  };
  const before = await busy();
  await page.evaluate(
    ([nth, keys]) => (window as unknown as Bench).type(nth, keys),
    [nth, STEADY] as const,
  );
  return ((await busy()) - before) * (1000 / STEADY);
}

/** Brings a long article in, with its claims as Web Annotations. */
function fill(desk: string): void {
  const body = Array.from({ length: 1700 }, (_, n) => paragraph(n));
  const text = `# A long story\n\n${body.join("\n\n")}\n`;
  const place = folder();
  writeFileSync(join(place, "long.md"), text);
  writeFileSync(join(place, "claims.jsonld"), annotations(text));
  tickmark(desk, "Mara Lindt", "import", join(place, "long.md"));
  tickmark(
    desk,
    "Mara Lindt",
    "claim",
    "import",
    "1",
    join(place, "claims.jsonld"),
  );
}

function paragraph(n: number): string {
  const [a, b, c] = [(n * 7) % 997, (n * 31) % 1009, 1900 + (n % 120)];
  return `In ${c} the council of district ${n} counted ${a} houses by the river and said that none of them had stood there when the road was built, which nobody who lived there believed. The bridge at kilometre ${b} was closed for ${a} days after the flood, the longest time since the railway came, and ${b} people took the ferry. Mayor Name${n} called it a warning and asked for €${b} million.`;
}

function annotations(text: string): string {
  const starts = [...text.matchAll(/^In \d/gm)].flatMap(({ index }) => [
    index,
    index + 60,
    index + 140,
  ]);
  const items = starts.slice(0, 5000).map((start, at) => ({
    id: `urn:uuid:00000000-0000-4000-8000-${`${at}`.padStart(12, "0")}`,
    type: "Annotation",
    motivation: "assessing",
    target: {
      source: "https://example.org/",
      selector: [
        {
          type: "TextQuoteSelector",
          exact: text.slice(start, start + 40),
          prefix: text.slice(Math.max(0, start - 30), start),
          suffix: text.slice(start + 40, start + 70),
        },
        { type: "TextPositionSelector", start, end: start + 40 },
      ],
    },
  }));
  const context = "http://www.w3.org/ns/anno.jsonld";
  return JSON.stringify({ "@context": context, type: "AnnotationPage", items });
}
