// The page in a browser, on the real core behind Vite's server (ui/dev/desks.ts). Debian's chromium is used; nothing is
// downloaded.
import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";
import { join } from "node:path";

const page = join(__dirname, "..", "..", "ui");
const port = Number(process.env.TICKMARK_TEST_PORT ?? 4187);
const bench = Boolean(process.env.TICKMARK_BENCH);

/** Builds the page into `folder` and serves it, with desks of its own. */
const server = (folder: string, port: number, env: Record<string, string>) => ({
  command: `npx vite build --mode browser --outDir ${folder} && npx vite preview --mode browser --outDir ${folder} --host 127.0.0.1 --port ${port} --strictPort`,
  cwd: page,
  url: at(port),
  env,
  timeout: 180_000,
  // A server that was left from before would serve another build.
  reuseExistingServer: false,
  // It ends its programs and removes its desks.
  gracefulShutdown: { signal: "SIGTERM" as const, timeout: 5_000 },
});
const at = (port: number) => `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: __dirname,
  // The benches are run by name: TICKMARK_BENCH=1 npm run test:browser.
  testMatch: bench ? "*.bench.ts" : "*.test.ts",
  outputDir: join(page, "test-results"),
  timeout: 30_000,
  fullyParallel: true,
  // What is measured has the machine to itself.
  workers: bench ? 1 : 2,
  reporter: [["line"]],
  use: {
    baseURL: at(port),
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
  projects: [
    { name: "page", testIgnore: "pseudo.test.ts" },
    {
      name: "pseudo",
      testMatch: bench ? [] : "pseudo.test.ts",
      use: { baseURL: at(port + 1) },
    },
  ],
  // One after the other: both builds compile the messages into the same folder.
  webServer: [
    server("dist-browser", port, {}),
    ...(bench
      ? []
      : [server("dist-pseudo", port + 1, { TICKMARK_PSEUDO: "1" })]),
  ],
});
