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

export function size(bytes: number): string {
  const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
  const amount = bytes / (bytes < 1e6 ? 1e3 : 1e6);
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: 1,
  }).format(amount);
}
