// Half-filled forms. Each is kept in the desk like the article's draft: it survives another claim, another tab, closing
// and a killed program, and goes only when it is saved or discarded.
import { SvelteMap } from "svelte/reactivity";
import { m } from "../paraglide/messages.js";
import { call } from "../wire/client";
import type { FormDto } from "../wire/generated";
import * as tell from "./tell";

/** How long after its first change a form is kept, in milliseconds. */
const KEEP_AFTER = 400;

/** The fields of evidence that hold no words of a person. */
const CHOSEN = ["source", "kind", "stance"];

/** The fields of a form by their names. */
export type Words = Record<string, string>;

/** In the place of a claim: the form is about the desk itself, as that of a scale, a person, a source. */
export const DESK = "desk";

/** Where a form belongs: to an article, and in it to a claim or to none; without an article to the desk itself. */
interface Place {
  article: string;
  claim: string | null;
  form: string;
}

/** One form that is being filled in. */
class FormDraft<T extends Words = Words> {
  words = $state() as T;
  /** Whether it is on its way: until the answer it is not sent again. */
  sending = $state(false);
  /** What the fields hold while nothing was filled in. */
  private start: Words = $state({});
  private keeping: ReturnType<typeof setTimeout> | null = null;
  /** What is kept and dropped, one after the other. */
  private last: Promise<void> = Promise.resolve();
  /** Whether the desk holds it. */
  private kept: boolean;

  constructor(
    readonly place: Place,
    kept: Words | null,
    private readonly ready: Promise<void>,
  ) {
    this.words = { ...kept } as T;
    this.kept = kept !== null;
  }

  /** Says what the fields hold at the beginning; what was filled in before stays. */
  begin(start: T): this {
    const untouched = (name: string) =>
      this.words[name] === undefined || this.words[name] === this.start[name];
    const fresh = Object.entries(start).filter(([name]) => untouched(name));
    this.start = start;
    this.words = { ...this.words, ...Object.fromEntries(fresh) };
    return this;
  }

  /** Takes what the desk kept. What was typed meanwhile in an empty field stands behind it. */
  bringBack(kept: Words): void {
    const whole = Object.entries(kept).map(([name, text]) => {
      const [now, start] = [this.words[name] ?? "", this.start[name] ?? ""];
      return [name, now === start ? text : start === "" ? `${text} ${now}` : now];
    });
    this.words = { ...this.words, ...Object.fromEntries(whole) };
    this.kept = true;
  }

  /** Whether something was filled in that is neither saved nor discarded. */
  get unfinished(): boolean {
    return this.filledIn().length > 0;
  }

  /** Something was filled in: it is kept in a moment. */
  changed(): void {
    if (this.unfinished || this.kept) this.keeping ??= setTimeout(() => void this.keep(), KEEP_AFTER);
  }

  /** Keeps it now, where something waits to be kept. */
  async flush(): Promise<void> {
    if (this.keeping !== null) void this.keep();
    await this.last;
  }

  /** Sends it off, once at a time, and empties it then unless something else was filled in meanwhile. Gives the answer. */
  async send<A>(work: (sent: () => void) => Promise<A>): Promise<A | null> {
    if (this.sending) return null;
    this.sending = true;
    const before = JSON.stringify(this.words);
    let done = false;
    const sent = () => {
      if (!done && JSON.stringify(this.words) === before) this.discard();
      done = true;
    };
    try {
      const answer = await work(sent);
      if (answer) sent();
      return answer || null;
    } finally {
      this.sending = false;
    }
  }

  /** What was filled in, a line each, as a person reads it; ids of what was chosen are left out. */
  get told(): string {
    const typed = this.filledIn().filter(([name]) => !CHOSEN.includes(name));
    return typed
      .map(([, text]) => text.trim())
      .filter(Boolean)
      .join("\n");
  }

  /** Empties the form, since it was saved or is discarded. */
  discard(): void {
    this.stop();
    this.words = { ...this.start } as T;
    if (this.kept) void this.keep();
  }

  /** The fields that hold something else than at the beginning: only those are kept, so that newer facts stay. */
  private filledIn(): [string, string][] {
    return Object.entries(this.words).filter(([name, text]) => text !== (this.start[name] ?? ""));
  }

