// The desk in memory merges by lines where the three texts have as many, else whole texts: what only one side changed
// is taken, and where both did there is a conflict. Coarse, and never wrong. It keeps no revision of the text as it came.
import { WireError } from "../client";
import type { DecisionDto, MergePiece } from "../generated";

export function mergePieces(base: string, ours: string, theirs: string): MergePiece[] {
  const lines = [base, ours, theirs].map((text) => text.split(/(?<=\n)/));
  const [old = [], mine = [], other = []] = lines;
  const alike = lines.every(({ length }) => length === old.length);
  if (!alike) return [mergePiece(base, ours, theirs, 0)];
  let conflicts = 0;
  return old.map((line, at) => {
    const piece = mergePiece(line, mine[at] ?? "", other[at] ?? "", conflicts);
    if (piece.conflict) conflicts += 1;
    return piece;
  });
}

function mergePiece(base: string, ours: string, theirs: string, index: number): MergePiece {
  if (base === ours || ours === theirs) return { text: theirs, conflict: null };
  if (base === theirs) return { text: ours, conflict: null };
  const version = (text: string) => ({ text, span: { start: 0, end: text.length } });
  return {
    text: null,
    conflict: { index, base: version(base), ours: version(ours), theirs: version(theirs) },
  };
}

/** The merged text as decided; refused while a conflict is undecided, as the real desk does. */
export function mergedText(pieces: MergePiece[], decisions: DecisionDto[]): string {
  const chosen = ({ text, conflict }: MergePiece) => {
    if (!conflict) return text ?? "";
    const decision = decisions[conflict.index];
    if (!decision) throw new WireError("conflicts", "Some conflicts are undecided. Nothing was recorded.");
    if (decision.take === "words") return decision.words ?? "";
    return conflict[decision.take as "base" | "ours" | "theirs"].text;
  };
  return pieces.map(chosen).join("");
}
