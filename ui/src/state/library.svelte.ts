// The library's list: the articles touched last come first, a page at a time. What was read stays until the desk changes.
import type { ArticleCard } from "../wire/generated";
import { call } from "../wire/client";

/** How many articles are asked for at once. */
const PAGE = 60;

class Library {
  cards = $state.raw<ArticleCard[]>([]);
  /** Whether the articles that were put away are shown, in place of the others. */
  archived = $state(false);
  private whole = false;
  private asked = 0;

  /** Reads what is shown again: as many articles as were read before. */
  async refresh(): Promise<void> {
    const most = Math.max(PAGE, this.cards.length);
    const cards = await this.ask(0, most);
    if (cards) [this.cards, this.whole] = [cards, cards.length < most];
  }

  /** Reads one more page, when the end of the list comes into view. */
  async more(): Promise<void> {
    if (this.whole) return;
    this.whole = true;
    const skip = this.cards.length;
    const cards = await this.ask(skip, PAGE);
    if (cards && skip === this.cards.length) {
      this.cards = [...this.cards, ...cards];
      this.whole = cards.length < PAGE;
    }
  }

  async show(archived: boolean): Promise<void> {
    this.archived = archived;
    this.cards = [];
    await this.refresh();
  }

  /** The articles whose headlines hold the words, for the palette. */
  async find(words: string, most: number): Promise<ArticleCard[]> {
    const filters = words ? ["current", `words=${words}`] : ["current"];
    return call("article.list", { sort: "touched", filters, skip: 0, most });
  }

  /** A part of the list. Nothing comes back where something newer was asked meanwhile. */
  private async ask(skip: number, most: number): Promise<ArticleCard[] | null> {
    const turn = ++this.asked;
    const filters = [this.archived ? "archived" : "current"];
    const cards = await call("article.list", { sort: "touched", filters, skip, most });
    return turn === this.asked ? cards : null;
  }
}

export const library = new Library();
