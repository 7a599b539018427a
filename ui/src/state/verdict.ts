// A verdict as its form holds it: the rating, the reason, and new evidence beside it.
import type { ClaimDetail, EvidenceDto, Family, RatingDto, Stance, VerdictDto } from "../wire/generated";
import { NO_EVIDENCE, freshSource, hasSource, saidIn, type EvidenceWords } from "./evidence";
import { forms } from "./forms.svelte";
import { family } from "./standing";

export interface VerdictWords extends EvidenceWords {
  /** The name of the scale; empty for the desk's own. */
  scale: string;
  /** The rating's short name; empty while none is chosen. */
  rating: string;
  rationale: string;
}

const NO_VERDICT: VerdictWords = { ...NO_EVIDENCE, scale: "", rating: "", rationale: "" };

/** The verdict that is being written on a claim. */
export const verdictForm = (claim: string) => forms.of(claim, "verdict", NO_VERDICT);

/** Chooses a rating. The stance of evidence that is not begun follows it: what is false is refuted. */
export function choose(words: VerdictWords, rating: RatingDto): void {
  words.rating = rating.slug;
  if (!hasSource(words) && !words.passage.trim()) words.stance = stanceFor(rating);
}

function stanceFor({ family: tone }: RatingDto): Stance {
  if (tone === "holds") return "supports";
  return tone === "fails" ? "refutes" : "context";
}

/** The new evidence that goes with the verdict, in one action with it. */
export function addedIn(words: VerdictWords) {
  return hasSource(words) ? { source: words.source || freshSource(words), ...saidIn(words) } : null;
}

/** The verdict that speaks now. */
export function currentOf(detail: ClaimDetail | null): VerdictDto | null {
  return detail?.verdicts.find((one) => one.current && !one.withdrawn) ?? null;
}

const countOf = (words: string) => words.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/**
 * Whether a verdict that went stale can simply be given again: not where it was negative, since the writer may have
 * corrected what was wrong, and not where only a stub of its words is left.
 */
export function canStillHold(verdict: VerdictDto, quote: string): boolean {
  return family(verdict.rating.family) === "holds" && 2 * countOf(quote) >= countOf(verdict.words);
}

/** The stance that speaks against a rating of that family. */
const AGAINST: Record<Family, Stance | null> = {
  holds: "refutes",
  fails: "supports",
  partly: null,
  open: null,
};

/** Whether all evidence that takes sides speaks against what the rating says. */
export function contradicts(rating: Pick<RatingDto, "family">, evidence: readonly EvidenceDto[]): boolean {
  const sides = evidence
    .filter(({ scope, stance }) => scope !== "earlier" && stance !== "context")
    .map(({ stance }) => stance);
  const against = AGAINST[rating.family];
  return against !== null && sides.length > 0 && sides.every((stance) => stance === against);
}
