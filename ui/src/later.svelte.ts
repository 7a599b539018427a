// The dialogs and pages that are not on the first screen. They are fetched a moment after the start, or as soon as somebody
// opens one of them.
import { flushSync } from "svelte";
import { holdKeys } from "./state/held_keys";
import * as toast from "./state/toast";

type Parts = typeof import("./rest");

class Later {
  parts = $state.raw<Parts | null>(null);
  private fetching: Promise<void> | null = null;

  /** Fetches them, unless they are here or on their way. */
  fetch(): Promise<void> {
    return (this.fetching ??= import("./rest").then((parts) => this.take(parts), toast.error));
  }

  /** Fetches them for somebody who waits: the keys pressed meanwhile go to what opens. */
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

export const later = new Later();
