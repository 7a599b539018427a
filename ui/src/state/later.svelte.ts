// Parts of the program that are fetched when they are needed.
import { flushSync } from "svelte";
import { holdKeys } from "./held_keys";
import * as toast from "./toast";

/** A part of the program that is fetched when it is needed. */
export class Later<Parts> {
  parts = $state.raw<Parts | null>(null);
  private fetching: Promise<void> | null = null;
  private readonly load: () => Promise<Parts>;

  constructor(load: () => Promise<Parts>) {
    this.load = load;
  }

  /** Fetches it, unless it is here or on its way. */
  fetch(): Promise<void> {
    return (this.fetching ??= this.load().then(
      (parts) => this.take(parts),
      (cause) => this.failed(cause),
    ));
  }

  /** Does something with it, at once where it is here. Where somebody waits for it, the keys pressed meanwhile go to what opens. */
  async use(act: (parts: Parts) => void = () => undefined): Promise<void> {
    if (this.parts) return act(this.parts);
    const release = holdKeys();
    try {
      await this.fetch();
      if (this.parts) act(this.parts);
    } finally {
      await release();
    }
  }

  /** Whoever asks for it again has it fetched again. */
  private failed(cause: unknown): void {
    this.fetching = null;
    toast.error(cause);
  }

  private take(parts: Parts): void {
    this.parts = parts;
    // What was waited for is on the screen, and has the focus, before the next key comes.
    flushSync();
  }
}
