// The library's list, a page at a time: sorted and filtered as was chosen. What was read stays until the desk changes.
import type { ArticleCard } from "../wire/generated";
import { call } from "../wire/client";
import { ALL, PAGE, keepView, keptView, partOf, type LibraryView } from "./library_view";
import { TagGroups, type Row } from "./tag_groups";

class Library {
  cards = $state.raw<ArticleCard[]>([]);
  /** Whether the articles that were put away are shown, in place of the others. */
  archived = $state(false);
  view = $state<LibraryView>(keptView());
  /** What is listed where the articles stand under their tags. */
  private grouped = $state.raw<Row[]>([]);
  private groups: TagGroups | null = null;
  private whole = false;
  private asked = 0;

  /** The lines of the list. */
  get rows(): Row[] {
    if (this.view.byTag) return this.grouped;
    return this.cards.map((card) => ({ key: card.id, card, tag: null }));
  }

  /** Whether articles are left out of the list. */
  get filtered(): boolean {
    const { state, tag, assignee, queries } = this.view;
    return state !== "" || tag !== "" || assignee !== "" || queries;
  }

  /** Reads what is shown again: as many articles as were read before. */
  async refresh(): Promise<void> {
    if (this.view.byTag) return this.refreshGroups();
    const most = Math.max(PAGE, this.cards.length);
    const cards = await this.ask(0, most).catch((cause: unknown) => this.withoutFilter(cause, most));
    if (cards) [this.cards, this.whole] = [cards, cards.length < most];
  }

  /** A filter of another desk may name somebody who does not work at this one: then all is shown. */
  private withoutFilter(cause: unknown, most: number): Promise<ArticleCard[] | null> {
    if (!this.filtered) throw cause;
    this.view = { ...ALL, sort: this.view.sort };
    return this.ask(0, most);
  }

  private async refreshGroups(): Promise<void> {
    const most = Math.max(PAGE, this.grouped.length);
    const [all, only] = [await call("article.tags", {}), this.view.tag.trim().toLowerCase()];
    const tags = all.map(({ tag }) => tag).filter((tag) => only === "" || tag === only);
    const page = (tag: string | null, skip: number) => this.ask(skip, PAGE, tag);
    const groups = new TagGroups(only ? tags : [...tags, null], PAGE, page);
    const rows = await groups.next(most).catch((cause: unknown) => this.withoutGroups(cause));
    if (rows) [this.groups, this.grouped, this.cards] = [groups, rows, cardsOf(rows)];
  }

  private async withoutGroups(cause: unknown): Promise<null> {
    const cards = await this.withoutFilter(cause, PAGE);
    if (cards) [this.cards, this.whole] = [cards, cards.length < PAGE];
    return null;
  }

  /** Reads one more page, when the end of the list comes into view. */
  async more(): Promise<void> {
    if (this.view.byTag) return this.moreGroups();
    if (this.whole) return;
    this.whole = true;
    const skip = this.cards.length;
    const cards = await this.ask(skip, PAGE);
    if (cards && skip === this.cards.length) {
      this.cards = [...this.cards, ...cards];
      this.whole = cards.length < PAGE;
    }
  }

  private async moreGroups(): Promise<void> {
    const { groups } = this;
    if (!groups || groups.whole) return;
    // Nothing more is asked for until the answer is there.
    this.groups = null;
    const rows = await groups.next(PAGE);
    if (!rows || this.groups) return;
    this.groups = groups;
    this.grouped = [...this.grouped, ...rows];
    this.cards = cardsOf(this.grouped);
  }

  async show(archived: boolean): Promise<void> {
    this.archived = archived;
    this.empty();
    await this.refresh();
  }

  /** Sorts and filters otherwise, now and at the next start. */
  async look(view: LibraryView): Promise<void> {
    this.view = view;
    keepView(view);
    this.empty();
    await this.refresh();
  }

  private empty(): void {
    [this.cards, this.grouped, this.groups] = [[], [], null];
  }

  /** Shows all again, in the same order. */
  lookAtAll(): Promise<void> {
    const { sort, byTag } = this.view;
    return this.look({ ...ALL, sort, byTag });
  }

  /** The articles whose headlines hold the words, for the palette. */
  async find(words: string, most: number): Promise<ArticleCard[]> {
    const filters = words ? ["current", `words=${words}`] : ["current"];
    return call("article.list", { sort: "touched", filters, skip: 0, most });
  }

  /** A part of the list. Nothing comes back where something newer was asked meanwhile. */
  private async ask(skip: number, most: number, tag: string | null = null): Promise<ArticleCard[] | null> {
    const turn = ++this.asked;
    const of = tag === null ? this.view : { ...this.view, tag };
    const cards = await call("article.list", partOf(of, this.archived, skip, most));
    return turn === this.asked ? cards : null;
  }
}

const cardsOf = (rows: readonly Row[]) => rows.flatMap(({ card }) => (card ? [card] : []));

export const library = new Library();
