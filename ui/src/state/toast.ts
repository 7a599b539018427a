// Short messages in a corner of the window: what was done, what failed, what to know.
import { faultWords } from "./attempt.svelte";
import { toast } from "svelte-sonner";
import { m } from "../paraglide/messages.js";
import { WireError } from "../wire/client";
import { trouble } from "./trouble.svelte";

/** A button in the message. */
interface Offer {
  label: string;
  onClick: () => void;
}

/** A message with a button stays longer, so that a person can reach the button. */
const long = (action?: Offer) => (action ? { duration: 8000, action } : { duration: 4500 });

export function success(text: string, action?: Offer): void {
  toast.success(text, long(action));
}

export function info(text: string, action?: Offer): void {
  toast(text, long(action));
}

/** A warning stays long enough to be read twice. */
export function warning(text: string): void {
  toast.warning(text, { duration: 30_000 });
}

/** An error stays longer; the message of the core says what to do. If a person stopped the work, that is no error. */
export function error(cause: unknown): void {
  if (cause instanceof WireError && cause.code === "cancelled") return info(m.work_stopped());
  if (trouble.takes(cause)) return;
  toast.error(faultWords(cause) || m.error_unknown(), { duration: 12_000 });
}
