// Writes times and sizes in the format of the person's system.
import { once } from "../once";

const time = once(() => new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }));
const clock = once(() => new Intl.DateTimeFormat(undefined, { timeStyle: "short" }));
const day = once(() => new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }));

/** A moment of today as the hour, another one as the day. */
export function formatTime(at: string, now = new Date()): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  return moment.toDateString() === now.toDateString() ? clock().format(moment) : day().format(moment);
}

/** A moment as day and hour. */
export function formatDateTime(at: string): string {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? at : time().format(moment);
}

/** Who and when, in one line; the time where it is known. */
export function byLine(name: string, at: string | null): string {
  return at ? `${name}, ${formatDateTime(at)}` : name;
}

const UNITS = [
  { unit: "byte", from: 0, in: 1 },
  { unit: "kilobyte", from: 1e3, in: 1e3 },
  { unit: "megabyte", from: 1e6, in: 1e6 },
  { unit: "gigabyte", from: 1e9, in: 1e9 },
];

/** A number of bytes. Below 1 kB it is in bytes, so that a small file is not shown as empty. */
export function formatBytes(bytes: number): string {
  const { unit, in: one } = UNITS.findLast(({ from }) => bytes >= from) ?? { unit: "byte", in: 1 };
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: 1,
  }).format(bytes / one);
}
