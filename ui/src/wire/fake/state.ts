// What the desk in memory holds, and the views it makes of it.
import { sameStatement } from "../../editor/statement";
import type {
  CoverageView,
  PolicyDto,
  SentenceDto,
  SignedDto,
  ArticleCard,
  ArticleView,
  ClaimDetail,
  ClaimFields,
  ClaimRow,
  Counts,
  DraftDto,
  EvidenceDto,
  InfoDto,
  LogRow,
  PersonDto,
  QueryDto,
  RevisionRow,
  ScaleDto,
  SourceDto,
  SpanDto,
  VerdictDto,
} from "../generated";
import { WireError } from "../client";

export interface Revision {
  row: RevisionRow;
  text: string;
  info: InfoDto;
}
export interface Article {
  id: string;
  number: number;
  archived: boolean;
  revisions: Revision[];
  touched: string;
  log: LogRow[];
}
export interface Anchor {
  spans: SpanDto[];
  placement: string;
}
export interface Claim {
  id: string;
  number: number;
  article: string;
  fields: ClaimFields;
  retracted: boolean;
  by: PersonDto;
  at: string;
  /** By revision. */
  anchors: Record<string, Anchor>;
  evidence: (Omit<EvidenceDto, "source"> & { source: string })[];
  verdicts: VerdictDto[];
  assignee: string | null;
  history: LogRow[];
  /** By the verdict they agree with. */
  signOffs: (SignedDto & { verdict: string })[];
}
export interface State {
  people: PersonDto[];
  scales: ScaleDto[];
  articles: Article[];
  claims: Claim[];
  sources: SourceDto[];
  queries: (QueryDto & { article: string })[];
  last: Record<string, number>;
  waved: { article: string; sentence: string; by: PersonDto; at: string }[];
  policy: PolicyDto;
}

export const NO_INFO: InfoDto = {
  byline: null,
  outlet: null,
  date: null,
  time: null,
  zone: null,
  place: null,
  language: null,
  url: null,
  tags: [],
  hashtags: [],
};

const rating = (slug: string, label: string, family: string, value: number | null, meaning: string) => ({
  slug,
  label,
  family,
  value,
  meaning,
});

export const SCALE: ScaleDto = {
  id: null,
  name: "Default",
  ratings: [
    rating("true", "True", "holds", 5, "The words are right as they stand."),
    rating("mostly-true", "Mostly true", "holds", 4, "Right in substance; a detail wants care."),
    rating("misleading", "Misleading", "partly", 3, "The words are right, the impression is not."),
    rating("mostly-false", "Mostly false", "fails", 2, "Wrong in substance; a detail is right."),
    rating("false", "False", "fails", 1, "The words are wrong."),
    rating("unproven", "Unproven", "open", null, "It cannot be shown either way."),
    rating("opinion", "Opinion", "open", null, "Nothing that could be checked."),
  ],
};

/** Reads the desk's state; nothing here changes it. */
export class Reading {
  constructor(
    readonly state: State,
    readonly drafts: Map<string, DraftDto>,
  ) {}

  article(id: string): Article {
    return found(this.state.articles, id, "article");
  }
  claim(id: string): Claim {
    return found(this.state.claims, id, "claim");
  }
  newest(article: Article): Revision {
    return article.revisions.at(-1) as Revision;
  }
  live(article: string): Claim[] {
    return this.state.claims.filter((claim) => claim.article === article && !claim.retracted);
  }

  card(article: Article): ArticleCard {
    const { info, text } = this.newest(article);
    return {
      id: article.id,
      number: article.number,
      headline: headline(text),
      outlet: info.outlet,
      date: info.date,
      archived: article.archived,
      revisions: article.revisions.length,
      counts: this.counts(article),
      touched: article.touched,
      hasDraft: this.drafts.has(article.id),
    };
  }

  counts(article: Article): Counts {
    const rows = this.rows(article, this.newest(article));
    const of = (standing: string) => rows.filter((row) => row.standing === standing).length;
    return {
      claims: rows.length,
      unchecked: of("unchecked"),
      checked: of("checked"),
      stale: of("stale"),
      orphaned: of("orphaned"),
      openQueries: this.queries(article.id).filter((query) => query.open).length,
    };
  }

  view(id: string, revision: string | null): ArticleView {
    const article = this.article(id);
    const shown = article.revisions.find(({ row }) => row.id === revision) ?? this.newest(article);
    const newest = shown === this.newest(article);
    return {
      ...this.card(article),
      revision: shown.row,
      newest,
      text: shown.text,
      info: shown.info,
      claims: this.rows(article, shown),
      queries: this.queries(id),
      draft: newest ? (this.drafts.get(id) ?? null) : null,
    };
  }

  rows(article: Article, revision: Revision): ClaimRow[] {
    const place = (row: ClaimRow) => row.spans[0]?.start ?? Number.POSITIVE_INFINITY;
    return this.live(article.id)
      .filter((claim) => claim.anchors[revision.row.id])
      .map((claim) => this.row(claim, article, revision))
      .sort((a, b) => place(a) - place(b));
  }

