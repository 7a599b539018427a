// What is on its way in: an import that is looked over before anything is saved.
import { m } from "../paraglide/messages.js";
import type { ArticleKind, ChangesAs, InfoDto, Opened, Proposal } from "../wire/generated";
import type { Brought } from "../wire/shell";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import { screen } from "./screen.svelte";
import * as toast from "./toast";
import { working } from "./work.svelte";

/** A bundle that changed the same words as this desk. */
export type Join = Extract<Opened, { bundle: string }>;
type Came = Extract<Opened, { imported: string }>;

/** What a person chose for a file: its encoding, its kind, what becomes of tracked changes. */
interface Chosen {
  encoding: string | null;
  kind: ArticleKind | null;
  changes: ChangesAs | null;
}
const NOTHING_CHOSEN: Chosen = { encoding: null, kind: null, changes: null };

/** The bytes of a file in Base64. */
async function base64(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error ?? new Error(file.name)));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}

class Incoming {
  proposal = $state.raw<Proposal | null>(null);
  /** A bundle that waits for a decision on the words that both changed. */
  join = $state.raw<Join | null>(null);

  /** What the person chose for the bytes that are looked at; null for what the bytes say. */
  private chosen: Chosen = NOTHING_CHOSEN;

  /** Looks at a pasted text, or at the same with its formatting. */
  async paste(text: string, html: string | null = null): Promise<void> {
    this.chosen = { ...NOTHING_CHOSEN, kind: html === null ? null : "html" };
    await this.look(working.during(m.work_reading(), desk.ask("import.paste", { text, asIs: false, html })));
  }

  /** Looks at a file that was dropped on the page. */
  async dropped(file: File): Promise<void> {
    this.chosen = NOTHING_CHOSEN;
    try {
      await this.look(desk.ask("import.dropped", { name: file.name, base64: await base64(file) }));
    } catch (cause) {
      toast.error(cause);
    }
  }

  /** Looks at the same bytes again with another choice. */
  async again(asIs: boolean, choice: Partial<Chosen>): Promise<void> {
    if (!this.proposal) return;
    const { draft } = this.proposal;
    const chosen = { ...this.chosen, ...choice };
    if (await this.look(desk.ask("import.preview", { draft, asIs, ...chosen }))) this.chosen = chosen;
  }

  private async look(asked: Promise<Proposal | null>): Promise<boolean> {
    const proposal = await asked;
    if (proposal) this.proposal = proposal;
    return proposal !== null;
  }

  async confirm(text: string, info: InfoDto): Promise<void> {
    const { proposal } = this;
    if (!proposal) return;
    const made = await desk.ask("import.confirm", {
      draft: proposal.draft,
      text,
      info,
      again: proposal.existing !== null,
      asIs: proposal.asIs,
      ...this.chosen,
    });
    if (!made) return;
    this.proposal = null;
    screen.close();
    await desk.read();
    await article.open(made.article);
  }

  /** Opens the article that the same bytes made before, and forgets the import. */
  async openExisting(): Promise<void> {
    const existing = this.proposal?.existing;
    await this.discard();
    if (existing) await article.open(existing);
  }

  async discard(): Promise<void> {
    const draft = this.proposal?.draft;
    this.proposal = null;
    screen.close();
    if (draft) await desk.ask("import.discard", { draft });
  }

  async take(brought: Brought | null): Promise<void> {
    if (!brought || "cancelled" in brought) return;
    if ("imported" in brought) return this.came(brought);
    if ("bundle" in brought) {
      this.join = brought;
      return screen.open("merge");
    }
    this.chosen = NOTHING_CHOSEN;
    this.proposal = brought;
    screen.open("import");
  }

  /** A bundle is on the desk now; where it was joined with work done here, what that did to the claims is shown. */
  async came({ imported, signed, joined }: Came): Promise<void> {
    this.join = null;
    screen.close();
    await desk.read();
    const said = joined ? m.import_joined({ number: joined.revision.number }) : m.import_bundle();
    toast.success(`${said} ${from(signed)}`);
    await article.open(imported);
    article.showPlacements(joined?.placements ?? []);
  }
}

/** Who vouches for what came in. */
function from(signed: string): string {
  if (signed === "none") return m.import_unsigned();
  return signed === "unknown" ? m.import_unknown() : m.import_signed({ name: signed });
}

export const incoming = new Incoming();

export async function bringFile(): Promise<void> {
  await incoming.take(await desk.ask("shell.openFile", {}));
}

export async function bringDropped(path: string): Promise<void> {
  await incoming.take(await desk.ask("shell.openDropped", { path }));
}

export async function bringExample(): Promise<void> {
  const made = await desk.ask("desk.example", {});
  await desk.read();
  if (made) await article.open(made.article);
}
