// Long work, told only once it has lasted long enough to be noticed.

/** How long work may last before anything is drawn, in milliseconds. */
const PATIENCE = 150;

interface Work {
  id: number;
  label: string;
  cancel: (() => void) | null;
}

class Working {
  shown = $state.raw<Work[]>([]);
  private last = 0;

  /** Does the work and shows its bar if it lasts. `cancel` gives it up; what comes later is thrown away. */
  async during<T>(label: string, work: Promise<T>, cancel: (() => void) | null = null): Promise<T> {
    const id = (this.last += 1);
    const timer = setTimeout(() => (this.shown = [...this.shown, { id, label, cancel }]), PATIENCE);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      this.shown = this.shown.filter((work) => work.id !== id);
    }
  }
}

export const working = new Working();
