// Undo as one idea: what is typed and not saved is the newest thing and is undone first; after that, the last action.
import { m } from "../paraglide/messages.js";
import { doing } from "./doings";
import { WireError, call } from "../wire/client";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import * as tell from "./tell";

/** How many actions were undone after the last typing: they come back before it. */
let actionsUndone = 0;

export async function undo(): Promise<void> {
  if (article.dirty && article.editor?.canUndo()) {
    actionsUndone = 0;
    article.editor.undo();
    return;
  }
  const step = desk.overview?.undo;
  if (!step) return tell.note(m.undo_nothing());
  // Words brought back as a draft have no typing history left: an action before them must not take them away.
  if (article.dirty) return tell.note(m.undo_unsaved());
  if (await take("desk.undo", step.action)) actionsUndone += 1;
}

export async function redo(): Promise<void> {
  const step = desk.overview?.redo;
  const typedLast = actionsUndone === 0 || !step;
  if (typedLast && article.editor?.canRedo()) {
    article.editor.redo();
    return;
  }
  if (!step) return tell.note(m.redo_nothing());
  if (article.dirty) {
    // The words of a save that was undone are what redo brings back; other words would be lost by it.
    if (!article.draftUntouched) return tell.note(m.redo_unsaved());
    await article.discard();
  }
  if (await take("desk.redo", step.action)) actionsUndone = Math.max(0, actionsUndone - 1);
}

async function take(name: "desk.undo" | "desk.redo", seen: string): Promise<boolean> {
  try {
    const stepped = await call(name, { seen });
    await article.refresh();
    if (stepped.article && stepped.stands && stepped.article !== article.view?.id) {
      await article.open(stepped.article);
    }
    const said =
      name === "desk.undo"
        ? m.undone({ label: doing(stepped.label) })
        : m.redone({ label: doing(stepped.label) });
    tell.done(stepped.draftKept ? `${said} ${m.undone_draft()}` : said);
    return true;
  } catch (cause) {
    await desk.read();
    if (cause instanceof WireError && cause.code === "stale_undo") await article.refresh();
    tell.failed(cause);
    return false;
  }
}
