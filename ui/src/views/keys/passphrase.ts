// What is asked when a passphrase is set, changed or removed, and what is wrong with what was typed.

/** What is done to the passphrase. */
export type Change = "set" | "change" | "remove";

/** What was typed. */
export interface Typed {
  now: string;
  next: string;
  again: string;
}

/** Whether the passphrase that the key has is asked for. */
export function asksNow(change: Change): boolean {
  return change !== "set";
}

/** Whether a new passphrase is asked for. */
export function asksNext(change: Change): boolean {
  return change !== "remove";
}

/** Whether all that is asked was typed. */
export function complete(change: Change, typed: Typed): boolean {
  const now = !asksNow(change) || typed.now !== "";
  return now && (!asksNext(change) || (typed.next !== "" && typed.again !== ""));
}

/** Whether the new passphrase was typed the same twice. It is told once the second is as long as the first. */
export function differs(change: Change, { next, again }: Typed): boolean {
  return asksNext(change) && again.length >= next.length && again !== "" && again !== next;
}

/** The request: the passphrase the key has, and the one it gets. */
export function request(change: Change, typed: Typed): [string | null, string | null] {
  return [asksNow(change) ? typed.now : null, asksNext(change) ? typed.next : null];
}
