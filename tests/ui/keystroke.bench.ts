// A keystroke in a large article beside plain CodeMirror, in chromium. Prints two rows of a table.
import { test } from "@playwright/test";

test("a keystroke in 100,000 words with 5,000 claims", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/bench/keystroke.html");
  type Row = { name: string; median: number; p99: number };
  const rows = await page.evaluate(() =>
    (window as unknown as { measure(): Promise<Row[]> }).measure(),
  );
  for (const { name, median, p99 } of rows)
    console.log(`| ${name} | ${median.toFixed(2)} ms | ${p99.toFixed(2)} ms |`);
});
