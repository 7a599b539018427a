// The claims of the whole desk whose verdicts somebody has to look at again, because their sentence changed or the rules of a
// newer version opened them.
import { call } from "../wire/client";
import type { ChangedSentenceDto } from "../wire/generated";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import { screen } from "./screen.svelte";

class ChangedSentences {
  all = $state.raw<ChangedSentenceDto[]>([]);

  /** Reads the list. Fails with the words of the desk. */
  async read(): Promise<void> {
    this.all = await call("context.list", {});
  }

  /** Shows the list by itself, once, if newer rules opened something. Over a dialog that is open nothing is shown. */
  async showNew(): Promise<void> {
    if (!desk.overview?.lookAgain) return;
    await this.read().catch(() => undefined);
    if (this.all.length > 0 && screen.dialog === null) screen.open("contexts");
  }

  /** Stores that somebody has seen the list. */
  async seen(): Promise<void> {
    await call("context.seen", {}).catch(() => undefined);
  }

  /** Says of verdicts that they still hold. Fails with the words of the desk. */
  async hold(some: readonly ChangedSentenceDto[]): Promise<void> {
    await call("context.hold", { claims: some.map((one) => one.claim) });
    await this.read();
    await article.refresh();
  }

  /** Opens the claim in its article. */
  async open(one: ChangedSentenceDto): Promise<void> {
    if (one.article !== article.view?.id || !article.view.newest) await article.open(one.article);
    if (article.view?.id === one.article) article.select(one.claim, true);
  }
}

export const changedSentences = new ChangedSentences();