  private keep(): Promise<void> {
    this.stop();
    return (this.last = this.last.then(() => this.keepNow()));
  }

  private async keepNow(): Promise<void> {
    await this.ready;
    const fields = Object.fromEntries(this.filledIn());
    this.kept = this.unfinished;
    try {
      if (this.kept) await call("form.keep", { ...this.place, fields });
      else await call("form.drop", this.place);
    } catch (cause) {
      this.kept = true;
      tell.failed(cause);
    }
  }

  private stop(): void {
    if (this.keeping !== null) clearTimeout(this.keeping);
    this.keeping = null;
  }
}

class Forms {
  private article: string | null = null;
  private person: string | null = null;
  /** Comes once the kept forms of the article are read. */
  private ready: Promise<void> = Promise.resolve();
  /** The same of the desk's own. */
  private deskReady: Promise<void> = Promise.resolve();
  private readonly drafts = new SvelteMap<string, FormDraft>();

  /** Takes the kept forms of the article that was opened, and of whoever works. */
  show(article: string | null, person: string | null): Promise<void> {
    if (article === this.article && person === this.person) return this.ready;
    void this.keepNow();
    [this.article, this.person] = [article, person];
    for (const [key, { place }] of this.drafts) if (place.article) this.drafts.delete(key);
    this.ready = article ? this.read(article) : Promise.resolve();
    return this.ready;
  }

  /** Takes the kept forms of the desk itself, whose desk is open and who works being known. */
  showDesk(): Promise<void> {
    return (this.deskReady = this.read(""));
  }

  /** Somebody else works from now on: `change` says so to the desk, and answers who it is. */
  async handOver(change: () => Promise<string | null>): Promise<void> {
    await this.keepNow();
    this.drafts.clear();
    this.person = await change();
    if (this.article) this.ready = this.read(this.article);
    await Promise.all([this.ready, this.showDesk()]);
  }

  private async read(article: string): Promise<void> {
    const kept = await call("form.list", { article }).catch((cause: unknown) => {
      tell.failed(cause);
      return [] as FormDto[];
    });
    if (article && article !== this.article) return;
    for (const { claim, form, fields } of kept) {
      const at = key(article ? claim : DESK, form);
      const known = this.drafts.get(at);
      const place = { article, claim, form };
      if (known) known.bringBack(fields as Words);
      else this.drafts.set(at, new FormDraft(place, fields as Words, Promise.resolve()));
    }
  }

  /** The form of a claim, of the article, or of the desk; `start` is what its fields hold while nothing was filled in. */
  of<T extends Words>(claim: string | null, form: string, start: T): FormDraft<T> {
    const known = this.drafts.get(key(claim, form));
    const draft = known ?? this.made(claim, form);
    if (!known) this.drafts.set(key(claim, form), draft);
    return (draft as FormDraft<T>).begin(start);
  }

  private made(claim: string | null, form: string): FormDraft {
    if (claim === DESK) return new FormDraft({ article: "", claim: null, form }, null, this.deskReady);
    return new FormDraft({ article: this.article ?? "", claim, form }, null, this.ready);
  }

  /** The half-filled forms of one kind, such as `answer`, whose subject is not there any more; `there` are those that are. */
  lost(claim: string | null, kind: string, there: readonly string[]): FormDraft[] {
    const forms = there.map((id) => `${kind}:${id}`);
    const ofKind = ({ place }: FormDraft) => place.article !== "" && place.form.startsWith(`${kind}:`);
    return [...this.drafts.values()].filter(
      (one) => one.place.claim === claim && ofKind(one) && !forms.includes(one.place.form) && one.unfinished,
    );
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
export function kept<T>(
  form: string,
  start: T,
  about: typeof DESK | null = null,
): { draft: FormDraft<{ json: string }>; fields: T } {
  const draft = forms.of(about, form, { json: JSON.stringify(start) });
  return { draft, fields: JSON.parse(draft.words.json) as T };
}

/** The words of a notice that a form was left half filled in. */
export const unfinishedWords = (what: string) => ({ what, go: m.unfinished_go(), discard: m.discard() });

const key = (claim: string | null, form: string) => `${claim ?? ""}\n${form}`;

export const forms = new Forms();
