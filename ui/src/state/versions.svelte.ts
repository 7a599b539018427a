// The versions of the open article: two, where several people changed the same sentence before they heard of each other.
// They stay until somebody decides.
import { m } from "../paraglide/messages.js";
import { call } from "../wire/client";
import type { RevisionRow } from "../wire/generated";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import { formatTime } from "./format";
import { hub } from "./hub.svelte";
import { screen } from "./screen.svelte";

class Versions {
  private of = $state.raw<{ article: string; rows: RevisionRow[] } | null>(null);
  /** The article whose versions the merge screen opens with. */
  deciding: string | null = null;

  /** The versions of the open article besides the one that is its text. */
  get others(): RevisionRow[] {
    const { view } = article;
    if (!view?.newest || this.of?.article !== view.id) return [];
    const { rows } = this.of;
    return rows.some(({ id }) => id === view.revision.id)
      ? rows.filter(({ id }) => id !== view.revision.id)
      : [];
  }

  /** Asks for the versions of the open article, where the desk is shared. */
  async read(): Promise<void> {
    const id = article.view?.id;
    if (!id || !hub.shared) return void (this.of = null);
    const rows = await call("article.versions", { article: id }).catch(() => []);
    if (article.view?.id === id) this.of = { article: id, rows };
  }

  /** Opens the merge screen on the versions of the open article. */
  decide(): void {
    if (!article.view) return;
    this.deciding = article.view.id;
    screen.open("merge");
  }
}

export const versions = new Versions();

/** Whose version it is, and of when. */
export function versionWords({ by, at }: RevisionRow): string {
  const when = formatTime(at);
  return by.id === desk.me?.id ? m.version_mine({ when }) : m.version_of({ name: by.name, when });
}
