// What is settled of the open article, read anew after everything that was done to it.
import { m } from "../paraglide/messages.js";
import type { CoverageView, SentenceDto, SpanDto } from "../wire/generated";
import type { Cover } from "../editor/coverage";
import { article } from "./article.svelte";
import { desk } from "./desk.svelte";
import { screen } from "./screen.svelte";
import { doneWithUndo } from "./undo";
import * as toast from "./toast";

class Coverage {
  view = $state.raw<CoverageView | null>(null);

  /** The sentence the cursor is in, as the saved text has it. */
  get here(): SentenceDto | null {
    const at = article.cursor;
    if (!at || this.view?.revision !== article.view?.revision.id) return null;
    return this.view?.sentences.find(({ span }) => at.start < span.end && at.end > span.start) ?? null;
  }

  /** Reads it and draws it; nothing is said of an older revision. */
  async read(): Promise<void> {
    const shown = article.view;
    const found = shown?.newest ? await desk.ask("article.coverage", { article: shown.id }) : null;
    if (article.view !== shown) return;
    this.view = found;
    this.draw();
  }

  draw(): void {
    const sentences = this.view?.revision === article.view?.revision.id ? (this.view?.sentences ?? []) : [];
    article.editor?.settle(
      sentences.map(({ span, cover, details }) => ({
        ...span,
        cover: cover as Cover,
        details: details.map((one) => ({ ...one.span, cover: one.cover as Cover })),
      })),
    );
    article.editor?.showOpen(screen.coverage);
  }

  toggle(): void {
    screen.coverage = !screen.coverage;
    if (screen.coverage) screen.authors = false;
    article.editor?.showOpen(screen.coverage);
  }

  /** The next sentence nobody has settled, round the end; it is selected, ready to be marked, or exempted from the check. */
  next(step: 1 | -1): void {
    if (!article.editor?.nextSentence(step)) toast.success(m.coverage_nothing_open());
  }

  /** Marks the open sentences of the selection as “No check needed”, or the one at the cursor. */
  async exempt(): Promise<void> {
    if (!(await article.saveFirst())) return;
    const spans = this.chosen();
    if (!article.view || spans.length === 0) return toast.info(m.coverage_pick());
    const { id, revision } = article.view;
    const done = await article.act("sentence.wave", {
      article: id,
      revision: revision.id,
      spans,
      note: null,
    });
    if (done) doneWithUndo(m.coverage_exempt_now({ count: done.count }), done.action);
  }

  async openAgain(): Promise<void> {
    if (!(await article.saveFirst())) return;
    const spans = this.chosen();
    if (!article.view || spans.length === 0) return;
    const { id, revision } = article.view;
    await article.act("sentence.openAgain", { article: id, revision: revision.id, spans });
  }

  private chosen(): SpanDto[] {
    const selected = article.editor?.selection() ?? [];
    if (selected.length > 0) return selected;
    const here = article.editor?.savedWords();
    return here ? [here] : [];
  }
}

export const coverage = new Coverage();
