// A file that came back from the writer: what merging it with the newest revision gives, and what was decided on it.
import { m } from "../paraglide/messages.js";
import { WireError, call } from "../wire/client";
import type {
  ConflictDto,
  DecisionDto,
  MergeView,
  Opened,
  Proposal,
  ReturnedView,
  RevisionRow,
  Saved,
} from "../wire/generated";
import { desk } from "./desk.svelte";
import type { Join } from "./incoming.svelte";
import * as toast from "./toast";
import { working } from "./work.svelte";

export type Take = "ours" | "theirs" | "base" | "words";
export interface Choice {
  take: Take | null;
  words: string;
}

/** The text of a proposed import, which is only read and then let go: a merge makes no article. */
export async function textOf(proposal: Proposal, encoding: string | null = null): Promise<string> {
  const { draft, asIs } = proposal;
  const read = encoding
    ? await desk.ask("import.preview", { draft, asIs, encoding, kind: null, changes: null })
    : proposal;
  await desk.ask("import.discard", { draft });
  return read?.text ?? "";
}

/** Reads pasted words as an import would, so that they meet the article's text in the same form. */
export async function readPasted(text: string): Promise<string | null> {
  const proposal = await desk.ask("import.paste", { text, asIs: false, html: null });
  return proposal && textOf(proposal);
}

/** Two versions that somebody decides between: the newest one, which is the article's text, and another. */
export interface Deciding {
  article: string;
  ours: RevisionRow;
  theirs: RevisionRow;
}

/** One merge, from the proposal to its saving. */
export class Merging {
  view = $state.raw<MergeView | null>(null);
  /** What a Word file brings besides its text, if it is one. */
  returned = $state.raw<ReturnedView | null>(null);
  /** The two versions that are merged, if it is that. */
  deciding = $state.raw<Deciding | null>(null);
  /** The Word file, and the revision that a person says it was made on. */
  private file: { draft: string; base: string | null } | null = null;
  /** Whether the base was chosen by a person: the file did not say it. */
  chosenBase = $state(false);
  choices = $state<Choice[]>([]);
  conflicts: ConflictDto[] = $derived(
    (this.view?.pieces ?? []).flatMap(({ conflict }) => (conflict ? [conflict] : [])),
  );
  settled: number = $derived(this.choices.filter(isSettled).length);
  ready: boolean = $derived(this.settled === this.choices.length);
  /** The text that would be saved; what is not settled stands as in the article. */
  merged: string = $derived(
    (this.view?.pieces ?? [])
      .map(({ text, conflict }) => (conflict ? this.words(conflict) : (text ?? "")))
      .join(""),
  );

  /** Whether saving would change the text. */
  get changes(): boolean {
    return this.view !== null && this.merged !== this.view.ourText;
  }

  /** Whether there is anything to record. */
  get brings(): boolean {
    const { returned } = this;
    const more = returned ? [returned.suggestions, returned.answers, returned.queries].flat().length : 0;
    return this.changes || more > 0;
  }

  /** Looks at a Word file: on the base it says itself, else on `base`. Says whether there is a merge now. */
  async proposeFile(article: string, base: string, draft: string): Promise<boolean> {
    const ask = (from: string | null) => call("returned.look", { article, path: null, draft, base: from });
    // A file that does not say its base, or whose base is not known here, is refused without one.
    let stopped: unknown = null;
    const told = await ask(null).catch((cause: unknown) => {
      if (cause instanceof WireError && cause.code === "cancelled") stopped = cause;
      return null;
    });
    if (stopped) return (toast.error(stopped), false);
    const own = told?.isOurs ?? false;
    const view = own ? told : await ask(base).catch((cause: unknown) => (toast.error(cause), null));
    if (!view) return false;
    this.file = { draft, base: own ? null : base };
    this.chosenBase = !own;
    this.returned = view;
    this.look(view.merge);
    return true;
  }

  /** Forgets what was looked at. */
  forget(): void {
    if (this.file) void desk.ask("import.discard", { draft: this.file.draft });
    this.file = null;
    this.deciding = null;
    this.returned = null;
    this.view = null;
    this.choices = [];
  }

  /** Works out the merge of a text. Says whether there is one now. */
  async propose(article: string, base: string, text: string): Promise<boolean> {
    const asked = desk.ask("merge.propose", { article, base, text, path: null });
    const view = await working.during(m.work_reading(), asked);
    if (view) this.look(view);
    return view !== null;
  }

