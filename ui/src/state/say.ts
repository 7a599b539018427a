// Times and sizes as a person reads them.

const time = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** A moment: the hour where it is today, else the day. */
export function when(at: string, now = new Date()): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  return moment.toDateString() === now.toDateString() ? clock.format(moment) : day.format(moment);
}

/** A moment in full. */
export function whenExactly(at: string): string {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? at : time.format(moment);
}

const UNITS = [
  { unit: "byte", from: 0, in: 1 },
  { unit: "kilobyte", from: 1e3, in: 1e3 },
  { unit: "megabyte", from: 1e6, in: 1e6 },
];

/** A number of bytes: in bytes below 1 kB, so that no file that holds something is told as empty. */
export function size(bytes: number): string {
  const { unit, in: one } = UNITS.findLast(({ from }) => bytes >= from) ?? { unit: "byte", in: 1 };
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: 1,
  }).format(bytes / one);
}
