// What others did on the shared desk that concerns the person who works, since they last marked it as read.
import { m } from "../paraglide/messages.js";
import { call } from "../wire/client";
import type { NewsDto, NewsKind } from "../wire/generated";
import { article } from "./article.svelte";

const WORDS: Record<NewsKind, (given: { by: string }) => string> = {
  "article-assigned": m.news_article_assigned,
  "claim-assigned": m.news_claim_assigned,
  asked: m.news_asked,
  disputed: m.news_disputed,
  stale: m.news_stale,
  versions: m.news_versions,
};

/** What happened, and by whom, in a sentence. */
export const newsWords = ({ kind, by }: NewsDto) => WORDS[kind]({ by: by || m.present_somebody() });

class News {
  all = $state.raw<NewsDto[]>([]);
  private asked = 0;

  /** Reads them. Where they cannot be read, what was read before stays. */
  async read(): Promise<void> {
    const mine = (this.asked += 1);
    const told = await call("desk.news", {}).catch(() => null);
    if (told && mine === this.asked) this.all = told;
  }

  /** Marks all of them as read. Fails with the words of the desk. */
  async seen(): Promise<void> {
    await call("desk.newsSeen", {});
    await this.read();
  }

  /** Opens what one of them is about. */
  async open(one: NewsDto): Promise<void> {
    if (one.article !== article.view?.id || !article.view.newest) await article.open(one.article);
    if (one.claim && article.view?.id === one.article) article.select(one.claim, true);
  }
}

export const news = new News();
