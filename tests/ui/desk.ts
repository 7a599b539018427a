// What a person does at the desk, in words the journeys are written with.
import { expect, type FileChooser, type Page } from "@playwright/test";

export const ARTICLE = `The river that rose twice

By Ines Okafor
Date: Monday, 25 August 2025
Location: Bamako

The flood took about 40 houses in Lindmoor. The mayor called it a warning.

No one was hurt, the council said on Tuesday. The bridge reopened after 11 years.`;

/** Introduces somebody, with or without the example. */
export async function begin(page: Page, example = false): Promise<void> {
  await page.goto("/");
  await page.getByTestId("first-run-name").fill("Mara Lindt");
  if (example) await page.getByTestId("first-run-example").check();
  await page.getByTestId("first-run-start").click();
  await expect(page.getByTestId("import-open")).toBeVisible();
}

/** Answers the next dialog that asks for a file. */
export function choose(
  page: Page,
  file: Parameters<FileChooser["setFiles"]>[0],
): void {
  page.once("filechooser", (chooser) => void chooser.setFiles(file));
}

/** Brings an article in by pasting it; its first line is its headline. */
export async function bringIn(page: Page, text = ARTICLE): Promise<void> {
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-text").fill(text);
  await page.getByTestId("import-preview").click();
  await page.getByTestId("import-confirm").click();
  const [headline = ""] = text.split("\n");
  await expect(page.locator(".cm-line").first()).toContainText(headline);
}

/** Selects words of the text with the mouse's own means: a range of the document. */
export async function select(page: Page, words: string): Promise<void> {
  await page.locator(".cm-content").focus();
  await page.evaluate((sought) => {
    const content = document.querySelector(".cm-content");
    if (!content) throw new Error("no text");
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      nodes.push(node as Text);
    const all = nodes.map((node) => node.data).join("");
    const at = all.indexOf(sought);
    if (at < 0) throw new Error(`not in the text: ${sought}`);
    const place = (offset: number) => {
      let rest = offset;
      for (const node of nodes) {
        if (rest <= node.length) return { node, offset: rest };
        rest -= node.length;
      }
      throw new Error("beyond the text");
    };
    const [from, to] = [place(at), place(at + sought.length)];
    document
      .getSelection()
      ?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }, words);
  await page.waitForTimeout(60);
}

/** Marks words as a claim. */
export async function mark(page: Page, words: string): Promise<void> {
  await select(page, words);
  await page.getByTestId("mark-claim").click();
  await expect(page.getByTestId("claim-pane")).toContainText(words);
}

/** Gives the selected claim a verdict. */
export async function judge(
  page: Page,
  rating: string,
  rationale: string,
): Promise<void> {
  await page.getByTestId(`verdict-${rating}`).click();
  await page.getByTestId("rationale").fill(rationale);
  await page.getByTestId("verdict-save").click();
  await expect(page.getByTestId("verdict-current")).toContainText(rationale);
}

/** Types at the end of words in the text. */
export async function typeAfter(
  page: Page,
  words: string,
  typed: string,
): Promise<void> {
  await select(page, words);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type(typed);
}
