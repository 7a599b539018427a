// Keys and contacts: one's own key with its passphrase, the keys of others, and who signed a bundle.
import { expect, test, type Page } from "@playwright/test";
import { stranger } from "./core";
import { begin, bringIn, choose } from "./desk";

async function openKeys(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByTestId("command-keys").click();
  await expect(page.getByTestId("key-public")).toHaveText(/^RW/);
}

async function setPassphrase(page: Page, words: string): Promise<void> {
  await page.getByTestId("passphrase-set").click();
  await page.getByTestId("passphrase-new").fill(words);
  await page.getByTestId("passphrase-again").fill(words);
  await page.getByTestId("passphrase-save").click();
  await expect(page.getByTestId("key-protection")).toContainText("Protected");
}

test("my key is shown, copied and saved, and the dialog is one step from settings and people", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await begin(page);
  await openKeys(page);
  const dialog = page.getByTestId("keys-dialog");
  await expect(dialog).toContainText("Mara Lindt");
  await expect(page.getByTestId("key-id")).toHaveText(/^[0-9A-F]{16}$/);
  await page.getByTestId("key-copy").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await page.getByTestId("key-public").textContent());
  await page.getByTestId("key-save").click();
  await expect(page.getByText(/saved to .*\/Mara Lindt\.pub/)).toBeVisible();
  for (const from of ["settings", "people"]) {
    await page.keyboard.press("Escape");
    await page.getByTestId(from).click();
    await page.getByRole("button", { name: "Keys and contacts" }).click();
    await expect(dialog).toBeVisible();
  }
});

test("a passphrase is set, changed and removed from the keyboard, and the key stays", async ({
  page,
}) => {
  await begin(page);
  await openKeys(page);
  const key = await page.getByTestId("key-public").textContent();
  await page.getByTestId("passphrase-set").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("passphrase-new")).toBeFocused();
  await page.keyboard.type("three ferries");
  await page.keyboard.press("Tab");
  await page.keyboard.type("three fairies");
  await expect(
    page.getByText("The two passphrases are not the same."),
  ).toBeVisible();
  await expect(page.getByTestId("passphrase-save")).toBeDisabled();
  await page.getByTestId("passphrase-again").fill("three ferries");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("key-protection")).toContainText("Protected");
  await expect(page.getByTestId("passphrase-change")).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(page.getByTestId("passphrase-now")).toBeFocused();
  await page.keyboard.type("two ferries");
  await page.getByTestId("passphrase-new").fill("four");
  await page.getByTestId("passphrase-again").fill("four");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("not the passphrase");
  await page.getByTestId("passphrase-now").fill("three ferries");
  await page.keyboard.press("Enter");
  await expect(
    page.getByText("The passphrase of your key was changed"),
  ).toBeVisible();

  await page.getByTestId("passphrase-remove").click();
  await page.getByTestId("passphrase-now").fill("four");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("key-protection")).toContainText(
    "No passphrase",
  );
  await expect(page.getByTestId("passphrase-set")).toBeFocused();
  await expect(page.getByTestId("key-public")).toHaveText(key ?? "");
});

test("a contact is added and forgotten, which is asked once", async ({
  page,
}) => {
  await begin(page);
  await openKeys(page);
  await page.getByTestId("contact-new").click();
  await expect(page.getByTestId("contact-name")).toBeFocused();
  await page.keyboard.type("Jo Hall");
  await page.getByTestId("contact-key").fill("no key");
  await page.getByTestId("contact-add").click();
  await expect(page.getByText(/was not added/)).toBeVisible();
  await expect(page.getByTestId("contact-name")).toHaveValue("Jo Hall");
  choose(page, stranger().key);
  await page.getByTestId("contact-file").click();
  await expect(page.getByTestId("contact-key")).toHaveValue(/^RW/);
  await page.getByTestId("contact-add").click();
  await expect(page.getByTestId("contact")).toContainText("Jo Hall");
  await expect(page.getByTestId("contact-new")).toBeFocused();

  await page.getByTestId("contact-forget").click();
  await expect(page.getByTestId("contact-keep")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("contact-forget")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByTestId("contact-forget-sure").click();
  await expect(page.getByTestId("contact")).toHaveCount(0);
});

test("whoever set a passphrase is not asked for it again in the same window", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await openKeys(page);
  await setPassphrase(page, "three ferries");
  await page.keyboard.press("Escape");
  await page.getByTestId("export").click();
  await expect(page.getByTestId("export-confirm")).toBeEnabled();
  await expect(page.getByTestId("export-signing")).toHaveCount(0);
  await page.getByTestId("export-confirm").click();
  await expect(page.getByText(/Exported to/)).toBeVisible();
});

test("the passphrase is asked for in the export dialog when the window was opened anew", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await openKeys(page);
  await setPassphrase(page, "three ferries");
  await page.reload();
  await page.getByTestId("export").click();
  const words = page.getByTestId("export-passphrase");
  await expect(words).toBeFocused();
  await expect(page.getByTestId("export-confirm")).toBeDisabled();
  await page.keyboard.type("two ferries");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("not the passphrase");
  await expect(page.getByTestId("export-dialog")).toBeVisible();
  await page.getByTestId("export-sign").uncheck();
  await expect(words).toHaveCount(0);
  await expect(page.getByTestId("export-confirm")).toBeEnabled();
  await page.getByTestId("export-sign").check();
  await words.fill("three ferries");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Exported to/)).toBeVisible();
  await page.getByTestId("export").click();
  await expect(page.getByTestId("export-confirm")).toBeEnabled();
  await expect(words).toHaveCount(0);
});

test("an unknown signer becomes a contact, after a word on what the name is worth", async ({
  page,
}) => {
  await begin(page);
  choose(page, stranger().bundle);
  await page.getByTestId("verify").click();
  await expect(page.getByTestId("verify-signed")).toContainText("unknown key");
  await page.getByTestId("verify-add-contact").click();
  await expect(page.getByTestId("unknown-signer")).toContainText(
    "Compare the key with the person first",
  );
  await expect(page.getByTestId("contact-name")).toBeFocused();
  await expect(page.getByTestId("contact-name")).toHaveValue("Jo Hall");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("verify-signed")).toHaveText("By Jo Hall");
  await expect(page.getByTestId("unknown-signer")).toHaveCount(0);
  await expect(page.locator("footer button").last()).toBeFocused();
});
