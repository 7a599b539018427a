// The library by tag: all articles of one tag, then those of the next, a page at a time; those without a tag come last.
import type { ArticleCard } from "../wire/generated";

/** A line of the library: an article, or the headline of those of a tag. */
export interface Row {
  key: string;
  /** Nothing in a headline. */
  card: ArticleCard | null;
  /** The tag as it is written; nothing where there is none. */
  tag: string | null;
}

/** Reads a page of the articles of a tag, or of all; nothing where something newer was asked meanwhile. */
type ReadPage = (tag: string | null, skip: number) => Promise<ArticleCard[] | null>;

export class TagGroups {
  private at = 0;
  private skip = 0;
  private headed = false;

  /** `tags` in their order; `size` is how many articles a page has where more follow. */
  constructor(
    private readonly tags: readonly (string | null)[],
    private readonly size: number,
    private readonly page: ReadPage,
  ) {}

  /** Whether all were read. */
  get whole(): boolean {
    return this.at >= this.tags.length;
  }

  /** The next lines: as many as asked for or a few more, fewer only at the end. */
  async next(most: number): Promise<Row[] | null> {
    const rows: Row[] = [];
    while (!this.whole && rows.length < most) {
      const tag = this.tags[this.at] ?? null;
      const cards = await this.page(tag, this.skip);
      if (!cards) return null;
      rows.push(...this.lines(tag, tag === null ? cards.filter(({ tags }) => tags.length === 0) : cards));
      this.skip += cards.length;
      if (cards.length < this.size) [this.at, this.skip, this.headed] = [this.at + 1, 0, false];
    }
    return rows;
  }

  private lines(tag: string | null, cards: ArticleCard[]): Row[] {
    const [first] = cards;
    if (!first) return [];
    const written = first.tags.find((one) => one.toLowerCase() === tag) ?? tag;
    const headline = { key: `tag ${tag}`, card: null, tag: written };
    const lines = cards.map((card) => ({ key: `${tag} ${card.id}`, card, tag: written }));
    const headed = this.headed;
    this.headed = true;
    return headed ? lines : [headline, ...lines];
  }
}
