// Calls that are made before most of the page is there. Each answer is for the first call that asks the same.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Name, Request } from "./client";
import type { ShellEvents } from "./shell";

/** A call by its name and its request. */
export type Call = { [N in Name]: readonly [name: N, request: Request<N>] }[Name];

/** Hears what an event tells. */
type Heed = (told: never) => void;

/** What is listened to from the beginning, and whether it makes early answers old. */
const EVENTS = { "desk-changed": true, "hub-state": true, job: false } as const;

/** The answers that nobody has taken yet. */
const answers = new Map<string, Promise<unknown>>();

/** Who heeds the events that are listened to; null until somebody does. */
const heeded = new Map<keyof ShellEvents, Heed | null>();

/** Makes the calls. A change on the desk that nobody listens to yet drops all answers that nobody has taken. */
export function askEarly(calls: readonly Call[]): void {
  for (const event of Object.keys(EVENTS) as (keyof typeof EVENTS)[]) listenEarly(event);
  for (const [name, request] of calls) {
    const answer = invoke("call", { name, request });
    // Whoever takes it hears of the failure.
    answer.catch(() => undefined);
    answers.set(keyOf(name, request), answer);
  }
}

function listenEarly(event: keyof typeof EVENTS): void {
  heeded.set(event, null);
  void listen(event, ({ payload }) => {
    const heed = heeded.get(event);
    if (heed) heed(payload as never);
    else if (EVENTS[event]) forgetEarly();
  });
}

/** Takes over an event that is listened to already; says whether it is. */
export function heedEarly<E extends keyof ShellEvents>(
  event: E,
  heed: (told: ShellEvents[E]) => void,
): boolean {
  const free = heeded.get(event) === null;
  if (free) heeded.set(event, heed);
  return free;
}

/** The answer to a call that was made early, once. */
export function takeEarly(name: string, request: unknown): Promise<unknown> | undefined {
  const key = keyOf(name, request);
  const answer = answers.get(key);
  answers.delete(key);
  return answer;
}

/** Drops what nobody took: from now on it would be old. */
export function forgetEarly(): void {
  answers.clear();
}

const keyOf = (name: string, request: unknown): string => JSON.stringify([name, request]);
