// What was corrected, in the desk in memory: the paragraphs that differ, whole.
import type { CorrectionDto } from "../generated";

export function corrected(was: string, now: string): CorrectionDto[] {
  const [old, present] = [was, now].map((text) => text.split("\n").filter((line) => line.trim()));
  const said = (kind: string, text: string) => ({ kind, text, why: null, claim: null });
  const gone = (old ?? []).filter((line) => !present?.includes(line));
  const came = (present ?? []).filter((line) => !old?.includes(line));
  if (gone.length !== came.length)
    return [
      ...gone.map((line) => said("removed", `“${line}” was taken out`)),
      ...came.map((line) => said("added", `Added, and not checked: “${line}”`)),
    ];
  return gone.map((line, at) => said("changed", `“${line}” now reads “${came[at]}”`));
}
