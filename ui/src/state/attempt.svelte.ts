// Work that a person waits for in a dialog: whether it goes on, and why it failed.

/** What is said of something that failed: the words of the desk or of the hub, as far as it has any. */
export function faultWords(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

export class Attempt {
  busy = $state(false);
  fault = $state<string | null>(null);

  /** Does the work, and says whether it succeeded. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.fault = null;
    try {
      await work();
      return true;
    } catch (cause) {
      this.fault = faultWords(cause);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
