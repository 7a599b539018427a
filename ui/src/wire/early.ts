// Calls that are made before most of the page is there. Each answer is for the first call that asks the same.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Name, Request } from "./client";

/** A call by its name and its request. */
export type Call = { [N in Name]: readonly [name: N, request: Request<N>] }[Name];

/** What makes an early answer old. */
const CHANGES = ["desk-changed", "hub-state"];

/** The answers that nobody has taken yet. */
const answers = new Map<string, Promise<unknown>>();

/** Makes the calls. What changes on the desk before somebody takes an answer makes all of them void. */
export function askEarly(calls: readonly Call[]): void {
  for (const event of CHANGES) void listen(event, forgetEarly);
  for (const [name, request] of calls) {
    const answer = invoke("call", { name, request });
    // Whoever takes it hears of the failure.
    answer.catch(() => undefined);
    answers.set(keyOf(name, request), answer);
  }
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
