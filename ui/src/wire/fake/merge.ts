// The desk in memory merges whole texts, not sentences: what only one side changed is taken, and where both did the
// whole article is one conflict. Coarse, and never wrong. It keeps no revision of the text as it came.
import { WireError } from "../client";
import type { DecisionDto, MergePiece } from "../generated";

export function mergePieces(base: string, ours: string, theirs: string): MergePiece[] {
  if (base === ours || ours === theirs) return [{ text: theirs, conflict: null }];
  if (base === theirs) return [{ text: ours, conflict: null }];
  const version = (text: string) => ({ text, span: { start: 0, end: text.length } });
  return [
    {
      text: null,
      conflict: { index: 0, base: version(base), ours: version(ours), theirs: version(theirs) },
    },
  ];
}

/** The merged text as decided; refused while a conflict is undecided, as the real desk does. */
export function mergedText(pieces: MergePiece[], decisions: DecisionDto[]): string {
  const chosen = ({ text, conflict }: MergePiece) => {
    if (!conflict) return text ?? "";
    const decision = decisions[conflict.index];
    if (!decision) throw new WireError("conflicts", "1 of 1 conflicts are undecided. Nothing was recorded.");
    if (decision.take === "words") return decision.words ?? "";
    return conflict[decision.take as "base" | "ours" | "theirs"].text;
  };
  return pieces.map(chosen).join("");
}
