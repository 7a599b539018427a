// What a person does with the shared desk, and what the window does when something of it changes.
import { m } from "../paraglide/messages.js";
import { call, listen } from "../wire/client";
import type { BroughtDto, HubDto } from "../wire/generated";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import { hub } from "./hub.svelte";
import { library } from "./library.svelte";
import { news } from "./news.svelte";
import * as toast from "./toast";
import { versions } from "./versions.svelte";

/** Heeds how the desk stands to the shared desk, from now on. */
export function heedHub(): void {
  listen("hub-state", (told) => void changed(() => hub.take(told, true)));
}

/** Takes another status. With another role other things can be written, and the text is drawn anew. */
async function changed(take: () => void): Promise<void> {
  const before = hub.role;
  take();
  const { view } = article;
  if (view && before !== hub.role) await article.open(view.id, view.newest ? null : view.revision.id);
  void news.read();
}

/** Joins the shared desk of an invite, as the person of an older desk if there is one. Fails with the words of the desk or of the hub. */
export async function join(invite: string, label: string, older: string | null): Promise<void> {
  await take(await call("hub.join", { invite, label, older }));
  toast.success(m.shared_joined({ name: hub.status.name }));
  await openFirst();
}

/** Brings in the articles of another desk, and says what came of it. Fails with the words of the desk. */
export async function bringIn(older: string): Promise<BroughtDto> {
  const brought = await call("hub.bring", { path: older });
  await take(brought.hub);
  await openFirst();
  return brought;
}

async function openFirst(): Promise<void> {
  const first = library.cards[0];
  if (!article.view && first) await article.open(first.id);
}

/** Sends and receives now. */
export async function syncNow(): Promise<void> {
  hub.asked += 1;
  try {
    const told = await desk.ask("hub.sync", {});
    if (told) await take(told);
  } finally {
    hub.asked -= 1;
  }
}

/** Sets aside what was refused and what follows it, and sends the rest. Fails with the words of the desk. */
export async function setAside(): Promise<void> {
  await take(await call("hub.setAside", {}));
  toast.success(m.shared_aside_done());
  await syncNow();
}

/** Fetches all files that are only on the shared desk. Fails with the words of the desk or of the hub. */
export async function fetchFiles(): Promise<void> {
  await take(await call("hub.fetchFiles", {}));
}

/** Leaves the shared desk. Everything that is here stays in this desk. Fails with the words of the desk. */
export async function leave(withoutFiles: boolean): Promise<void> {
  const { name } = hub.status;
  await take(await call("hub.leave", { withoutFiles }));
  toast.success(m.shared_left({ name }));
}

async function take(told: HubDto): Promise<void> {
  await changed(() => hub.take(told));
  await article.refresh();
  await versions.read();
}

/** Tells the others which article is open here. They need not hear it for work to go on. */
export function tellOpen(id: string | null): Promise<unknown> {
  return call("hub.here", { article: id }).catch(() => undefined);
}
