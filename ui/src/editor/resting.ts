// Work that can wait until nobody types. A key costs no timer of its own: one that runs out early is set again.

/** Does `work` once `again` was not called for `rest` milliseconds. */
export class Resting {
  private due = 0;
  private last = 0;

  constructor(
    private readonly rest: number,
    private readonly work: () => void,
  ) {}

  /** Something happened: the work waits anew. */
  again(): void {
    this.last = performance.now();
    if (!this.due) this.wait(this.rest);
  }

  /** The work is not wanted any more. */
  stop(): void {
    window.clearTimeout(this.due);
    this.due = 0;
  }

  private wait(time: number): void {
    this.due = window.setTimeout(() => {
      this.due = 0;
      const left = this.last + this.rest - performance.now();
      if (left > 0) this.wait(left);
      else this.work();
    }, time);
  }
}
