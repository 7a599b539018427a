// The desk at a glance: who works, whether there are articles, what can be undone. Re-read after every action.
import type { Overview, PersonDto } from "../wire/generated";
import { WireError, call, type Answer, type Name, type Request } from "../wire/client";
import { fetchWords, words } from "../wire/words.svelte";
import { faultWords } from "./attempt.svelte";
import { forms } from "./forms.svelte";
import { library } from "./library.svelte";
import * as toast from "./toast";
import { trouble } from "./trouble.svelte";

/** What came of introducing somebody; `like` asks whether a person here is meant. */
export type Introduced = "done" | "failed" | { like: string };

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

  /** Introduces somebody, who works from now on. A name like that of a person here is refused, unless it is `another` one's. */
  async introduce(name: string, initials: string, another = false): Promise<Introduced> {
    let result: Introduced = "failed";
    await forms.handOver(async () => {
      result = await this.tryToIntroduce(name, initials, another);
      return this.readMe();
    });
    return result;
  }

  private async tryToIntroduce(name: string, initials: string, another: boolean): Promise<Introduced> {
    try {
      await call("person.introduce", { name, initials, another });
      return "done";
    } catch (cause) {
      if (cause instanceof WireError && cause.code === "like_known") return { like: faultWords(cause) };
      toast.error(cause);
      return "failed";
    }
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
