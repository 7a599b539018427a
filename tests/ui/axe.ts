// What axe-core finds wrong with a page, one line each.
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What is wrong with a screen that stands still: what one look finds, a second look finds as well. */
export async function violations(
  page: Page,
  screen: string,
): Promise<string[]> {
  const first = await look(page, screen);
  return first.length === 0 ? first : look(page, screen);
}

async function look(page: Page, screen: string): Promise<string[]> {
  // What fades in is looked at when it is there, also on a machine that has much to do.
  await page.waitForTimeout(250);
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" ||
          effect?.getComputedTiming().endTime === Infinity,
      ),
  );
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: run } = window as unknown as {
      axe: { run(): Promise<{ violations: Violation[] }> };
    };
    type Violation = {
      id: string;
      nodes: { target: string[]; failureSummary: string }[];
    };
    const { violations } = await run.run();
    // A window splitter stands between the landmarks by its nature (ARIA Authoring Practices, Window Splitter).
    const splitter = (id: string, target: string[]) =>
      id === "region" &&
      document.querySelector(target.join(" "))?.role === "separator";
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .filter(({ target }) => !splitter(id, target))
        .map(
          ({ target, failureSummary }) =>
            `${id} at ${target.join(" ")}: ${failureSummary}`,
        ),
    );
  });
  return found.map((one) => `${screen}: ${one}`);
}
