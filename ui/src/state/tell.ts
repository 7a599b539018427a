// Says quietly what happened: what was done, what went wrong, what was kept.
import { toast } from "svelte-sonner";
import { m } from "../paraglide/messages.js";
import { WireError } from "../wire/client";
import { trouble } from "./trouble.svelte";

/** What a message offers to do. */
interface Offer {
  label: string;
  onClick: () => void;
}

/** A message with something to click stays until it can have been read and reached. */
const long = (action?: Offer) => (action ? { duration: 8000, action } : { duration: 4500 });

export function done(text: string, action?: Offer): void {
  toast.success(text, long(action));
}

export function note(text: string, action?: Offer): void {
  toast(text, long(action));
}

/** What a person should know before the work goes on stays long enough to be read twice. */
export function warned(text: string): void {
  toast.warning(text, { duration: 30_000 });
}

/** An error stays until it was read; the message of the core says what to do. That somebody stopped it is none. */
export function failed(cause: unknown): void {
  if (cause instanceof WireError && cause.code === "cancelled") return note(m.work_stopped());
  if (trouble.takes(cause)) return;
  const message = cause instanceof WireError || cause instanceof Error ? cause.message : String(cause);
  toast.error(message || m.error_unknown(), { duration: 12_000 });
}