  /** Works out the merge of the versions of an article: which they are is asked now, because the hub may have put them in another
   * order, or somebody may have decided, since they were shown. */
  async proposeVersions(article: string): Promise<boolean> {
    const rows = await desk.ask("article.versions", { article });
    const [theirs, ours] = [rows?.[0], rows?.at(-1)];
    if (rows?.length === 1) toast.info(m.versions_one());
    if (!theirs || !ours || theirs === ours) return false;
    const asked = desk.ask("version.propose", { article, other: theirs.id });
    const view = await working.during(m.work_reading(), asked);
    this.deciding = view && { article, ours, theirs };
    if (view) this.look(view);
    return view !== null;
  }

  /** Takes up a merge that was worked out. */
  look(view: MergeView): void {
    this.view = view;
    this.choices = Array.from({ length: view.conflicts }, () => ({ take: null, words: "" }));
  }

  choose(index: number, take: Take): void {
    const [choice, conflict] = [this.choices[index], this.conflicts[index]];
    if (!choice || !conflict) return;
    if (take === "words" && choice.take !== "words") choice.words ||= conflict.theirs.text.trim();
    choice.take = take;
  }

  /** Saves the merge. Where the article was revised meanwhile, the merge is worked out again and nothing is saved. */
  async save(article: string, note: string): Promise<Saved | null> {
    const { view, file } = this;
    if (!view) return null;
    try {
      if (file) return await this.take(article, view, file, note);
      if (this.deciding) return await this.decide(this.deciding, view);
      const request = {
        article,
        base: view.base.id,
        newest: view.newest.id,
        text: view.theirText,
        decisions: this.decisions,
        note,
      };
      return await working.during(m.work_saving(), call("merge.save", request));
    } catch (cause) {
      await this.refused(cause, article, view);
      return null;
    }
  }

  private decide({ article, theirs }: Deciding, { newest }: MergeView): Promise<Saved> {
    const { decisions } = this;
    const request = { article, other: theirs.id, newest: newest.id, decisions };
    return working.during(m.work_saving(), call("version.merge", request));
  }

  private async take(
    article: string,
    view: MergeView,
    file: { draft: string; base: string | null },
    note: string,
  ): Promise<Saved> {
    const { decisions } = this;
    const request = { article, path: null, ...file, newest: view.newest.id, decisions, note };
    const { saved } = await working.during(m.work_saving(), call("returned.take", request));
    this.file = null;
    return saved;
  }

  /** Brings in the bundle that the merge is of. Where the article was revised meanwhile, the merge is worked out again. */
  async join({ bundle, article }: Join): Promise<Opened | null> {
    const newest = this.view?.newest.id ?? "";
    try {
      const request = { path: bundle, article, newest, decisions: this.decisions };
      return await call("bundle.join", request);
    } catch (cause) {
      if (!(cause instanceof WireError) || cause.code !== "revised_elsewhere")
        return (toast.error(cause), null);
      toast.error(new Error(m.merge_again()));
      return desk.ask("import.file", { path: bundle });
    }
  }

  /** In order. With one missing the core records nothing. */
  private get decisions(): DecisionDto[] {
    return this.conflicts.flatMap((conflict) => {
      const take = this.choices[conflict.index]?.take;
      return take ? [{ take, words: take === "words" ? this.words(conflict) : null }] : [];
    });
  }

  private async refused(cause: unknown, article: string, view: MergeView): Promise<void> {
    const code = cause instanceof WireError ? cause.code : null;
    if (code === "conflicts") return toast.error(new Error(m.merge_undecided()));
    if (code === "no_change") return toast.info(m.merge_nothing());
    if (code !== "revised_elsewhere") return toast.error(cause);
    const again = this.file
      ? this.proposeFile(article, view.base.id, this.file.draft)
      : this.deciding
        ? this.proposeVersions(article)
        : this.propose(article, view.base.id, view.theirText);
    if (await again) toast.error(new Error(m.merge_again()));
  }

  private words(conflict: ConflictDto): string {
    const choice = this.choices[conflict.index];
    if (choice?.take === "words") return kept(choice.words, conflict);
    return conflict[choice?.take ?? "ours"].text;
  }
}

function isSettled({ take, words }: Choice): boolean {
  return take !== null && (take !== "words" || words.trim() !== "");
}

/** Own words with the blanks and line ends that stood around the words they replace. */
function kept(words: string, { ours, theirs }: ConflictDto): string {
  const around = ours.text.trim() ? ours.text : theirs.text;
  const lead = /^\s*/.exec(around)?.[0] ?? "";
  const tail = around.trim() ? (/\s*$/.exec(around)?.[0] ?? "") : "";
  return `${lead}${words.trim()}${tail}`;
}
