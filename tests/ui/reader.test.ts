// The page of a real bundle, as whoever receives it opens it: from the disk, without script and without network. It is
// fit for everybody in light and dark, narrow and on paper, and its links lead somewhere.
import { expect, test, type Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { violations } from "./axe";
import { folder, tickmark } from "./core";

const root = join(__dirname, "..", "..");
let address = "";

/** The example as another desk rated a claim otherwise, corrected since it went out, with its one page unzipped. */
function made(): string {
  const place = folder();
  const at = (name: string) => join(place, name);
  const mara = (...args: string[]) =>
    tickmark(at("mara.desk"), "Mara Lind", ...args);
  const sam = (...args: string[]) =>
    tickmark(at("sam.desk"), "Sam Okoro", ...args);
  mara("example");
  mara("export", "1", "--to", at("first.zip"));
  sam("import", at("first.zip"));
  rate(sam, "misleading", "A week of it was after the opening.");
  sam("export", "1", "--to", at("theirs.zip"));
  rate(mara, "mostly-true", "To the day, but for the first night.");
  mara("import", at("theirs.zip"));
  const text = mara("article", "1").replace("26 lorries", "25 lorries");
  writeFileSync(at("next.md"), text);
  mara("revise", "1", at("next.md"), "--note", "A figure corrected");
  mara("export", "1", "--to", at("bundle.zip"));
  const unzipped = at("unzipped");
  execFileSync("python3", ["-m", "zipfile", "-e", at("bundle.zip"), unzipped]);
  const [top] = readdirSync(unzipped);
  return join(unzipped, top ?? "", "data", "index.html");
}

function rate(
  who: (...args: string[]) => string,
  rating: string,
  why: string,
): void {
  who("verdict", "C1", rating, "--rationale", why);
}

test.beforeAll(() => {
  address = pathToFileURL(made()).href;
});

/** Opens the page and keeps what it asks for beside itself. */
async function opened(page: Page): Promise<string[]> {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(address);
  return asked.filter((url) => url !== address);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the page of a bundle has no axe violation in ${colorScheme}, and asks for nothing`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    const asked = await opened(page);
    await page.evaluate(() =>
      document.querySelectorAll("details").forEach((one) => (one.open = true)),
    );
    expect(await violations(page, colorScheme)).toEqual([]);
    expect(asked).toEqual([]);
    await page.screenshot({
      path: join(root, "ui", "test-results", `reader-${colorScheme}.png`),
      fullPage: true,
    });
  });
}

test("claims, verdicts side by side, and comparisons are there to read", async ({
  page,
}) => {
  await opened(page);
  await expect(page.locator("#claim-1 .beside")).toContainText(
    "Rated differently",
  );
  await expect(page.locator("#revisions ins").first()).toHaveText(/25/);
  await page.locator("#gate a").first().click();
  expect(new URL(page.url()).hash).toMatch(/^#claim-\d+$/);
  const broken = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')]
      .map((link) => link.hash)
      .filter((hash) => !document.getElementById(hash.slice(1))),
  );
  expect(broken).toEqual([]);
});

test("it is read on a telephone without scrolling sideways", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await opened(page);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth),
  ).toBeLessThanOrEqual(360);
});

test("on paper everything stands open, and notes are not cut", async ({
  page,
}) => {
  await page.emulateMedia({ media: "print" });
  await opened(page);
  const closed = await page.evaluate(
    () =>
      [...document.querySelectorAll("details > :not(summary)")].filter(
        (one) => one.getClientRects().length === 0,
      ).length,
  );
  expect(closed).toBe(0);
  const pdf = await page.pdf({
    path: join(root, "ui", "test-results", "reader.pdf"),
    format: "A4",
  });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  const pages =
    readFileSync(
      join(root, "ui", "test-results", "reader.pdf"),
      "latin1",
    ).match(/\/Type\s*\/Page[^s]/g) ?? [];
  // 13 claims, 6 sources and 4 revisions take 4 pages.
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.length).toBeLessThan(6);
});
