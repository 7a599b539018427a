// What goes out, and what is judged from outside: bundles written and bundles verified.
import { m } from "../paraglide/messages.js";
import type { FormatDto, WrittenAs } from "../wire/generated";
import { WireError, call } from "../wire/client";
import { fetchWords, words } from "../wire/words.svelte";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import { screen } from "./screen.svelte";
import * as toast from "./toast";
import { findings } from "./findings.svelte";

/** Writes the article's bundle. The answer is no where the key waits for its passphrase. */
export async function exportArticle(name: string, unsigned: boolean): Promise<boolean> {
  const { view } = article;
  if (!view || !(await article.saveFirst())) return true;
  try {
    const written = await call("shell.exportTo", { article: view.id, name, unsigned });
    if (!("cancelled" in written)) await exported(written);
  } catch (cause) {
    if (cause instanceof WireError && cause.code === "needs_passphrase") return false;
    toast.error(cause);
  }
  return true;
}

/** Writes the article in a format of another program. `changesSince` is the revision since which changes are marked. */
export async function exportAs({ slug, name }: FormatDto, changesSince: string | null): Promise<void> {
  const { view } = article;
  if (!view || !(await article.saveFirst())) return;
  const written = await desk.ask("shell.exportAs", { article: view.id, format: slug, name, changesSince });
  if (!written || "cancelled" in written) return;
  screen.close();
  toast.success(m.exported({ path: written.path }));
  await warn(written);
}

async function exported(written: WrittenAs): Promise<void> {
  screen.close();
  const { path } = written;
  toast.success(m.exported({ path }), { label: m.do_verify(), onClick: () => void verifyBundle() });
  await warn(written);
}

async function warn({ warnings }: WrittenAs): Promise<void> {
  if (warnings.length > 0) await fetchWords();
  warnings.map(words).forEach(toast.warning);
}

export async function verifyBundle(): Promise<void> {
  const found = await desk.ask("shell.verify", {});
  if (found && !("cancelled" in found)) findings.shown = found;
}
