// How far the work on an article is, and until when it is due, in words.
import { once } from "../once";
import type { WorkState } from "../wire/generated";
import { m } from "../paraglide/messages.js";

export const STATES = ["checking", "with-writer", "ready", "out"] as const satisfies readonly WorkState[];

const WORDS: Record<WorkState, () => string> = {
  checking: m.state_checking,
  "with-writer": m.state_with_writer,
  ready: m.state_ready,
  out: m.state_out,
};

/** A state in words. */
export const stateWords = (state: WorkState): string => WORDS[state]();

/** How near a deadline is. What is out is never late. */
export type Nearness = "late" | "today" | "later";

const day = once(() => new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" }));
const clock = once(() => new Intl.DateTimeFormat(undefined, { timeStyle: "short" }));

/** The moment a deadline ends: a day ends with its last second. */
function endOf(deadline: string): Date {
  return new Date(deadline.includes("T") ? deadline : `${deadline}T23:59:59`);
}

export function nearness(deadline: string, now = new Date()): Nearness {
  const end = endOf(deadline);
  if (end < now) return "late";
  return end.toDateString() === now.toDateString() ? "today" : "later";
}

/** A deadline as it stands on a card: "Due today", "Due today 17:00", "3 days late". */
export function dueWords(deadline: string, now = new Date()): string {
  const end = endOf(deadline);
  if (Number.isNaN(end.getTime())) return m.due_on({ day: deadline });
  const near = nearness(deadline, now);
  const time = deadline.includes("T") ? ` ${clock().format(end)}` : "";
  if (near === "today") return m.due_today() + time;
  return near === "late"
    ? m.due_late({ day: day().format(end) + time })
    : m.due_on({ day: day().format(end) + time });
}
