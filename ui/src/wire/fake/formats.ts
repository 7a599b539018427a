// The formats of the field as the core lists them, for the desk in memory.

import type { FormatDto } from "../generated";

const CLAIMS: [string, string, string][] = [
  ["csv", "Table of claims (CSV)", "csv"],
  ["xlsx", "Table of claims (Excel)", "xlsx"],
  ["markdown", "Article with footnotes (Markdown)", "md"],
  ["claimreview", "ClaimReview (schema.org)", "json"],
  ["claimreview-feed", "ClaimReview feed (schema.org DataFeed)", "json"],
  ["webannotation", "Web Annotation (W3C)", "jsonld"],
];

const SOURCES: [string, string, string][] = [
  ["csl-json", "Sources (CSL-JSON)", "json"],
  ["bibtex", "Sources (BibTeX)", "bib"],
  ["ris", "Sources (RIS)", "ris"],
];

/** Every format, with the file name it is offered under for an article of this headline. */
export function formats(headline: string): FormatDto[] {
  const stem = headline.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const all = (rows: [string, string, string][], holds: string, end: string) =>
    rows.map(([slug, title, extension]) => ({ slug, title, holds, name: `${stem}${end}.${extension}` }));
  return [...all(CLAIMS, "claims", ""), ...all(SOURCES, "sources", "-sources")];
}
