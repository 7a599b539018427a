// The kinds of claims and sources as they are said.
import type { ClaimKind, SourceKind } from "../wire/generated";
import { m } from "../paraglide/messages.js";

export const CLAIM_KINDS = [
  "fact",
  "figure",
  "name",
  "date",
  "quotation",
  "attribution",
  "opinion",
  "forecast",
] as const satisfies readonly ClaimKind[];
/** CSL item types, those a person chooses from. */
export const SOURCE_KINDS = [
  "article",
  "article-newspaper",
  "article-journal",
  "book",
  "broadcast",
  "dataset",
  "document",
  "interview",
  "legislation",
  "personal_communication",
  "report",
  "speech",
  "webpage",
] as const satisfies readonly SourceKind[];
type Offered = (typeof SOURCE_KINDS)[number];

const claims: Record<ClaimKind, () => string> = {
  fact: m.kind_fact,
  figure: m.kind_figure,
  name: m.kind_name,
  date: m.kind_date,
  quotation: m.kind_quotation,
  attribution: m.kind_attribution,
  opinion: m.kind_opinion,
  forecast: m.kind_forecast,
};
const sources: Record<Offered, () => string> = {
  article: m.source_article,
  "article-newspaper": m.source_newspaper,
  "article-journal": m.source_journal,
  book: m.source_book,
  broadcast: m.source_broadcast,
  dataset: m.source_dataset,
  document: m.source_document,
  interview: m.source_interview,
  legislation: m.source_legislation,
  personal_communication: m.source_personal,
  report: m.source_report,
  speech: m.source_speech,
  webpage: m.source_webpage,
};

const isOffered = (kind: SourceKind): kind is Offered => kind in sources;

export function kindWords(kind: ClaimKind): string {
  return claims[kind]();
}
/** A kind that nobody can choose comes from an imported list and is shown by its CSL name. */
export function sourceWords(kind: SourceKind): string {
  return isOffered(kind) ? sources[kind]() : kind;
}

/** What is asked of a source besides its title, by its kind: the field, and what it is called there. */
export function sourceLines(kind: SourceKind | null): [SourceLine, string][] {
  const [publisher, published] = (kind && NAMED[kind]) ?? [m.publisher, m.published];
  const person = kind !== null && PEOPLE.includes(kind);
  const where: [SourceLine, string][] = person ? [] : [["publisher", publisher()]];
  const address: [SourceLine, string][] = person ? [] : [["accessed", m.accessed()]];
  return [...where, ["published", published()], ...address, ["url", m.url()]];
}

export type SourceLine = "publisher" | "published" | "accessed" | "url";

/** Sources that are people who were spoken with. */
export const PEOPLE: readonly SourceKind[] = ["interview", "personal_communication"];

/** By kind: what its publisher and its date are called. After CSL's variables container-title, publisher, event and issued. */
const NAMED: Partial<Record<SourceKind, [() => string, () => string]>> = {
  "article-newspaper": [m.source_in_newspaper, m.published],
  "article-journal": [m.source_in_journal, m.published],
  broadcast: [m.source_station, m.source_broadcast_on],
  legislation: [m.source_legislature, m.source_enacted_on],
  speech: [m.source_event, m.source_held_on],
  interview: [m.publisher, m.source_held_on],
  personal_communication: [m.publisher, m.source_held_on],
};
