// What happens once at the start, and what the page heeds from then on.
import { faultWords } from "./attempt.svelte";
import { type Code, asWireError, call, connect, listen } from "../wire/client";
import { forgetEarly } from "../wire/early";
import type { ArticleView } from "../wire/generated";
import type { Start } from "../wire/shell";
import { article } from "./article.svelte";
import { changedSentences } from "./changed_sentences.svelte";
import { desk } from "./desk.svelte";
import { forms } from "./forms.svelte";
import { hub } from "./hub.svelte";
import { bringDropped } from "./incoming.svelte";
import { lastOpen } from "./last_open";
import { library } from "./library.svelte";
import { look } from "./look.svelte";
import { news } from "./news.svelte";
import { heedHub, tellOpen } from "./sharing";
import * as toast from "./toast";
import { giveTextCommand } from "./text_commands";
import { working } from "./work.svelte";

/** What stands in the way of showing the desk, if anything does. */
export type Ready = { problem: string | null; code?: Code };

export async function begin(): Promise<Ready> {
  const there = await connect();
  listen("job", (step) => working.heed(step));
  if (!there) return noDesk();
  // Before it is asked: what changes until the article is shown is read once more.
  heedHub();
  let changed = false;
  listen("desk-changed", () => {
    changed = true;
    void article.refresh();
  });
  const starting: Promise<Start | null> = call("shell.start", {}).catch(() => null);
  const reading = read();
  // Where the desk cannot be opened, the start says why.
  reading.catch(() => undefined);
  const start = await starting;
  look.begin(start);
  if (start?.problem) {
    const { message, code } = await asWireError(start.problem);
    return shown({ problem: message, code });
  }
  try {
    await reading;
    if (changed) void article.refresh();
  } catch (cause) {
    return shown({ problem: faultWords(cause) });
  }
  void changedSentences.showNew();
  return shown({ problem: null });
}

function noDesk(): Ready {
  look.begin(null);
  return { problem: "" };
}

/** Reads the desk and the article that was open last: all is asked at once. */
async function read(): Promise<void> {
  const last = readLast();
  await Promise.all([desk.read(), hub.read()]);
  if (hub.shared) void news.read();
  if (desk.me) void forms.showDesk();
  // A reader records nothing, not even who they are.
  if (desk.me || hub.shared) await openLast(await last);
}

/** What the shell tells unasked. */
function heedShell(): void {
  listen("failed", (told) => void asWireError(told).then(toast.error));
  listen("file-dropped", ({ path }) => void bringDropped(path));
  listen("text-command", ({ command }) => giveTextCommand(command));
  listen("closing", () => {
    if (hub.shared) void tellOpen(null);
    void article.keepNow().finally(() => call("shell.close", {}));
  });
}

/** The article that was open last, where it can still be read. */
async function readLast(): Promise<ArticleView | null> {
  const last = lastOpen();
  return last === null ? null : call("article.open", { article: last, revision: null }).catch(() => null);
}

/** Opens the article that was open last, else the one touched last. */
async function openLast(last: ArticleView | null): Promise<void> {
  if (last && !last.archived) return article.open(last.id, null, last);
  const touched = library.cards[0]?.id;
  if (touched) await article.open(touched);
}

function shown(ready: Ready): Ready {
  forgetEarly();
  // After the page is mounted. Not in an animation frame: a window that is still hidden has none.
  setTimeout(() => {
    if (ready.problem === null) heedShell();
    void call("shell.ready", {}).catch(() => undefined);
  });
  return ready;
}
