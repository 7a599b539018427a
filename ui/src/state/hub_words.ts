// How the desk stands to its shared desk, in words: in a few for the badge, and in sentences that say what to do.
import { m } from "../paraglide/messages.js";
import type { ActionLabel, HubDto, RefusedDto, Role, SyncState } from "../wire/generated";
import { doing } from "./doings";
import { formatDateTime, formatTime } from "./format";

type State = Exclude<SyncState, "off">;

/** The colour of each state; its sign and its words say the same. */
const TONES: Record<State, string> = {
  "up-to-date": "holds",
  sending: "open",
  receiving: "open",
  offline: "partly",
  refused: "fails",
  newer: "partly",
  "went-back": "partly",
  removed: "fails",
  closed: "partly",
};

export const toneOf = (state: SyncState) => (state === "off" ? "unchecked" : TONES[state]);

/** The state in a few words. */
export function stateShort({ state, waiting, since, refused, cursor, head }: HubDto): string {
  switch (state) {
    case "off":
      return "";
    case "up-to-date":
      return m.shared_up_to_date();
    case "sending":
      return m.shared_sending({ count: waiting });
    case "receiving":
      return head > cursor ? m.shared_receiving({ count: head - cursor }) : m.shared_receiving_some();
    case "offline":
      return since ? m.shared_offline_since({ when: formatTime(since) }) : m.shared_offline();
    case "refused":
      return refused.length > 0 ? m.shared_refused({ count: refused.length }) : m.shared_refused_some();
    case "newer":
      return m.shared_newer();
    case "went-back":
      return m.shared_went_back();
    case "removed":
      return m.shared_removed();
    case "closed":
      return m.shared_closed();
  }
}

/** What the state means, and what to do. */
export function stateLong({ state, since }: HubDto): string {
  const when = since ? formatDateTime(since) : "";
  switch (state) {
    case "off":
      return "";
    case "up-to-date":
      return m.shared_up_to_date_long();
    case "sending":
      return m.shared_sending_long();
    case "receiving":
      return m.shared_receiving_long();
    case "offline":
      return when ? m.shared_offline_long({ when }) : m.shared_offline_long_unknown();
    case "refused":
      return m.shared_refused_long();
    case "newer":
      return m.shared_newer_long();
    case "went-back":
      return m.shared_went_back_long();
    case "removed":
      return m.shared_removed_long();
    case "closed":
      return m.shared_closed_long();
  }
}

const ROLES: Record<Role, () => string> = {
  reader: m.role_reader,
  reporter: m.role_reporter,
  checker: m.role_checker,
  chief: m.role_chief,
};
const MAY: Record<Role, () => string> = {
  reader: m.role_reader_may,
  reporter: m.role_reporter_may,
  checker: m.role_checker_may,
  chief: m.role_chief_may,
};

export const roleWords = (role: Role) => ROLES[role]();
/** What a role may do, in a sentence. */
export const roleMay = (role: Role) => MAY[role]();

/** What was refused. An action that this page does not know keeps its own name. */
export function refusedWords({ what }: RefusedDto): string {
  try {
    return doing(what as ActionLabel);
  } catch {
    return what;
  }
}
