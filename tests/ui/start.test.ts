// The start: the dialogs are fetched after it, and no key is lost until they are here.
import { expect, test, type Page } from "@playwright/test";
import { begin } from "./desk";

/** Lets the rest of the page wait until the answer is called, as on a slow disk. */
async function slow(page: Page): Promise<() => void> {
  let release = () => undefined as void;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(/assets\/rest-.*\.js/, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Opens the example again, with the rest of the page on its way, and puts the cursor into the text. */
async function reopened(page: Page) {
  await begin(page, true);
  const text = page.locator(".cm-content");
  await expect(text).toContainText(/\w+/);
  const release = await slow(page);
  await page.reload();
  await text.click();
  return { text, release };
}

test("keys that are pressed before a dialog is here go to it, and none to the article", async ({
  page,
}) => {
  const { text, release } = await reopened(page);
  const before = await text.textContent();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("shortc");
  await expect(page.getByTestId("palette-dialog")).toHaveCount(0);
  release();
  await expect(page.getByTestId("palette-input")).toHaveValue("shortc");
  await page.keyboard.type("uts");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("shortcuts")).toBeVisible();
  expect(await text.textContent()).toBe(before);
});

test("a command that is typed and chosen before the palette is here is that one", async ({
  page,
}) => {
  const { release } = await reopened(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("requirements");
  await page.keyboard.press("Enter");
  release();
  await expect(page.getByTestId("policy-dialog")).toBeVisible();
});

test("a page that was asked for by its key before it is here is shown", async ({
  page,
}) => {
  const { text, release } = await reopened(page);
  await page.keyboard.press("Control+d");
  await expect(text).not.toBeVisible();
  release();
  await expect(page.getByTestId("compare-page")).toBeVisible();
});
