// The parts of the page that its first script does not have, so that the start does not wait for them.
import { flushSync } from "svelte";
import { holdKeys } from "./state/held_keys";
import * as toast from "./state/toast";

/** A part of the program that is fetched when it is needed. */
class Later<Parts> {
  parts = $state.raw<Parts | null>(null);
  private fetching: Promise<void> | null = null;
  private readonly load: () => Promise<Parts>;

  constructor(load: () => Promise<Parts>) {
    this.load = load;
  }

  /** Fetches it, unless it is here or on its way. */
  fetch(): Promise<void> {
    return (this.fetching ??= this.load().then((parts) => this.take(parts), toast.error));
  }

  /** Fetches it for somebody who waits: the keys pressed meanwhile go to what opens. */
  async fetchHoldingKeys(): Promise<void> {
    const release = holdKeys();
    await this.fetch();
    await release();
  }

  private take(parts: Parts): void {
    this.parts = parts;
    // What was waited for is on the screen, and has the focus, before the next key comes.
    flushSync();
  }
}

/** The dialogs and the pages in place of the text: fetched a moment after the start, or as soon as one of them is opened. */
export const later = new Later(() => import("./rest"));

/** What stands beside the text: fetched once the text is painted. */
export const beside = new Later(() => import("./beside"));
