// The page in a browser, on the real core behind Vite's server (ui/dev/desks.ts). Debian's chromium is used; nothing is
// downloaded.
import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";
import { join } from "node:path";

const page = join(__dirname, "..", "..", "ui");
const port = Number(process.env.TICKMARK_TEST_PORT ?? 4187);

export default defineConfig({
  testDir: __dirname,
  // The benches are run by name: TICKMARK_BENCH=1 npm run test:browser.
  testMatch: process.env.TICKMARK_BENCH ? "*.bench.ts" : "*.test.ts",
  outputDir: join(page, "test-results"),
  timeout: 30_000,
  fullyParallel: true,
  // What is measured has the machine to itself.
  workers: process.env.TICKMARK_BENCH ? 1 : 2,
  reporter: [["line"]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1280, height: 800 },
    testIdAttribute: "data-testid",
    launchOptions: {
      executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
        existsSync,
      ),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
      ],
    },
  },
  webServer: {
    command: `npm run --silent build:browser && npx vite preview --mode browser --outDir dist-browser --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: page,
    url: `http://127.0.0.1:${port}`,
    timeout: 180_000,
    // A server that was left from before would serve another build.
    reuseExistingServer: false,
    // It ends its programs and removes its desks.
    gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
  },
});
