// The ratings are a group of radio buttons: Tab comes to one of them, the arrows choose, and round the ends.
import { expect, test } from "@playwright/test";
import { begin, bringIn, judge, mark } from "./desk";

test("arrows choose a rating and keep the focus, Tab goes on to the reason", async ({
  page,
}) => {
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  const radios = page.locator('button[role="radio"]');
  const tabbed = page.locator('[role="radio"][tabindex="0"]');
  await expect(tabbed).toHaveCount(1);
  await expect(radios.first()).toHaveAttribute("tabindex", "0");
  await radios.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(radios.nth(1)).toBeFocused();
  await expect(radios.nth(1)).toBeChecked();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(radios.last()).toBeFocused();
  await expect(radios.last()).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(radios.first()).toBeChecked();
  await expect(tabbed).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(page.getByTestId("rationale")).toBeFocused();
});

test("a toast is dark where the window is dark", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("theme", "dark"));
  await begin(page);
  await bringIn(page);
  await mark(page, "about 40 houses");
  await judge(page, "misleading", "Some were barns.");
  const toast = page.locator("[data-sonner-toast]").first();
  await expect(toast).toBeVisible();
  await expect(toast).toHaveCSS("background-color", "rgb(36, 34, 31)");
  await expect(page.locator("[data-sonner-toaster]")).toHaveAttribute(
    "data-sonner-theme",
    "dark",
  );
});
