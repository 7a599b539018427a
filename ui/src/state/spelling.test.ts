import { beforeEach, expect, test, vi } from "vitest";

const told: unknown[] = [];

beforeEach(() => {
  told.length = 0;
  vi.resetModules();
});

/** The module as it is at a start. */
async function started() {
  const { connectTo } = await import("../wire/client");
  connectTo({
    call: async (name, request) => void told.push([name, request]),
    listen: () => undefined,
  });
  return import("./spelling");
}

test("the system is told no language before the checking begins, and each once", async () => {
  const { beginChecking, checkIn } = await started();
  checkIn("de");
  checkIn("de-AT");
  expect(told).toEqual([]);
  beginChecking();
  checkIn("de-AT");
  checkIn(null);
  checkIn(null);
  expect(told).toEqual([
    ["shell.language", { language: "de-AT" }],
    ["shell.language", { language: "" }],
  ]);
});

test("without an article the checking begins in the person's own languages", async () => {
  const { beginChecking } = await started();
  beginChecking();
  beginChecking();
  expect(told).toEqual([["shell.language", { language: "" }]]);
});
