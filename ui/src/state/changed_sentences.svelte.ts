// The claims of the whole desk whose verdicts somebody has to look at again, because their sentence changed or the rules of a
// newer version opened them.
import { call } from "../wire/client";
import type { ChangedSentenceDto } from "../wire/generated";
import { article } from "./article.svelte";
import { screen } from "./screen.svelte";

class ChangedSentencesList {
  all = $state.raw<ChangedSentenceDto[]>([]);

  /** Reads the list. Says whether newer rules opened some of them and nobody has seen that yet. */
  async read(): Promise<boolean> {
    const told = await call("context.list", {});
    this.all = told.claims;
    return told.new;
  }

  /** Shows the list by itself, once, if newer rules opened something. Over a dialog that is open nothing is shown. */
  async showNew(): Promise<void> {
    const isNew = await this.read().catch(() => false);
    if (isNew && screen.dialog === null) screen.open("contexts");
  }

  /** Stores that somebody has seen the list. */
  async seen(): Promise<void> {
    await call("context.seen", {}).catch(() => undefined);
  }

  /** Says of one verdict that it still holds. Fails with the words of the desk. */
  async holds(one: ChangedSentenceDto): Promise<void> {
    await call("verdict.reaffirm", { claim: one.claim, rationale: null });
    await this.done();
  }

  /** Says of all listed verdicts that they still hold, one action for each. Fails with the words of the desk. */
  async allHold(): Promise<void> {
    try {
      for (const one of this.all) await call("verdict.reaffirm", { claim: one.claim, rationale: null });
    } finally {
      await this.done();
    }
  }

  /** Opens the claim in its article. */
  async open(one: ChangedSentenceDto): Promise<void> {
    if (one.article !== article.view?.id || !article.view.newest) await article.open(one.article);
    if (article.view?.id === one.article) article.select(one.claim, true);
  }

  private async done(): Promise<void> {
    await this.read();
    await article.refresh();
  }
}

export const changedSentences = new ChangedSentencesList();
