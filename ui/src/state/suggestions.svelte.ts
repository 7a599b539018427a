// The suggestions that wait in the open article: gone through one by one, decided alone or together, and what accepting each
// does to the claims. While somebody suggests, saving makes suggestions of what was typed.
import type { EditorSuggestion } from "../editor/suggestions";
import { m } from "../paraglide/messages.js";
import type { SuggestionDto, SuggestionEffectDto } from "../wire/generated";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import { byLine } from "./format";
import { screen } from "./screen.svelte";
import * as toast from "./toast";
import { doneWithUndo } from "./undo";

/** The effects that are known: of which text and suggestions they are told is in the key. */
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
  effects = $state.raw<Effects>(new Map());
  /** What accepting all that are listed does. */
  together = $state.raw<readonly SuggestionEffectDto[]>([]);
  private asked = 0;

  /** All that wait or were overtaken, in the order they were made. */
  get all(): SuggestionDto[] {
    return article.view?.suggestions ?? [];
  }

  /** Those that are listed. */
  get shown(): SuggestionDto[] {
    return this.author === null ? this.all : this.all.filter((one) => nameOf(one) === this.author);
  }

  /** The authors, each with how many wait. */
  get authors(): [string, number][] {
    const counts = new Map<string, number>();
    for (const one of this.all) counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1);
    return [...counts];
  }

  /** Asks what accepting each does, and all of them. */
  async foretell(): Promise<void> {
    const mine = (this.asked += 1);
    const { view } = article;
    const open = this.shown.filter(({ state }) => state === "open").map(({ id }) => id);
    if (!view || open.length === 0) return this.forget();
    const ask = (suggestions: string[], together: boolean) =>
      desk.ask("suggestion.effects", { article: view.id, suggestions, together });
    const each = await ask(open.slice(0, MOST), false);
    const sum = open.length > 1 ? await ask(open, true) : [];
    if (mine !== this.asked) return;
    this.effects = new Map((each ?? []).map(({ suggestion, effects }) => [suggestion ?? "", effects]));
    this.together = sum?.[0]?.effects ?? [];
  }

  private forget(): void {
    this.effects = new Map();
    this.together = [];
  }

  select(id: string | null, reveal = true): void {
    this.selected = id;
    article.editor?.pickSuggestion(id, reveal);
    if (!id) return;
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

  /** Accepts or rejects suggestions as one action, and goes on to the next. */
  async decide(how: "accept" | "reject", ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return toast.info(m.suggestions_none());
    if (!article.view) return;
    const at = this.shown.findIndex(({ id }) => id === ids[0]);
    const request = { article: article.view.id, suggestions: [...ids], note: null };
    const done = await article.act(`suggestion.${how}`, request);
    if (!done) return;
    const said = how === "accept" ? m.suggestions_accepted : m.suggestions_rejected;
    doneWithUndo(said({ count: ids.length }), done.action);
    const left = this.shown;
    this.select((left[Math.min(Math.max(at, 0), left.length - 1)] ?? null)?.id ?? null);
  }

  /** Decides the selected one. */
  decideSelected(how: "accept" | "reject"): Promise<void> | void {
    const one = this.all.find(({ id }) => id === this.selected);
    if (!one) return this.next(1);
    return this.decide(how, [one.id]);
  }
}

/** How many cards tell their own effects. */
const MOST = 50;

/** The name a suggestion is listed under. */
export function nameOf({ author, by }: SuggestionDto): string {
  return author ?? by.name;
}

export const suggestions = new Suggestions();
