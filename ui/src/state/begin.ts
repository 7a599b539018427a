// What happens once at the start, and what the page heeds from then on.
import { WireError, call, connect, listen } from "../wire/client";
import type { Start } from "../wire/shell";
import { article, lastOpen } from "./article.svelte";
import { desk } from "./desk.svelte";
import { bringDropped } from "./incoming.svelte";
import { library } from "./library.svelte";
import { look } from "./look.svelte";
import * as tell from "./tell";
import { working } from "./work.svelte";

/** What stands in the way of showing the desk, if anything does. */
export type Ready = { problem: string | null };

export async function begin(): Promise<Ready> {
  const there = await connect();
  listen("job", (step) => working.heed(step));
  const start: Start | null = there ? await call("shell.start", {}).catch(() => null) : null;
  look.begin(start);
  if (!there) return { problem: "" };
  if (start?.problem) return shown({ problem: start.problem.message });
  try {
    await desk.read();
    if (desk.me) await openLast();
  } catch (cause) {
    return shown({ problem: cause instanceof Error ? cause.message : String(cause) });
  }
  listen("desk-changed", () => void article.refresh());
  listen("failed", ({ code, message }) => tell.failed(new WireError(code, message)));
  listen("file-dropped", ({ path }) => void bringDropped(path));
  listen("closing", () => void article.keepNow().finally(() => call("shell.close", {})));
  return shown({ problem: null });
}

/** Opens the article that was open last, else the one touched last. */
async function openLast(): Promise<void> {
  const last = lastOpen();
  const there = last && (await call("article.open", { article: last, revision: null }).catch(() => null));
  const id = there && !there.archived ? there.id : library.cards[0]?.id;
  if (id) await article.open(id);
}

function shown(ready: Ready): Ready {
  // After the page is mounted. Not in an animation frame: a window that is still hidden has none.
  setTimeout(() => void call("shell.ready", {}).catch(() => undefined));
  return ready;
}
