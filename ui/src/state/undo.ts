// Undo as one idea: what is typed and not saved is the newest thing and is undone first; after that, the last action.
import { m } from "../paraglide/messages.js";
import { doing } from "./doings";
import { WireError, call } from "../wire/client";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import * as toast from "./toast";
import { undone } from "./undone";
import type { Step } from "../wire/generated";

/** What runs now: a key that is pressed again meanwhile waits for it. */
let running: Promise<unknown> = Promise.resolve();

function inTurn(step: () => Promise<void>): Promise<void> {
  const mine = running.then(() => article.idle()).then(step);
  running = mine.catch(() => undefined);
  return mine;
}

export const undo = () => inTurn(undoNow);
export const redo = () => inTurn(redoNow);

async function undoNow(): Promise<void> {
  if (article.dirty && article.editor?.canUndo()) {
    article.editor.undo();
    undone.push("typing");
    return;
  }
  const step = desk.overview?.undo;
  if (!step) return toast.info(m.undo_nothing());
  // Typing that has no history left must not be taken away with an action before it.
  if (article.dirty) return toast.info(m.undo_unsaved());
  if (step.by.id !== desk.me?.id) return askFirst(step);
  await takeBack(step.action);
}

/** What somebody else did is taken back only where that was asked for in so many words. */
function askFirst(step: Step): void {
  const words = { name: step.by.name, label: doing(step.label) };
  toast.info(m.undo_others(words), {
    label: m.undo_others_sure(),
    onClick: () => void inTurn(() => takeBack(step.action)),
  });
}

async function redoNow(): Promise<void> {
  const step = desk.overview?.redo;
  const { editor } = article;
  if (editor?.canRedo() && (undone.last() !== "action" || !step)) {
    editor.redo();
    undone.pop();
    return;
  }
  if (!step) return toast.info(m.redo_nothing());
  if (article.dirty) {
    // The words of a save that was undone are what redo brings back; other words would be lost by it.
    const here = step.article === article.view?.id && ["revise", "merge"].includes(step.label);
    if (!here || !article.redoneBySave) return toast.info(m.redo_unsaved());
    await article.discard();
  }
  if (await take("desk.redo", step.action)) undone.pop();
}

/** Says what was done by `action`, with a way to take back exactly that; it is refused once something else was done. */
export function doneWithUndo(text: string, action: string): void {
  const undo = () => void inTurn(() => takeBack(action, m.undo_not_last()));
  toast.success(text, { label: m.undo(), onClick: undo });
}

/** Takes an action back, unless something else was done meanwhile; `refused` says so where the core's words do not fit. */
async function takeBack(action: string, refused?: string): Promise<void> {
  article.leavePast();
  if (await take("desk.undo", action, refused)) undone.push("action");
}

async function take(name: "desk.undo" | "desk.redo", seen: string, refused?: string): Promise<boolean> {
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
    toast.success(stepped.draftKept ? `${said} ${m.undone_draft()}` : said);
    return true;
  } catch (cause) {
    await desk.read();
    const stale = cause instanceof WireError && cause.code === "stale_undo";
    if (stale) await article.refresh();
    if (stale && refused) toast.info(refused);
    else toast.error(cause);
    return false;
  }
}
