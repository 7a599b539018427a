// A shared desk as the page sees it, without a hub: its answers are given by the test, so that every state can be looked at.
import type { Page } from "@playwright/test";

const NOBODY = {
  state: "up-to-date",
  name: "Evening News",
  role: "chief",
  since: "2026-03-02T14:05:00Z",
  why: null,
  whyMessage: null as object | null,
  waiting: 0,
  cursor: 1200,
  head: 1200,
  remote: { files: 0, bytes: 0 },
  refused: [] as {
    what: string;
    why: string;
    message: object;
    said: string | null;
  }[],
  skipped: [] as {
    what: string;
    why: string;
    message: object;
    said: string | null;
  }[],
  present: [] as { name: string; initials: string; article: string }[],
};

/** What the core says of a reason; what another program said is in no language of the page. */
const VERBATIM = { code: "verbatim", args: { said: "42" } };
const NO_ROLE = { code: "hub_refused_role" };

/** The states of the badge, with what each of them comes with. The words of a hub are in no language of the page. */
export const STATES = {
  "up-to-date": {},
  sending: { waiting: 3 },
  receiving: { head: 4200 },
  offline: {
    whyMessage: { code: "hub_unreachable", args: { why: VERBATIM } },
    waiting: 3,
  },
  refused: {
    whyMessage: { code: "hub_refused", args: { code: "TM002", why: NO_ROLE } },
    waiting: 2,
    refused: [{ what: "give-verdict", why: "", message: NO_ROLE, said: "42" }],
    skipped: [
      {
        what: "42",
        why: "",
        message: { code: "skip_signature" },
        said: null,
      },
    ],
  },
  newer: { whyMessage: VERBATIM },
  "went-back": {},
  removed: { whyMessage: VERBATIM },
  closed: { waiting: 2 },
} as const;
export type State = keyof typeof STATES;

const MEMBERS = [
  {
    login: "tm_1",
    person: "p1",
    name: "Ada Long",
    role: "chief",
    removed: false,
    me: true,
    devices: [{ device: "d1", label: "Ada’s laptop", revoked: false }],
  },
  {
    login: "tm_2",
    person: "p2",
    name: "Ben Short",
    role: "checker",
    removed: false,
    me: false,
    devices: [
      { device: "d2", label: "Ben’s laptop", revoked: false },
      { device: "d3", label: "Ben’s phone", revoked: true },
    ],
  },
  {
    login: "tm_3",
    person: null,
    name: "Cy Young",
    role: "reader",
    removed: false,
    me: false,
    devices: [],
  },
  {
    login: "tm_4",
    person: "p4",
    name: "Di Old",
    role: "reporter",
    removed: true,
    me: false,
    devices: [],
  },
];

const KINDS = [
  "article-assigned",
  "claim-assigned",
  "asked",
  "disputed",
  "stale",
  "versions",
];
/** News of each kind. */
const NEWS = KINDS.map((kind) => ({
  kind,
  by: "Ben Short",
  at: "2026-03-02T14:05:00Z",
  article: "a1",
  headline: "42",
  claim: null,
  words: "42",
}));

/** Answers for the hub from now on. The state, the role and who is present can be changed while the page runs. */
export class Pretended {
  state: State = "up-to-date";
  role = "chief";
  present: typeof NOBODY.present = [];
  /** Answers of other commands, by name. */
  answers: Record<string, unknown> = {
    "hub.members": MEMBERS,
    "hub.size": { entries: 1200, used: 3_200_000, quota: 21_474_836_480 },
    "desk.news": NEWS,
  };

  static async on(page: Page): Promise<Pretended> {
    const pretended = new Pretended();
    await page.route("**/desk/*/call", async (route) => {
      const { command } = route.request().postDataJSON() as { command: string };
      const answer = pretended.answer(command);
      if (answer === undefined) return route.fallback();
      await route.fulfill({ json: { answer } });
    });
    return pretended;
  }

  private answer(command: string): unknown {
    if (["hub.status", "hub.sync", "hub.join"].includes(command)) {
      const { state, role, present } = this;
      return { ...NOBODY, ...STATES[state], state, role, present };
    }
    return this.answers[command];
  }
}
