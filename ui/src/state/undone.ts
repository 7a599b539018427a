// What was undone since something was last typed or done, the newest last: redo goes back through it in the same order.

let steps: ("typing" | "action")[] = [];

export const undone = {
  push(step: "typing" | "action"): void {
    steps.push(step);
  },
  pop(): void {
    steps.pop();
  },
  last(): "typing" | "action" | undefined {
    return steps.at(-1);
  },
  /** Something was typed or done anew. */
  forget(): void {
    steps = [];
  },
};
