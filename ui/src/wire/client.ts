// The page's only way out: calls by name to the core and to the desktop, and what they tell unasked. Which transport
// carries them is decided once at the start. It keeps nothing.
import { isTauri } from "@tauri-apps/api/core";
import type { Commands, ErrorCode, MessageDto } from "./generated";
import type { ShellCommands, ShellEvents } from "./shell";
import { desktop } from "./tauri";
import { fetchWords, words } from "./words.svelte";

type Table = Commands & ShellCommands;
export type Name = keyof Table;
export type Request<N extends Name> = Table[N]["request"];
export type Answer<N extends Name> = Table[N]["answer"];

/** What carries calls and events. */
export interface Transport {
  call(name: string, request: unknown): Promise<unknown>;
  listen<E extends keyof ShellEvents>(event: E, heed: (told: ShellEvents[E]) => void): void;
}

/** A code of the core or the shell, or one of the page's own: nobody answers, or an error has no code. */
export type Code = ErrorCode | "not_connected" | "unknown";

/** An error of the core or the shell; the page branches on `code` only. */
export class WireError extends Error {
  constructor(
    readonly code: Code,
    message: string,
    readonly detail: unknown = null,
  ) {
    super(message);
  }
}

let transport: Transport | null = null;

/** Takes the transport that is there: the desktop's, or where a build has it the one to a served desk. */
export async function connect(): Promise<boolean> {
  if (isTauri()) transport = desktop;
  else if (SERVED_DESK) transport = await (await import("./served")).served();
  return transport !== null;
}

/** For tests: takes this transport. */
export function connectTo(other: Transport): void {
  transport = other;
}

/** Asks the core or the desktop. Rejects with a `WireError`. */
export async function call<N extends Name>(name: N, request: Request<N>): Promise<Answer<N>> {
  if (!transport) throw new WireError("not_connected", `${name} was asked before the desk was there.`);
  try {
    return (await transport.call(name, request)) as Answer<N>;
  } catch (cause) {
    throw await asWireError(cause);
  }
}

/** Heeds what the shell tells. */
export function listen<E extends keyof ShellEvents>(event: E, heed: (told: ShellEvents[E]) => void): void {
  transport?.listen(event, heed);
}

/** An error as it arrives: the core says it as a message, which is shown in the language of the page. */
interface Thrown {
  code?: Code;
  message: unknown;
  said?: MessageDto;
  detail?: unknown;
}

/** An error as the core or the shell tells it. */
export async function asWireError(cause: unknown): Promise<WireError> {
  if (cause instanceof WireError) return cause;
  if (typeof cause === "object" && cause !== null && "message" in cause) {
    const { code, message, said, detail } = cause as Thrown;
    if (said) await fetchWords();
    return new WireError(code ?? "unknown", said ? words(said) : String(message), detail ?? null);
  }
  return new WireError("unknown", String(cause));
}
