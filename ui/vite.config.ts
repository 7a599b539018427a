import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";
import { desks } from "./dev/desks.ts";
import { preloadStart } from "./dev/preload_start.ts";
import { pseudo } from "./dev/pseudo.ts";

// A desk over a local server is for the browser tests and for `npm run dev` only: a production build replaces the flag
// by `false`, and the bundler drops the module with it.
export default defineConfig(({ command, mode }) => ({
  define: { SERVED_DESK: JSON.stringify(mode === "browser" || command === "serve") },
  plugins: [
    paraglideVitePlugin({
      project: "./project.inlang",
      outdir: "./src/paraglide",
      strategy: ["baseLocale"],
      emitTsDeclarations: true,
    }),
    svelte(),
    svelteTesting(),
    desks(),
    preloadStart(),
    // The pseudo-language of a test. No production build has it.
    mode === "browser" && process.env["TICKMARK_PSEUDO"] ? pseudo() : null,
  ],
  clearScreen: false,
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input:
        mode === "browser" ? ["index.html", "bench/keystroke.html", "bench/window.html"] : ["index.html"],
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["./src/testing.ts"],
  },
}));
