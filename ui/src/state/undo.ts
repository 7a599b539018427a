// Undo as one idea: what is typed and not saved is the newest thing and is undone first; after that, the last action.
import { m } from "../paraglide/messages.js";
import { WireError, call } from "../wire/client";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import * as tell from "./tell";

export async function undo(): Promise<void> {
  if (article.dirty && article.editor?.canUndo()) {
    article.editor.undo();
    return;
  }
  const step = desk.overview?.undo;
  if (!step) return tell.note(m.undo_nothing());
  // Words brought back as a draft have no typing history left: an action before them must not take them away.
  if (article.dirty) return tell.note(m.undo_unsaved());
  await take("desk.undo", step.action);
}

export async function redo(): Promise<void> {
  if (article.editor?.canRedo()) {
    article.editor.redo();
    return;
  }
  const step = desk.overview?.redo;
  if (!step) return tell.note(m.redo_nothing());
  if (article.dirty) {
    // The words of a save that was undone are what redo brings back; other words would be lost by it.
    if (!article.draftUntouched) return tell.note(m.redo_unsaved());
    await article.discard();
  }
  await take("desk.redo", step.action);
}

async function take(name: "desk.undo" | "desk.redo", seen: string): Promise<void> {
  try {
    const stepped = await call(name, { seen });
    await article.refresh();
    if (
      stepped.article &&
      stepped.article !== article.view?.id &&
      desk.articles.some(({ id }) => id === stepped.article)
    ) {
      await article.open(stepped.article);
    }
    const said =
      name === "desk.undo" ? m.undone({ label: stepped.label }) : m.redone({ label: stepped.label });
    tell.done(stepped.draftKept ? `${said} ${m.undone_draft()}` : said);
  } catch (cause) {
    await desk.read();
    if (cause instanceof WireError && cause.code === "stale_undo") await article.refresh();
    tell.failed(cause);
  }
}
