// How the open desk stands to the shared desk it belongs to, who else has which article open, and what the person's role
// allows. A desk of one's own is `off`, and nothing of all this is shown.
import { call } from "../wire/client";
import type { ActionLabel, HubDto, PresentDto, Role } from "../wire/generated";

const OFF: HubDto = {
  state: "off",
  name: "",
  role: null,
  since: null,
  why: null,
  whyMessage: null,
  waiting: 0,
  cursor: 0,
  head: 0,
  remote: { files: 0, bytes: 0 },
  refused: [],
  skipped: [],
  present: [],
};

/** What needs a checker. The desk holds the same list (src/model/role.rs), and refuses what is not offered here. */
const BY_CHECKERS: ReadonlySet<ActionLabel> = new Set([
  "bring-in",
  "assign",
  "give-verdict",
  "withdraw-verdict",
  "reaffirm",
  "resolve",
  "wave-through",
  "open-again",
  "sign-off",
  "take-back-sign-off",
  "set-status",
  "archive",
  "unarchive",
  "accept-suggestion",
  "reject-suggestion",
  "publish",
]);
/** What needs the chief. */
const BY_CHIEF: ReadonlySet<ActionLabel> = new Set(["redact", "set-policy", "add-scale"]);
const RANKS: readonly Role[] = ["reader", "reporter", "checker", "chief"];

/** Whether a role may do something. */
export function may(role: Role, kind: ActionLabel): boolean {
  const least: Role = BY_CHIEF.has(kind) ? "chief" : BY_CHECKERS.has(kind) ? "checker" : "reporter";
  return RANKS.indexOf(role) >= RANKS.indexOf(least);
}

class Hub {
  status = $state.raw<HubDto>(OFF);
  /** How many requests to send and receive now still wait for their answer. */
  asked = $state(0);

  get shared(): boolean {
    return this.status.state !== "off";
  }
  /** The role of the person who works; null on a desk of one's own. */
  get role(): Role | null {
    return this.status.role;
  }

  /** Reads the status. A desk that cannot say it is treated as one of one's own. */
  async read(): Promise<void> {
    this.take(await call("hub.status", {}).catch(() => OFF));
  }

  /** Takes a status that was told. One that an answer brings does not know who is present, so that stays. */
  take(told: HubDto, knowsPresent = false): void {
    const present = knowsPresent || told.state === "off" ? told.present : this.status.present;
    this.status = { ...told, present };
  }

  /** Who else has the article open, each person once. */
  presentIn(article: string): PresentDto[] {
    const here = this.status.present.filter((one) => one.article === article);
    return [...new Map(here.map((one) => [one.name, one])).values()];
  }
}

export const hub = new Hub();

/** Whether the person who works may do something here: everything on a desk of one's own, what the role allows on a shared one. */
export function allows(kind: ActionLabel): boolean {
  return hub.role === null || may(hub.role, kind);
}
