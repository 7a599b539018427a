// The page of a real bundle, as whoever receives it opens it: from the disk, without script and without network. It is
// fit for everybody in light and dark, narrow and on paper, and its links lead somewhere.
import { expect, test, type Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { violations } from "./axe";

const root = join(__dirname, "..", "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = join(target, "debug", "tickmark");
let address = "";

/** Runs the command line on a desk of the test's own. */
function tickmark(folder: string, name: string, ...args: string[]): string {
  const desk = ["--desk", join(folder, `${name}.desk`), "--as", name];
  return execFileSync(program, [...desk, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** The example as another desk rated a claim otherwise, corrected since it went out, with its one page unzipped. */
function made(): string {
  if (!existsSync(program))
    execFileSync(
      "cargo",
      ["build", "--locked", "--quiet", "--bin", "tickmark"],
      { cwd: root },
    );
  const folder = mkdtempSync(join(tmpdir(), "a bundle-"));
  const [first, theirs, bundle] = ["first", "theirs", "bundle"].map((name) =>
    join(folder, `${name}.zip`),
  ) as [string, string, string];
  tickmark(folder, "Mara Lind", "example");
  tickmark(folder, "Mara Lind", "export", "1", "--to", first);
  tickmark(folder, "Sam Okoro", "import", first);
  tickmark(
    folder,
    "Sam Okoro",
    "verdict",
    "C1",
    "misleading",
    "--rationale",
    "A week of it was after the opening.",
  );
  tickmark(folder, "Sam Okoro", "export", "1", "--to", theirs);
  tickmark(
    folder,
    "Mara Lind",
    "verdict",
    "C1",
    "mostly-true",
    "--rationale",
    "To the day, but for the first night.",
  );
  tickmark(folder, "Mara Lind", "import", theirs);
  const text = tickmark(folder, "Mara Lind", "article", "1").replace(
    "26 lorries",
    "25 lorries",
  );
  writeFileSync(join(folder, "next.md"), text);
  tickmark(
    folder,
    "Mara Lind",
    "revise",
    "1",
    join(folder, "next.md"),
    "--note",
    "A figure corrected",
  );
  tickmark(folder, "Mara Lind", "export", "1", "--to", bundle);
  execFileSync("python3", [
    "-m",
    "zipfile",
    "-e",
    bundle,
    join(folder, "unzipped"),
  ]);
  const [top] = readdirSync(join(folder, "unzipped"));
  return join(folder, "unzipped", top ?? "", "data", "index.html");
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
    "Rated otherwise",
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
  expect(pages.length).toBeGreaterThan(3);
});
