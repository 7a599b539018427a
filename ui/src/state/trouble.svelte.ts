// What stands in the way of saving as long as the window is open, and stays until the person has dealt with it.

class Trouble {
  /** What happened and what to do, as the core says it. */
  message = $state<string | null>(null);
}

export const trouble = new Trouble();
