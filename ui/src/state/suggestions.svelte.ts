// The suggestions that wait in the open article: gone through one by one, decided alone or together, and what accepting each
// does to the claims. While somebody suggests, saving makes suggestions of what was typed.
import { Resting } from "../editor/resting";
import type { EditorSuggestion } from "../editor/suggestions";
import { m } from "../paraglide/messages.js";
import type { SuggestionDto, SuggestionEffectDto } from "../wire/generated";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import { byLine } from "./format";
import { screen } from "./screen.svelte";
import * as toast from "./toast";
import { doneWithUndo } from "./undo";

/** How many cards are drawn at first; a long file has hundreds of suggestions. */
const FIRST = 100;
/** How many cards are drawn behind the selected one. */
const AHEAD = 50;
/** How many are asked about at once, so that other requests come in between. */
const AT_ONCE = 50;
/** How long nothing changes before it is asked what accepting does, in milliseconds. */
const REST = 120;

/** The effects that are known, by the suggestion. */
type Effects = ReadonlyMap<string, readonly SuggestionEffectDto[]>;

/** Who made a suggestion and when, in one line. */
export function madeBy(one: SuggestionDto): string {
  return byLine(nameOf(one), one.date);
}

/** The suggestions that can be drawn in the text: those in another's words have no place of their own. */
export function drawable(list: readonly SuggestionDto[]): EditorSuggestion[] {
  return list
    .filter(({ state, within }) => state === "open" && within === null)
    .map((one) => ({
      id: one.id,
      label: m.suggestion_by({ by: madeBy(one) }),
      edits: one.edits.flatMap(pieces),
    }));
}

/** An edit as stretches: the words that come stand at the first. */
function pieces({ spans, with: come }: SuggestionDto["edits"][number]) {
  return spans.map((span, nth) => ({ ...span, with: nth === 0 ? come : "" }));
}

class Suggestions {
  selected = $state<string | null>(null);
  /** Only those of this author are listed; all where it is null. */
  author = $state<string | null>(null);
  /** How many are drawn as cards. */
  most = $state(FIRST);
  effects = $state.raw<Effects>(new Map());
  /** What accepting all that are listed does; null while that is not known. */
  together = $state.raw<readonly SuggestionEffectDto[] | null>(null);
  private asked = 0;
  private rest = new Resting(REST, () => void this.ask());
  /** The decision that is on its way. */
  private deciding: Promise<void> = Promise.resolve();

  /** All that wait or were overtaken, in the order they were made. */
  get all(): SuggestionDto[] {
    return article.view?.suggestions ?? [];
  }

  /** Those that are listed: the author's, or all where that author has none here. */
  readonly shown: SuggestionDto[] = $derived.by(() => {
    const mine = this.all.filter((one) => nameOf(one) === this.author);
    return mine.length > 0 ? mine : this.all;
  });

  /** Those that are drawn as cards. */
  readonly drawn: SuggestionDto[] = $derived(this.shown.slice(0, this.most));

  /** All by their id. */
  readonly byId: ReadonlyMap<string, SuggestionDto> = $derived(new Map(this.all.map((one) => [one.id, one])));

  /** The authors, each with how many wait. */
  get authors(): [string, number][] {
    const counts = new Map<string, number>();
    for (const one of this.all) counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1);
    return [...counts];
  }

  /** Draws more cards. */
  more(count: number): void {
    this.most += count;
  }

  /** Something changed: what accepting each drawn one does, and all that are listed, is asked soon. */
  foretell(): void {
    this.asked += 1;
    this.together = null;
    this.rest.again();
  }

  private async ask(): Promise<void> {
    const mine = this.asked;
    const { view } = article;
    if (!view) return;
    const [drawn, all] = [openOnes(this.drawn), openOnes(this.shown)];
    // The selected one is looked at now.
    drawn.sort((a, b) => Number(b === this.selected) - Number(a === this.selected));
    const ask = (suggestions: string[], together: boolean) =>
      desk.ask("suggestion.effects", { article: view.id, suggestions, together });
    const known = new Map<string, readonly SuggestionEffectDto[]>();
    for (let from = 0; from < drawn.length; from += AT_ONCE) {
      const each = await ask(drawn.slice(from, from + AT_ONCE), false);
      if (mine !== this.asked) return;
      for (const { suggestion, effects } of each ?? []) known.set(suggestion ?? "", effects);
      this.effects = new Map(known);
      if (!each) return;
    }
    const sum = all.length > 1 ? await ask(all, true) : null;
    if (mine === this.asked) this.together = sum?.[0]?.effects ?? null;
  }

  select(id: string | null, reveal = true): void {
    this.selected = id;
    article.editor?.pickSuggestion(id, reveal);
    if (!id) return;
    const at = this.shown.findIndex((one) => one.id === id);
    if (at >= this.most) this.most = at + AHEAD;
    screen.inspector = true;
    screen.tab = "suggestions";
  }

  /** The next suggestion in the order of the list, round the end. */
  next(step: 1 | -1): void {
    const list = this.shown;
    if (list.length === 0) return toast.info(m.suggestions_none());
    const at = list.findIndex(({ id }) => id === this.selected);
    const next =
      at < 0 ? list[step > 0 ? 0 : list.length - 1] : list[(at + step + list.length) % list.length];
    this.select(next?.id ?? null);
  }

  /** Accepts or rejects suggestions as one action, and goes on to the next. A decision before it is done first. */
  decide(how: Decision, ids: readonly string[]): Promise<void> {
    return this.inTurn(() => this.decideNow(how, ids));
  }

  /** Decides the one that is selected once the decisions before are done. */
  decideSelected(how: Decision): Promise<void> {
    return this.inTurn(async () => {
      if (this.byId.has(this.selected ?? "")) await this.decideNow(how, [this.selected ?? ""]);
      else this.next(1);
    });
  }

  private inTurn(decision: () => Promise<void>): Promise<void> {
    const mine = this.deciding.then(decision);
    this.deciding = mine.catch(() => undefined);
    return mine;
  }

  private async decideNow(how: Decision, ids: readonly string[]): Promise<void> {
    if (!article.view) return;
    // What was decided meanwhile is not decided again.
    const wait = ids.filter((id) => this.byId.has(id));
    if (wait.length === 0) return;
    const at = this.shown.findIndex(({ id }) => id === wait[0]);
    const request = { article: article.view.id, suggestions: wait, note: null };
    const done = await article.act(`suggestion.${how}`, request);
    if (!done) return;
    const said = how === "accept" ? m.suggestions_accepted : m.suggestions_rejected;
    doneWithUndo(said({ count: wait.length }), done.action);
    if (article.view?.id !== request.article) return;
    const left = this.shown;
    this.select((left[Math.min(Math.max(at, 0), left.length - 1)] ?? null)?.id ?? null);
  }
}

type Decision = "accept" | "reject";

const openOnes = (list: readonly SuggestionDto[]): string[] =>
  list.filter(({ state }) => state === "open").map(({ id }) => id);

/** The name a suggestion is listed under. */
export function nameOf({ author, by }: SuggestionDto): string {
  return author ?? by.name;
}

export const suggestions = new Suggestions();
