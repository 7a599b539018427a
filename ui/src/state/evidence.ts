// Evidence as a form holds it: a known source or a new one, the passage, which way it speaks.
import type { EvidenceDto, SourceFields, SourceKind, Stance } from "../wire/generated";
import type { Words } from "./forms.svelte";
import { newSource } from "./sources";

export interface EvidenceWords extends Words {
  /** The id of a source of the desk; empty where the source is new, or not named yet. */
  source: string;
  /** The title of the source, as it was found or as it is typed. */
  title: string;
  kind: SourceKind;
  publisher: string;
  url: string;
  published: string;
  stance: Stance;
  passage: string;
  locator: string;
  note: string;
}

export const NO_EVIDENCE: EvidenceWords = {
  source: "",
  title: "",
  kind: "webpage",
  publisher: "",
  url: "",
  published: "",
  stance: "supports",
  passage: "",
  locator: "",
  note: "",
};

/** The fields of evidence that was added before. */
export function wordsOf({ source, stance, passage, locator, note }: EvidenceDto): EvidenceWords {
  return {
    ...NO_EVIDENCE,
    source: source?.id ?? "",
    title: source?.title ?? "",
    stance,
    passage: passage ?? "",
    locator: locator ?? "",
    note: note ?? "",
  };
}

/** Whether a source is named, known or new. */
export const hasSource = (words: EvidenceWords) => words.source !== "" || words.title.trim() !== "";

/** What is said of the passage; blanks are nothing. */
export function saidIn({ stance, passage, locator, note }: EvidenceWords) {
  const text = (value: string) => value.trim() || null;
  return { stance, passage: text(passage), locator: text(locator), note: text(note) };
}

/** The source that is not on the desk yet. */
export function freshSource(words: EvidenceWords): SourceFields {
  const text = (value: string) => value.trim() || null;
  return {
    ...newSource(),
    kind: words.kind,
    title: titleFor(words.title.trim()),
    publisher: text(words.publisher),
    url: text(words.url),
    published: text(words.published),
  };
}

/** Whether somebody pasted an address where a title is asked for. */
export const isAddress = (typed: string) => /^https?:\/\/\S+$/.test(typed.trim());

/** An address as a title, until somebody gives it a better one. */
function titleFor(typed: string): string {
  return isAddress(typed) ? typed.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "") : typed;
}
