// A Word file comes back from the writer: its text is merged, and what it holds besides becomes suggestions and queries.
import { expect, test, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { violations } from "./axe";
import { begin, choose, select, typeAfter } from "./desk";
import { commented, run, tracked, unzipped, word, zipped } from "./word";

const HEADLINE = "The river that rose twice";
const FLOOD = "The flood took about 40 houses in Lindmoor.";
const BRIDGE = "The bridge reopened after 11 years.";

const file = (name: string, buffer: Buffer) => ({
  name,
  mimeType:
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  buffer,
});

/** Brings the writer's Word file in as an article. */
async function bringWord(page: Page): Promise<void> {
  await begin(page);
  await page.getByTestId("import-open").click();
  choose(page, file("bridge.docx", word(HEADLINE, [FLOOD, BRIDGE].map(run))));
  await page.getByTestId("import-file").click();
  await page.getByTestId("import-confirm").click();
  await expect(page.locator(".cm-content")).toContainText(BRIDGE);
}

/** Looks at a Word file that came back. */
async function look(page: Page, back: Buffer): Promise<void> {
  await page.keyboard.press("Control+Shift+M");
  choose(page, file("back.docx", back));
  await page.getByTestId("merge-file").click();
  await expect(page.getByTestId("merge-file-name")).toContainText("back.docx");
  await page.getByTestId("merge-look").click();
}

test("a returned Word file is merged, and its changes and comments become suggestions and queries", async ({
  page,
}) => {
  await bringWord(page);
  await select(page, "11 years");
  await page.keyboard.type("12 years");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("revision")).toHaveText("Revision 2");
  const flood = `${run("The ")}${tracked("flood", "storm")}${run(" took about 40 ")}${commented("houses")}${run(" in Lindmoor.")}`;
  const bridge = run(BRIDGE.replace("11", "ten"));
  await look(page, word(HEADLINE, [flood, bridge], "Or flats?"));
  await expect(page.getByTestId("returned-of")).toContainText("you chose");
  await expect(page.getByTestId("returned-suggestions")).toContainText("storm");
  await expect(page.getByTestId("returned-queries")).toContainText("Or flats?");
  await expect(page.getByTestId("conflict")).toHaveCount(1);
  expect(await violations(page, "returned file")).toEqual([]);
  await expect(page.getByTestId("merge-save")).toBeDisabled();
  await page.keyboard.press("2");
  await page.getByTestId("merge-save").click();
  await expect(page.locator(".cm-content")).toContainText("after ten years");
  await expect(page.locator("del.tm-suggested")).toHaveText("flood");
  await expect(page.locator("ins.tm-suggested")).toHaveText("storm");
  await page.getByTestId("tab-queries").click();
  await expect(page.getByTestId("query")).toContainText("Or flats?");
});

test("a returned Word file that brings only suggestions makes no revision", async ({
  page,
}) => {
  await bringWord(page);
  const flood = `${run("The flood took about 40 ")}${tracked("houses", "homes")}${run(" in Lindmoor.")}`;
  const back = word(HEADLINE, [flood, run(BRIDGE)]);
  await look(page, back);
  await page.getByTestId("merge-save").click();
  await expect(page.getByText(/were added\./)).toBeVisible();
  await expect(page.getByTestId("revision")).toHaveText("Revision 1");
  await expect(page.locator("ins.tm-suggested")).toHaveText("homes");
  // The same file once more brings nothing, and says that its change is known.
  await look(page, back);
  await expect(page.getByTestId("returned-known")).toBeVisible();
  await expect(page.getByTestId("merge-save")).toBeDisabled();
});

/** Exports the article as a Word file, with the changes since revision 1 where there are any. */
async function sent(page: Page, since = false): Promise<Buffer> {
  await page.getByTestId("export").click();
  await page.getByTestId("export-format").selectOption("docx");
  if (since) await page.getByTestId("export-since").selectOption({ index: 1 });
  await page.getByTestId("export-confirm").click();
  const told = await page.getByText(/Exported to/).textContent();
  return readFileSync(told?.replace("Exported to ", "") ?? "");
}

test("an exported Word file shows the changes since a revision, and comes back as our own", async ({
  page,
}) => {
  await bringWord(page);
  await typeAfter(page, "about 40", "0");
  await page.keyboard.press("Control+s");
  await expect(page.getByTestId("revision")).toHaveText("Revision 2");
  const file = await sent(page, true);
  const { "word/document.xml": text } = unzipped(file);
  expect(text).toMatch(/<w:del [^>]*>.*40.*<\/w:del>.*<w:ins [^>]*>.*400/s);
  await look(page, file);
  await expect(page.getByTestId("returned-of")).toContainText(
    "it was made from",
  );
  await expect(page.getByTestId("merge-nothing")).toBeVisible();
});

test("an exported Word file that does not know its revision any more is merged on the one that is chosen", async ({
  page,
}) => {
  await bringWord(page);
  const parts = unzipped(await sent(page));
  const change = (path: string, from: string | RegExp, to: string) => {
    const before = parts[path] ?? "";
    parts[path] = before.replace(from, to);
    expect(parts[path]).not.toBe(before);
  };
  change("docProps/custom.xml", /text=[0-9a-f]{64}/, `text=${"0".repeat(64)}`);
  change("word/document.xml", "in Lindmoor", "in Lindmoor town");
  await look(page, zipped(parts));
  await expect(page.getByTestId("returned-of")).toContainText(
    "the revision you chose",
  );
  await expect(page.getByTestId("merge-changes").locator("ins")).toContainText(
    "town",
  );
  await page.getByTestId("merge-save").click();
  await expect(page.locator(".cm-content")).toContainText("in Lindmoor town");
});
