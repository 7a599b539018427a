// Several claims of the list chosen at once, and what is done with them.
import { SvelteSet } from "svelte/reactivity";
import { m } from "../paraglide/messages.js";
import type { ClaimRow } from "../wire/generated";
import { article } from "./article.svelte";
import { doneWithUndo } from "./undo";

class Several {
  /** Whether claims are being chosen. */
  open = $state(false);
  readonly chosen = new SvelteSet<string>();
  private last: string | null = null;

  toggle(): void {
    this.open = !this.open;
    this.chosen.clear();
    this.last = null;
  }

  has(claim: string): boolean {
    return this.chosen.has(claim);
  }

  /** Chooses a claim or lets it go; with `through` all between the last one and this one are chosen. */
  choose(claim: string, rows: readonly ClaimRow[], through: boolean): void {
    this.open = true;
    const ids = rows.map(({ id }) => id);
    const [from, to] = [ids.indexOf(this.last ?? ""), ids.indexOf(claim)].toSorted((a, b) => a - b);
    if (through && from !== undefined && from >= 0)
      for (const id of ids.slice(from, (to ?? from) + 1)) this.chosen.add(id);
    else if (!this.chosen.delete(claim)) this.chosen.add(claim);
    this.last = claim;
  }

  clear(): void {
    this.open = false;
    this.chosen.clear();
    this.last = null;
  }

  chooseAll(rows: readonly ClaimRow[]): void {
    for (const { id } of rows) this.chosen.add(id);
  }

  async assign(person: string | null): Promise<void> {
    await this.change("assign", person, m.several_assigned);
  }

  async retract(): Promise<void> {
    await this.change("retract", null, m.several_retracted);
  }

  /** Their sentences need no check: they are claims no more. */
  async exempt(): Promise<void> {
    await this.change("exempt", null, m.several_exempted);
  }

  private async change(
    change: "assign" | "retract" | "exempt",
    person: string | null,
    said: (inputs: { count: number }) => string,
  ): Promise<boolean> {
    const { view } = article;
    if (!view || this.chosen.size === 0) return false;
    const request = { article: view.id, claims: [...this.chosen], change, person };
    const done = await article.act("claim.changeSeveral", request);
    if (!done) return false;
    this.toggle();
    doneWithUndo(said({ count: done.count }), done.action);
    return true;
  }
}

export const several = new Several();