  row(claim: Claim, article: Article, revision: Revision): ClaimRow {
    const anchor = claim.anchors[revision.row.id] ?? { spans: [], placement: "orphaned" };
    const verdict = claim.verdicts.find(({ current }) => current);
    const quote = anchor.spans.length ? quoted(revision.text, anchor.spans) : this.lastWords(claim, article);
    const stale = verdict !== undefined && !sameStatement(verdict.words, quote);
    return {
      id: claim.id,
      number: claim.number,
      spans: anchor.spans,
      quote,
      assertion: claim.fields.assertion,
      kind: claim.fields.kind,
      claimant: claim.fields.claimant,
      risk: claim.fields.risk ?? "normal",
      placement: anchor.placement,
      standing: anchor.spans.length === 0 ? "orphaned" : !verdict ? "unchecked" : stale ? "stale" : "checked",
      contextChanged: false,
      reasons: stale ? [`“${verdict.words}” became “${quote}”`] : [],
      rating: verdict?.rating ?? null,
      checker: verdict?.by ?? null,
      assignee: this.state.people.find(({ id }) => id === claim.assignee) ?? null,
      evidence: claim.evidence.length,
      openQueries: this.state.queries.filter((query) => query.claim === claim.id && query.open).length,
    };
  }

  detail(id: string): ClaimDetail {
    const claim = this.claim(id);
    const article = this.article(claim.article);
    const stood = article.revisions.filter(({ row }) => claim.anchors[row.id]?.spans.length).at(-1);
    const row = this.row(claim, article, this.newest(article));
    return {
      row,
      article: claim.article,
      retracted: claim.retracted,
      markedBy: claim.by,
      markedAt: claim.at,
      evidence: claim.evidence.map((piece) => ({
        ...piece,
        source: found(this.state.sources, piece.source, "source"),
      })),
      verdicts: [...claim.verdicts].reverse(),
      signOffs: claim.signOffs.filter(({ verdict }) =>
        claim.verdicts.some((one) => one.current && one.fact === verdict),
      ),
      queries: this.queries(claim.article).filter((query) => query.claim === id),
      lastStood: row.standing === "orphaned" ? (stood?.row.number ?? null) : null,
      history: [...claim.history].reverse(),
    };
  }

  queries(article: string): QueryDto[] {
    return this.state.queries.filter((query) => query.article === article);
  }

  /** Simply: a sentence ends with a mark before a blank, and of what can be checked only numbers are found. */
  coverage(id: string): CoverageView {
    const article = this.article(id);
    const { row, text } = this.newest(article);
    const held = this.rows(article, this.newest(article))
      .filter(({ standing }) => standing === "checked")
      .flatMap(({ spans }) => spans);
    const meets = (a: SpanDto, b: SpanDto) => a.start < b.end && b.start < a.end;
    const sentences = [...text.matchAll(/[^\n.!?]+(?:[.!?](?=\s|$)|[.!?](?!\s)[^\n.!?]*)*[.!?]?/gu)]
      .filter(([words]) => /\p{L}/u.test(words) && !/^#+ [^\d]*$/u.test(words))
      .map((match): SentenceDto => {
        const start = match.index + match[0].length - match[0].trimStart().length;
        const span = { start, end: start + match[0].trim().length };
        const said = text.slice(span.start, span.end);
        const waved = this.state.waved.find((one) => one.article === id && sameStatement(one.sentence, said));
        const otherwise = waved ? "waved" : "open";
        const details = [...said.matchAll(/\d[\d.,:]*\d|\d/gu)].map((found) => {
          const place = { start: start + found.index, end: start + found.index + found[0].length };
          return {
            kind: "number",
            span: place,
            cover: held.some((one) => meets(one, place)) ? "checked" : otherwise,
          };
        });
        const all = [...said.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => ({
          start: start + index,
          end: start + index + word.length,
        }));
        const under = all.filter((word) => held.some((one) => meets(one, word)));
        const checked = details.every(({ cover }) => cover === "checked") && under.length * 2 >= all.length;
        const cover = checked ? "checked" : otherwise;
        return { span, cover, details, by: waved?.by ?? null, at: waved?.at ?? null, note: null };
      });
    const count = (cover: string) => sentences.filter((one) => one.cover === cover).length;
    const percent = sentences.length
      ? Math.floor((100 * (sentences.length - count("open"))) / sentences.length)
      : 100;
    const [checked, waved, open] = [count("checked"), count("waved"), count("open")];
    return { revision: row.id, percent, checked, waved, open, sentences };
  }

  private lastWords(claim: Claim, article: Article): string {
    for (const { row, text } of [...article.revisions].reverse()) {
      const spans = claim.anchors[row.id]?.spans ?? [];
      if (spans.length) return quoted(text, spans);
    }
    return "";
  }
}

export function quoted(text: string, spans: SpanDto[]): string {
  return spans.map((span) => text.slice(span.start, span.end)).join(" … ");
}

export function headline(text: string): string {
  return /^# +(.+)$/m.exec(text)?.[1] ?? text.split("\n")[0] ?? "";
}

export function found<T extends { id: string | null }>(list: T[], id: string, what: string): T {
  const one = list.find((item) => item.id === id);
  if (!one) throw new WireError("not_found", `There is no ${what} ${id} on this desk.`);
  return one;
}
