// Half-filled forms. Each is kept in the desk like the article's draft: it survives another claim, another tab, closing
// and a killed program, and goes only when it is saved or discarded.
import { untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import { m } from "../paraglide/messages.js";
import { call } from "../wire/client";
import type { FormDto } from "../wire/generated";
import * as toast from "./toast";

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

/** What a colleague changed in a field that was filled in here. */
export interface Clash {
  name: string;
  theirs: string;
  mine: string;
}

/** In front of the name of a field, for what it held when somebody began to fill it in. */
const WAS = "was:";

/** One form that is being filled in. */
export class FormDraft<T extends Words = Words> {
  words = $state() as T;
  /** Whether it is on its way: until the answer it is not sent again. */
  sending = $state(false);
  /** What the fields held when somebody began to fill them in. */
  private start: Words = $state({});
  /** What the desk says of them now. */
  private now: Words = $state({});
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
    const [words, start] = parted(kept ?? {});
    this.words = words as T;
    this.start = start;
    this.kept = kept !== null;
  }

  /**
   * Says what the desk holds of the fields, at the beginning and whenever it changed. What was filled in stays; where a
   * colleague changed the same field, it is one of `clashes` from then on.
   */
  begin(now: T): this {
    const start = { ...now, ...this.start };
    const untouched = ([name, text]: [string, string]) =>
      [undefined, start[name], text].includes(this.words[name]);
    const fresh = Object.fromEntries(Object.entries(now).filter(untouched));
    this.start = { ...start, ...fresh };
    this.words = { ...this.words, ...fresh };
    this.now = now;
    return this;
  }

  /** The fields that were filled in here and changed by a colleague meanwhile. */
  get clashes(): Clash[] {
    const clash = ([name, mine]: [string, string]) => {
      const theirs = this.now[name];
      return theirs === undefined || theirs === this.start[name] || theirs === mine
        ? []
        : [{ name, theirs, mine }];
    };
    return this.filledIn().flatMap(clash);
  }

  /** Gives up what was filled in, for what the colleague says. */
  takeTheirs({ name, theirs }: Clash): void {
    this.words = { ...this.words, [name]: theirs };
    this.keepMine({ name, theirs });
  }

  /** What was filled in takes the place of what the colleague says, once it is saved. */
  keepMine({ name, theirs }: Pick<Clash, "name" | "theirs">): void {
    this.start = { ...this.start, [name]: theirs };
    this.changed();
  }

  /** Takes what the desk kept. What was typed meanwhile in an empty field stands behind it. */
  bringBack(kept: Words): void {
    const [words, was] = parted(kept);
    const whole = Object.entries(words).map(([name, text]) => {
      const [now, start] = [this.words[name] ?? "", this.start[name] ?? ""];
      return [name, now === start ? text : start === "" ? `${text} ${now}` : now];
    });
    this.words = { ...this.words, ...Object.fromEntries(whole) };
    this.start = { ...this.start, ...was };
    this.kept = true;
  }

  /** Whether something was filled in that is neither saved nor discarded. */
  get unfinished(): boolean {
    return this.filledIn().length > 0;
  }

  /** Fills in all fields. */
  fill(words: T): void {
    untrack(() => {
      this.words = { ...this.words, ...words };
      this.changed();
    });
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
    this.start = { ...this.start, ...this.now };
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
    const filledIn = this.filledIn();
    const was = filledIn.map(([name]) => [WAS + name, this.start[name] ?? ""]);
    const fields = { ...Object.fromEntries(filledIn), ...Object.fromEntries(was) };
    this.kept = this.unfinished;
    try {
      if (this.kept) await call("form.keep", { ...this.place, fields });
      else await call("form.drop", this.place);
    } catch (cause) {
      this.kept = true;
      toast.error(cause);
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
      toast.error(cause);
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

/** What was kept of a form, parted into what was filled in and what the fields held before. */
function parted(kept: Words): [Words, Words] {
  const was = ([name]: [string, string]) => name.startsWith(WAS);
  const all = Object.entries(kept);
  const before = all.filter(was).map(([name, text]) => [name.slice(WAS.length), text]);
  return [Object.fromEntries(all.filter((one) => !was(one))), Object.fromEntries(before)];
}

/** A form of fields that are more than texts: each is kept as JSON. */
export function kept<T extends object>(
  form: string,
  start: T,
  about: typeof DESK | null = null,
): { draft: FormDraft; fields: T } {
  const draft = forms.of(about, form, coded(start));
  return { draft, fields: decoded(draft, start) };
}

/** The fields as they are kept. */
export function coded(fields: object): Words {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value ?? null)]),
  );
}

/** The fields of a form again, those that `start` has. */
export function decoded<T extends object>({ words }: FormDraft, start: T): T {
  const read = Object.keys(start).map((name) => [name, JSON.parse(words[name] ?? "null")]);
  return Object.fromEntries(read) as T;
}

/** What a field of such a form says, for a person to read. */
export function readable(text: string): string {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.join(", ") : value === null ? "" : String(value);
}

/** The words of a notice that a form was left half filled in. */
export const unfinishedWords = (what: string) => ({ what, go: m.unfinished_go(), discard: m.discard() });

const key = (claim: string | null, form: string) => `${claim ?? ""}\n${form}`;

export const forms = new Forms();
