// Long work, told only once it has lasted long enough to be noticed: what the page itself waits for, and the jobs of the
// core, which tell how far they are and can be stopped.
import { m } from "../paraglide/messages.js";
import { call } from "../wire/client";
import type { JobStep } from "../wire/shell";

/** How long work may last before anything is drawn, in milliseconds. */
const PATIENCE = 150;

interface Work {
  id: string;
  label: string;
  /** How much is done, from 0 to 1, where that is known. */
  share: number | null;
  cancel: (() => void) | null;
}

class Working {
  shown = $state.raw<Work[]>([]);
  private last = 0;
  /** The jobs that have not lasted long enough yet, and what is to be drawn of them. */
  private early = new Map<string, Work>();

  /** Does the work and shows its bar if it lasts. `cancel` gives it up; what comes later is thrown away. */
  async during<T>(label: string, work: Promise<T>, cancel: (() => void) | null = null): Promise<T> {
    const id = `page ${(this.last += 1)}`;
    this.begin({ id, label, share: null, cancel });
    try {
      return await work;
    } finally {
      this.end(id);
    }
  }

  /** Heeds a step of a job. */
  heed(step: JobStep): void {
    const id = `job ${step.id}`;
    if (step.ended) return this.end(id);
    const share = step.of > 0 ? step.done / step.of : null;
    // The desk itself is not open yet: there is nobody to tell that it should not be.
    const stop = () => void call("job.cancel", { job: step.id });
    const work = { id, label: doing(step), share, cancel: step.command === "desk.open" ? null : stop };
    if (this.early.has(id)) this.early.set(id, work);
    else if (this.shown.some((one) => one.id === id))
      this.shown = this.shown.map((one) => (one.id === id ? work : one));
    else this.begin(work);
  }

  private begin(work: Work): void {
    this.early.set(work.id, work);
    setTimeout(() => {
      const early = this.early.get(work.id);
      if (early && this.early.delete(work.id)) this.shown = [...this.shown, early];
    }, PATIENCE);
  }

  private end(id: string): void {
    this.early.delete(id);
    this.shown = this.shown.filter((work) => work.id !== id);
  }
}

/** What a job does at the moment, in words. */
function doing({ command, what }: JobStep): string {
  if (command === "desk.backup") return m.work_backup();
  if (command === "hub.join") return m.work_joining();
  if (command === "hub.sync") return m.work_syncing();
  if (command.startsWith("hub.") && what !== "bringing" && command !== "hub.fetchFiles")
    return m.work_asking_hub();
  switch (what) {
    case "comparing":
      return m.work_following();
    case "gathering":
    case "writing":
      return m.work_exporting();
    case "receiving":
      return m.work_syncing();
    case "bringing":
      return m.work_bringing();
    case "fetching":
      return m.work_fetching();
    case "copying":
      return m.work_copying();
    case "checking":
      return m.work_checking();
    case "packing":
      return m.work_packing();
    case "rebuilding":
      return m.work_rebuilding();
    case "recording":
      return m.work_recording();
    case "reading":
    case "moving":
    case null:
      return command === "verify" ? m.work_verifying() : m.work_reading();
  }
}

export const working = new Working();
