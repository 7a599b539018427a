// Half-filled forms. Each is kept in the desk like the article's draft: it survives another claim, another tab, closing
// and a killed program, and goes only when it is saved or discarded.
import { SvelteMap } from "svelte/reactivity";
import { m } from "../paraglide/messages.js";
import { call } from "../wire/client";
import type { FormDto } from "../wire/generated";
import { trouble } from "./trouble.svelte";

/** How long after the last key a form is kept, in milliseconds. */
const KEEP_AFTER = 400;

/** The fields of a form by their names. */
export type Words = Record<string, string>;

/** Where a form belongs: to an article, and in it to a claim or to none. */
interface Place {
  article: string;
  claim: string | null;
  form: string;
}

/** One form that is being filled in. */
export class FormDraft<T extends Words = Words> {
  words = $state() as T;
  /** What the fields hold while nothing was filled in. */
  private start: Words = $state({});
  private keeping: ReturnType<typeof setTimeout> | null = null;
  /** Whether the desk holds it. */
  private kept: boolean;

  constructor(
    readonly place: Place,
    kept: Words | null,
  ) {
    this.words = { ...kept } as T;
    this.kept = kept !== null;
  }

  /** Says what the fields hold at the beginning; what was filled in before stays. */
  begin(start: T): this {
    this.start = start;
    this.words = { ...start, ...this.words };
    return this;
  }

  /** Takes what the desk kept, unless something was filled in meanwhile. */
  bringBack(kept: Words): void {
    if (this.unfinished) return;
    this.words = { ...this.words, ...kept } as T;
    this.kept = true;
  }

  /** Whether something was filled in that is neither saved nor discarded. */
  get unfinished(): boolean {
    return Object.keys(this.words).some((name) => this.words[name] !== (this.start[name] ?? ""));
  }

  /** Something was filled in: it is kept in a moment. */
  changed(): void {
    $state.snapshot(this.words);
    if (this.unfinished || this.kept) this.keeping ??= setTimeout(() => void this.keep(), KEEP_AFTER);
  }

  /** Keeps it now, where something waits to be kept. */
  async flush(): Promise<void> {
    if (this.keeping !== null) await this.keep();
  }

  /** Empties the form, since it was saved or is discarded. */
  discard(): void {
    this.stop();
    this.words = { ...this.start } as T;
    if (this.kept) void this.keep();
  }

  private async keep(): Promise<void> {
    this.stop();
    // Where no article is open there is nowhere to keep it.
    if (!this.place.article) return;
    const fields = this.unfinished ? $state.snapshot(this.words) : null;
    this.kept = fields !== null;
    try {
      if (fields) await call("form.keep", { ...this.place, fields });
      else await call("form.drop", this.place);
    } catch (cause) {
      trouble.takes(cause);
    }
  }

  private stop(): void {
    if (this.keeping !== null) clearTimeout(this.keeping);
    this.keeping = null;
  }
}

class Forms {
  private article: string | null = null;
  private readonly drafts = new SvelteMap<string, FormDraft>();

  /** Takes the kept forms of the article that was opened. */
  async show(article: string): Promise<void> {
    if (article === this.article) return;
    this.article = article;
    this.drafts.clear();
    const kept = await call("form.list", { article }).catch(() => [] as FormDto[]);
    if (article !== this.article) return;
    for (const { claim, form, fields } of kept) {
      const known = this.drafts.get(key(claim, form));
      if (known) known.bringBack(fields as Words);
      else this.drafts.set(key(claim, form), new FormDraft({ article, claim, form }, fields as Words));
    }
  }

  /** The form of a claim, or of the article; `start` is what its fields hold while nothing was filled in. */
  of<T extends Words>(claim: string | null, form: string, start: T): FormDraft<T> {
    const known = this.drafts.get(key(claim, form));
    const draft = known ?? new FormDraft({ article: this.article ?? "", claim, form }, null);
    if (!known) this.drafts.set(key(claim, form), draft);
    return (draft as FormDraft<T>).begin(start);
  }

  /** Whether a form was left half filled in. */
  isUnfinished(claim: string | null, form: string): boolean {
    return this.drafts.get(key(claim, form))?.unfinished ?? false;
  }

  /** Whether any form of the claim was left half filled in. */
  anyOf(claim: string): boolean {
    return [...this.drafts.values()].some((one) => one.place.claim === claim && one.unfinished);
  }

  /** Throws away what was filled in. */
  discard(claim: string | null, form: string): void {
    this.drafts.get(key(claim, form))?.discard();
  }

  /** Keeps what waits, as before the window closes. */
  async keepNow(): Promise<void> {
    await Promise.all([...this.drafts.values()].map((one) => one.flush()));
  }
}

/** A form of fields that are more than texts, kept as JSON. */
export function kept<T>(form: string, start: T): { draft: FormDraft<{ json: string }>; fields: T } {
  const draft = forms.of(null, form, { json: JSON.stringify(start) });
  return { draft, fields: JSON.parse(draft.words.json) as T };
}

/** The words of a notice that a form was left half filled in. */
export const unfinishedWords = (what: string) => ({ what, go: m.unfinished_go(), discard: m.discard() });

const key = (claim: string | null, form: string) => `${claim ?? ""}\n${form}`;

export const forms = new Forms();
