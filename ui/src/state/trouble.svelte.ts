// What stands in the way of saving as long as the window is open, and stays until the person has dealt with it.
import { type Code, WireError } from "../wire/client";

/** The codes of errors that say that nothing can be saved, and not only not this. */
const STAYING: readonly Code[] = ["desk_replaced", "disk_full", "read_only"];

class Trouble {
  /** What happened and what to do, as the core says it. */
  message = $state<string | null>(null);
  private code: Code | null = null;

  /** Takes an error that says that nothing can be saved. Gives whether it is one. */
  takes(cause: unknown): boolean {
    if (!(cause instanceof WireError) || !STAYING.includes(cause.code)) return false;
    this.message = cause.message;
    this.code = cause.code;
    return true;
  }

  /** The desk can only be read, for this reason. */
  onlyRead(why: string): void {
    this.message = why;
    this.code = "read_only";
  }

  /** Something was saved: a disk that was full has room again. */
  saved(): void {
    if (this.code === "disk_full") this.message = null;
  }
}

export const trouble = new Trouble();
