// The core as the journeys have it beside the page: its command line, and what other desks made.
import type { Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = join(__dirname, "..", "..");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
export const program =
  process.env.TICKMARK_CLI ?? join(target, "debug", "tickmark");

/** Runs the command line on a desk. */
export function tickmark(desk: string, name: string, ...args: string[]) {
  return execFileSync(program, ["--desk", desk, "--as", name, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

const folders: string[] = [];
process.once("exit", () =>
  folders.forEach((made) => rmSync(made, { recursive: true, force: true })),
);

/** A folder that goes when the tests of this process are done. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "tickmark journey "));
  folders.push(made);
  return made;
}

/** The file of the desk that the page is on. */
export async function deskOf(page: Page): Promise<string> {
  const kept = await page.evaluate(() =>
    sessionStorage.getItem("tickmark-desk"),
  );
  return join(
    (JSON.parse(kept ?? "") as { folder: string }).folder,
    "newsroom.desk",
  );
}

let other: { key: string; bundle: string } | undefined;

/** What Jo Hall, whom no desk here knows, hands on: a public key, and a bundle that it signed. */
export function stranger(): { key: string; bundle: string } {
  if (other) return other;
  const place = folder();
  const jo = (...args: string[]) =>
    tickmark(join(place, "jo.desk"), "Jo Hall", ...args);
  other = { key: join(place, "jo.pub"), bundle: join(place, "jo.zip") };
  jo("example");
  jo("key", "--export", other.key);
  jo("export", "1", "--to", other.bundle);
  return other;
}
