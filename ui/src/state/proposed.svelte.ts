// The text of an import while it is looked over. A paragraph is what stands between empty lines; what it is follows from its
// mark (`# `, `## `) and from what the reader recognised in it, so typing needs no bookkeeping.
import type { BlockKind, LeftOutReason, Proposal } from "../wire/generated";

/** A paragraph of the text as it is now. Its ends count in UTF-16 units. */
export interface Paragraph {
  kind: BlockKind;
  start: number;
  end: number;
  /** Its words without the mark of a heading. */
  words: string;
  /** Where it begins in the file; null if the person wrote or changed it. */
  line: number | null;
}

/** What is not in the text. `why` is null where the person left it out. */
export interface Out {
  line: number;
  text: string;
  why: LeftOutReason | null;
}

/** What a paragraph can be made. */
export const CHOICES = ["headline", "heading", "paragraph", "out"] as const;
export type Choice = (typeof CHOICES)[number];

/** Reasons whose words are in the text in another form, so there is nothing to put back. */
const CHANGED: ReadonlySet<LeftOutReason | null> = new Set(["heading", "joined", "characters", "format"]);

const MARK = /^#{1,6} /;
const MARKS: Record<Exclude<Choice, "out">, string> = { headline: "# ", heading: "## ", paragraph: "" };

/** The paragraphs of a text, as its words and their ends. */
function split(text: string): { start: number; end: number; words: string; mark: string }[] {
  return [...text.matchAll(/[^\n]+(?:\n[^\n]+)*/g)].map((found) => {
    const mark = MARK.exec(found[0])?.[0] ?? "";
    return {
      start: found.index,
      end: found.index + found[0].length,
      words: found[0].slice(mark.length),
      mark,
    };
  });
}

export class Proposed {
  text = $state("");
  out = $state.raw<Out[]>([]);
  /** What the reader recognised in each paragraph, by its words. */
  private readonly known = new Map<string, { kind: BlockKind; line: number }>();
  readonly paragraphs = $derived.by(() => this.read());
  /** The paragraphs that are no plain paragraph. */
  readonly notable = $derived(this.paragraphs.filter(({ kind }) => kind !== "paragraph" && kind !== "kept"));

  constructor(proposal: Proposal) {
    this.text = proposal.text;
    this.out = proposal.leftOut.map(({ line, text, why }) => ({ line, text, why }));
    const parts = split(proposal.text);
    let at = 0;
    for (const { kind, line, span } of proposal.recognised) {
      while (at < parts.length && (parts[at]?.end ?? 0) <= span.start) at += 1;
      const words = parts[at]?.words;
      if (words !== undefined && !this.known.has(words)) this.known.set(words, { kind, line });
    }
  }

  /** The paragraph at a place of the text. */
  at(offset: number): Paragraph | undefined {
    return this.paragraphs.find(({ start, end }) => start <= offset && offset <= end);
  }

  /** Makes a paragraph something else. The headline that was there becomes a heading: an article has one. */
  choose(paragraph: Paragraph, choice: Choice): void {
    if (choice === "out") return this.leaveOut(paragraph);
    const before = choice === "headline" ? this.paragraphs.find((p) => p.kind === "headline") : undefined;
    const later = [paragraph, before].filter((p) => p !== undefined).toSorted((a, b) => b.start - a.start);
    for (const one of new Set(later)) this.mark(one, one === paragraph ? MARKS[choice] : MARKS.heading);
  }

  /** Whether something left out has words that the text has not. */
  canReturn({ why }: Out): boolean {
    return !CHANGED.has(why);
  }

  /** Puts what was left out back to its place, and says where it is now. */
  putBack(one: Out): { start: number; end: number } {
    const words = one.text.trim();
    const next = this.paragraphs.find(({ line }) => line !== null && line > one.line);
    const start = next?.start ?? this.text.trimEnd().length;
    const lead = next || start === 0 ? "" : "\n\n";
    this.known.set(words, { kind: "paragraph", line: one.line });
    this.put(start, next ? start : this.text.length, `${lead}${words}${next ? "\n\n" : "\n"}`);
    this.out = this.out.filter((o) => o !== one);
    return { start: start + lead.length, end: start + lead.length + words.length };
  }

  private leaveOut({ start, end, words, line }: Paragraph): void {
    const after = /^\n+/.exec(this.text.slice(end))?.[0].length ?? 0;
    this.put(start, end + after, "");
    const from = line ?? this.paragraphs.findLast((p) => p.end <= start && p.line !== null)?.line ?? 0;
    const one: Out = { line: from, text: words, why: null };
    this.out = [...this.out, one].toSorted((a, b) => a.line - b.line);
  }

  private mark({ start, end, words }: Paragraph, mark: string): void {
    this.put(start, end, mark + words);
  }

  private put(start: number, end: number, words: string): void {
    this.text = this.text.slice(0, start) + words + this.text.slice(end);
  }

  private read(): Paragraph[] {
    let headline = false;
    return split(this.text).map(({ start, end, words, mark }) => {
      const known = this.known.get(words);
      const marked: BlockKind = mark === "# " && !headline ? "headline" : "heading";
      headline ||= mark === "# ";
      const plain = known && !["headline", "heading"].includes(known.kind) ? known.kind : "paragraph";
      return { kind: mark ? marked : plain, start, end, words, line: known?.line ?? null };
    });
  }
}
