// Calls carried to a real core by the small server of the browser tests and of `npm run dev` (ui/dev/desks.ts), which
// gives each window a temporary desk. A window that is loaded again gets its desk again, opened anew. The shell is
// imitated (imitated.ts). No production build contains it.
import { WireError, type Transport } from "./client";
import { imitated } from "./imitated";

/** Where the window remembers its desk. */
const KEPT = "tickmark-desk";

export interface ServedDesk {
  desk: string;
  /** Where its files are; what is written for a person goes there too. */
  folder: string;
}

/** Opens this window's desk. Fails where the server is not there. */
export async function served(): Promise<Transport> {
  const kept = sessionStorage.getItem(KEPT);
  const again = kept ? { desk: (JSON.parse(kept) as ServedDesk).desk } : {};
  const opened = await openDesk(again);
  sessionStorage.setItem(KEPT, JSON.stringify(opened));
  const core = (command: string, request: unknown) => ask(opened.desk, command, request);
  const shell = imitated(core, opened) as Record<string, (request: unknown) => Promise<unknown>>;
  return {
    call: (name, request) => shell[name]?.(request) ?? core(name, request),
    listen: () => undefined,
  };
}

async function openDesk(again: { desk?: string }): Promise<ServedDesk> {
  const { body } = await post("/desk", JSON.stringify(again));
  if (!body) throw new WireError("not_connected", "The server of the desks did not answer.");
  const lines = body.pipeThrough(new TextDecoderStream()).getReader();
  let line = "";
  while (!line.includes("\n")) line += (await lines.read()).value ?? "\n";
  // The desk stays open as long as this answer is waited for.
  void lines.read().catch(() => undefined);
  return JSON.parse(line) as ServedDesk;
}

async function ask(desk: string, command: string, request: unknown): Promise<unknown> {
  const told = await post(`/desk/${desk}/call`, JSON.stringify({ command, request }));
  const { answer, error } = (await told.json()) as { answer: unknown; error?: unknown };
  if (error) throw error;
  return answer;
}

/** Puts a file into the desk's folder, and gives its path. */
export async function put({ desk }: ServedDesk, file: File): Promise<string> {
  const told = await post(`/desk/${desk}/${encodeURIComponent(file.name)}`, file);
  return ((await told.json()) as { path: string }).path;
}

async function post(path: string, body: BodyInit): Promise<Response> {
  const answer = await fetch(path, { method: "POST", body });
  if (!answer.ok) throw new WireError("not_connected", `The server of the desks answered ${answer.status}.`);
  return answer;
}
