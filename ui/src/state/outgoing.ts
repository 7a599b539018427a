// What goes out, and what is judged from outside: bundles written and bundles verified.
import { m } from "../paraglide/messages.js";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import { screen } from "./screen.svelte";
import * as tell from "./tell";
import { findings } from "./findings.svelte";
import { working } from "./work.svelte";

export async function exportArticle(name: string): Promise<void> {
  const { view } = article;
  if (!view || !(await article.saveFirst())) return;
  const written = await working.during(
    m.work_exporting(),
    desk.ask("shell.exportTo", { article: view.id, name }),
  );
  if (!written || "cancelled" in written) return;
  screen.close();
  tell.done(m.exported({ path: written.path }), { label: m.do_verify(), onClick: () => void verifyBundle() });
}

export async function verifyBundle(): Promise<void> {
  const found = await working.during(m.work_verifying(), desk.ask("shell.verify", {}));
  if (found && !("cancelled" in found)) findings.shown = found;
}
