// Calls carried to a real core by the small server of the browser tests and of `npm run dev` (ui/dev/desks.ts), which
// gives each window a temporary desk. A window that is loaded again gets its desk again, opened anew. The shell is
// imitated (imitated.ts). No production build contains it.
import { WireError, type Transport } from "./client";
import type { HubDto } from "./generated";
import { imitated } from "./imitated";
import type { ShellEvents } from "./shell";

/** Where the window remembers its desk. */
const KEPT = "tickmark-desk";

export interface ServedDesk {
  desk: string;
  /** Where its files are; what is written for a person goes there too. */
  folder: string;
}

/** How often a desk that is shared sends and receives, in milliseconds; in the desktop a thread of the shell does it. */
const SYNC_EVERY = 1500;

/** Opens this window's desk. Fails where the server is not there. */
export async function served(): Promise<Transport> {
  const kept = sessionStorage.getItem(KEPT);
  const again = kept ? { desk: (JSON.parse(kept) as ServedDesk).desk } : {};
  const opened = await openDesk(again);
  sessionStorage.setItem(KEPT, JSON.stringify(opened));
  const core = (command: string, request: unknown) => ask(opened.desk, command, request);
  const shell = imitated(core, opened) as Record<string, (request: unknown) => Promise<unknown>>;
  const following = new Following(core);
  return {
    call: async (name, request) => {
      const answer = await (shell[name]?.(request) ?? core(name, request));
      if (HUB_ANSWERS.includes(name)) following.heard(answer as HubDto);
      return answer;
    },
    listen: (event, heed) => following.listen(event, heed),
  };
}

/** What answers with how the desk stands to its shared desk. */
const HUB_ANSWERS = ["hub.status", "hub.join", "hub.sync", "hub.leave"];

/** Keeps a shared desk the same as the others, and tells what changed. A desk of one's own is never asked. */
class Following {
  private heeds: { [E in keyof ShellEvents]?: (told: ShellEvents[E]) => void } = {};
  private known: HubDto | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly core: (command: string, request: unknown) => Promise<unknown>) {}

  listen<E extends keyof ShellEvents>(event: E, heed: (told: ShellEvents[E]) => void): void {
    Object.assign(this.heeds, { [event]: heed });
  }

  heard(status: HubDto): void {
    this.known = status;
    if (this.timer) clearTimeout(this.timer);
    this.timer = status.state === "off" ? null : setTimeout(() => void this.turn(), SYNC_EVERY);
  }

  private async turn(): Promise<void> {
    const before = this.known;
    const now = (await this.core("hub.sync", {}).catch(() => before)) as HubDto;
    if (this.known !== before) return;
    this.heard(now);
    if (JSON.stringify(now) !== JSON.stringify(before)) this.heeds["hub-state"]?.(now);
    if (now.cursor !== before?.cursor) this.heeds["desk-changed"]?.(null);
  }
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
