// The three ways evidence can speak, as they are said and drawn.
import { m } from "../../paraglide/messages.js";

export const STANCES: Record<string, { tone: string; sign: string; label: () => string }> = {
  supports: { tone: "holds", sign: "+", label: m.stance_supports },
  refutes: { tone: "fails", sign: "−", label: m.stance_refutes },
  context: { tone: "open", sign: "·", label: m.stance_context },
};
