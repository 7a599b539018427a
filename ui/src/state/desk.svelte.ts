// The desk at a glance: who works, whether there are articles, what can be undone. Re-read after every action.
import type { Overview, PersonDto } from "../wire/generated";
import { call, type Answer, type Name, type Request } from "../wire/client";
import { fetchWords, words } from "../wire/words.svelte";
import { forms } from "./forms.svelte";
import { library } from "./library.svelte";
import * as toast from "./toast";
import { trouble } from "./trouble.svelte";

class Desk {
  overview = $state.raw<Overview | null>(null);
  /** What was told already of what a person should know. */
  #told = new Set<string>();

  get me(): PersonDto | null {
    return this.overview?.me ?? null;
  }
  get people(): PersonDto[] {
    return this.overview?.people ?? [];
  }

  async read(): Promise<void> {
    const [overview] = await Promise.all([call("desk.overview", { articles: false }), library.refresh()]);
    this.overview = overview;
    if (overview.onlyReadMessage || overview.noticeMessages.length > 0) await fetchWords();
    const onlyRead = overview.onlyReadMessage && words(overview.onlyReadMessage);
    if (onlyRead) trouble.onlyRead(onlyRead);
    for (const notice of overview.noticeMessages.map(words).filter((told) => told !== onlyRead)) {
      if (!this.#told.has(notice)) toast.warning(notice);
      this.#told.add(notice);
    }
  }

  /** Asks for something and tells what went wrong. Nothing comes back where it was refused. */
  async ask<N extends Name>(name: N, request: Request<N>): Promise<Answer<N> | null> {
    try {
      return await call(name, request);
    } catch (cause) {
      toast.error(cause);
      return null;
    }
  }

  async introduce(name: string, initials: string): Promise<boolean> {
    let introduced = false;
    await forms.handOver(async () => {
      introduced = (await this.ask("person.introduce", { name, initials })) !== null;
      return this.readMe();
    });
    return introduced;
  }

  async switchTo(person: string): Promise<void> {
    await forms.handOver(async () => {
      await this.ask("person.switch", { person });
      return this.readMe();
    });
  }

  private async readMe(): Promise<string | null> {
    await this.read();
    return this.me?.id ?? null;
  }
}

export const desk = new Desk();
