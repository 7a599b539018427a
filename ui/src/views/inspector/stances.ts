// The three ways evidence can speak, as they are said and drawn.
import type { Stance } from "../../wire/generated";
import { m } from "../../paraglide/messages.js";

export const STANCES: Record<Stance, { tone: string; sign: string; label: () => string }> = {
  supports: { tone: "holds", sign: "+", label: m.stance_supports },
  refutes: { tone: "fails", sign: "−", label: m.stance_refutes },
  context: { tone: "open", sign: "·", label: m.stance_context },
};
