// The kinds of claims and sources as they are said.
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
] as const;
/** CSL item types, those a desk meets. */
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
] as const;

const claims: Record<string, () => string> = {
  fact: m.kind_fact,
  figure: m.kind_figure,
  name: m.kind_name,
  date: m.kind_date,
  quotation: m.kind_quotation,
  attribution: m.kind_attribution,
  opinion: m.kind_opinion,
  forecast: m.kind_forecast,
};
const sources: Record<string, () => string> = {
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

export function kindWords(kind: string): string {
  return claims[kind]?.() ?? kind;
}
export function sourceWords(kind: string): string {
  return sources[kind]?.() ?? kind;
}
