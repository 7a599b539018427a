// The whole desk in memory, for browser tests and for work on the page without the desktop. It does the main job
// honestly and simply: real revisions, claims carried through the exact change, verdicts that fall, undo by
// snapshots. Nothing is kept when the page closes, and no production build contains it.
import { ChangeSet } from "@codemirror/state";
import { sameStatement } from "../editor/statement";
import { WireError, type Answer, type Request, type Transport } from "./client";
import { EXAMPLE } from "./fake/example";
import { authored } from "./fake/blame";
import { corrected } from "./fake/corrections";
import { formats } from "./fake/formats";
import { MemoryKeys } from "./fake/keys";
import { mergedText, mergePieces } from "./fake/merge";
import { shellOf } from "./fake/shell";
import {
  NO_INFO,
  Reading,
  SCALE,
  found,
  headline,
  quoted,
  type Article,
  type Claim,
  type Revision,
  type State,
} from "./fake/state";
import { diff, mapThrough, parts, pieces, recognise, stepsOf, type Step } from "./fake/text";
import type {
  Commands,
  DraftDto,
  InfoDto,
  LogRow,
  PersonDto,
  PlacementDto,
  Proposal,
  RatedDto,
  SpanDto,
  StatementDto,
  TimelinePoint,
} from "./generated";

type Handlers = { [N in keyof Commands]: (request: Request<N>) => Answer<N> };
interface Action {
  id: string;
  label: string;
  article: string | null;
  before: State;
  after: State;
  saved: boolean;
}

export function inMemory(): Transport {
  const desk = new MemoryDesk();
  const handlers = { ...desk.handlers(), ...shellOf((name, request) => answer(name, request)) };
  const answer = async (name: string, request: unknown): Promise<unknown> => {
    const handler = (handlers as unknown as Record<string, ((request: unknown) => unknown) | undefined>)[
      name
    ];
    if (!handler) throw new WireError("unknown_command", `The desk in memory knows no ${name}.`);
    return structuredClone(await handler(request));
  };
  return { call: answer, listen: () => undefined };
}

class MemoryDesk {
  private state: State = {
    people: [],
    scales: [SCALE],
    articles: [],
    claims: [],
    sources: [],
    queries: [],
    last: {},
    waved: [],
    policy: { evidence: true, second: "high", queries: true, coverage: 0 },
  };
  private drafts = new Map<string, DraftDto>();
  private imports = new Map<string, { input: string; name: string }>();
  private done: Action[] = [];
  private undone: Action[] = [];
  private working: string | null = null;
  private keys = new MemoryKeys();
  private seq = 0;

  private get read(): Reading {
    return new Reading(this.state, this.drafts);
  }

  private me(): PersonDto {
    const me = this.state.people.find(({ id }) => id === this.working);
    if (!me) throw new WireError("no_person", "Say who is working first: every action names its person.");
    return me;
  }

  private number(kind: string): number {
    this.state.last[kind] = (this.state.last[kind] ?? 0) + 1;
    return this.state.last[kind];
  }

  /** The one door for changes: a snapshot before and after is all that undo needs. */
  private act<T>(label: string, article: string | null, change: () => T, claim?: string, saved = false): T {
    const by = this.me();
    const before = structuredClone(this.state);
    const id = crypto.randomUUID();
    try {
      const value = change();
      const row: LogRow = { action: id, label, by, at: now(), undone: false };
      const told = article ?? (value as { article?: string } | null)?.article;
      if (told) {
        this.read.article(told).log.push(row);
        this.read.article(told).touched = row.at;
      }
      if (claim) this.read.claim(claim).history.push(row);
      this.done.push({ id, label, article, before, after: structuredClone(this.state), saved });
      this.undone = [];
      this.seq += 1;
      return value;
    } catch (cause) {
      this.state = before;
      throw cause;
    }
  }

  private step(from: Action[], to: Action[], seen: string, back: boolean) {
    const action = from.at(-1);
    if (!action || action.id !== seen) {
      throw new WireError(
        "stale_undo",
        "Something else was done meanwhile. Nothing was undone; look at what comes next.",
      );
    }
    from.pop();
    to.push(action);
    const article = action.article ? this.state.articles.find(({ id }) => id === action.article) : undefined;
    const words = article && this.read.newest(article).text;
    this.state = structuredClone(back ? action.before : action.after);
    this.seq += 1;
    const draftKept = back && action.saved && article !== undefined && words !== undefined;
    if (draftKept) this.putBack(article.id, words);
    return { label: action.label, article: action.article, draftKept };
  }

  /** The desk as it was right after an action. */
  private past(action: string): Reading {
    return new Reading(found(this.done, action, "action").after, new Map());
  }

  private timeline(article: Article): TimelinePoint[] {
    const points = new Map<string, TimelinePoint>();
    for (const { action } of article.log) {
      const { revision, counts } = this.past(action).view(article.id, null);
      const { claims, checked, stale, orphaned, unchecked } = counts;
      const { words } = revision;
      points.set(revision.id, {
        revision,
        until: action,
        words,
        claims,
        checked,
        stale,
        orphaned,
        unchecked,
      });
    }
    return [...points.values()];
  }

  private putBack(id: string, text: string): void {
    const base = this.read.newest(this.read.article(id)).row;
    this.drafts.set(id, {
      base: base.id,
      baseNumber: base.number,
      current: true,
      text,
      changes: null,
      at: now(),
    });
  }

  private propose(draft: string, asIs: boolean): Proposal {
    const { input, name } = found(
      [...this.imports].map(([id, kept]) => ({ id, ...kept })),
      draft,
      "import",
    );
    if (!input.trim())
      throw new WireError("nothing", "There is nothing but blanks in this text, so nothing was brought in.");
    const { text, info, leftOut, recognised } = recognise(input, asIs);
    const existing = this.state.articles.find((article) => article.revisions[0]?.text === text)?.id ?? null;
    return {
      draft,
      name,
      text,
      info: { ...NO_INFO, ...info },
      leftOut,
      recognised,
      encoding: "UTF-8",
      asIs,
      needsEncoding: false,
      existing,
    };
  }

  private create(text: string, info: InfoDto): Article {
    const article: Article = {
      id: crypto.randomUUID(),
      number: this.number("article"),
      archived: false,
      revisions: [],
      touched: now(),
      log: [],
    };
    this.state.articles.push(article);
    this.revise(article, text, info, null, null);
    return article;
  }

  private revisionOf(article: Article, id: string): Revision {
    const { revision } = found(
      article.revisions.map((revision) => ({ id: revision.row.id, revision })),
      id,
      "revision",
    );
    return revision;
  }

  private revise(
    article: Article,
    text: string,
    info: InfoDto,
    note: string | null,
    steps: Step[] | null,
  ): Revision {
    const last = article.revisions.at(-1);
    const change = steps ?? diff(last?.text ?? "", text);
    const count = (kind: string) =>
      change
        .filter((step) => step.kind === kind)
        .reduce(
          (sum, step) =>
            sum +
            words(
              kind === "deleted"
                ? (last?.text ?? "").slice(step.old.start, step.old.end)
                : text.slice(step.new.start, step.new.end),
            ),
          0,
        );
    const revision: Revision = {
      row: {
        id: crypto.randomUUID(),
        number: article.revisions.length + 1,
        parent: last?.row.id ?? null,
        by: this.me(),
        at: now(),
        note,
        restores: null,
        words: words(text),
        written: count("inserted"),
        struck: count("deleted"),
      },
      text,
      info,
    };
    for (const claim of this.read.live(article.id)) this.carry(claim, last, revision, change);
    article.revisions.push(revision);
    this.drafts.delete(article.id);
    return revision;
  }

  private carry(claim: Claim, last: Revision | undefined, to: Revision, change: Step[]): void {
    const from = last && claim.anchors[last.row.id];
    if (!last || !from) return;
    const spans = from.spans
      .map(({ start, end }) => ({
        start: mapThrough(change, start, false),
        end: mapThrough(change, end, true),
      }))
      .filter(({ start, end }) => start < end);
    const was = quoted(last.text, from.spans);
    const again = to.text.indexOf(was);
    if (spans.length > 0) {
      const same = sameStatement(was, quoted(to.text, spans));
      claim.anchors[to.row.id] = { spans, placement: same ? "kept" : "changed" };
    } else if (was && again >= 0) {
      claim.anchors[to.row.id] = { spans: [{ start: again, end: again + was.length }], placement: "moved" };
    } else {
      claim.anchors[to.row.id] = { spans: [], placement: "orphaned" };
    }
  }

  private placements(article: Article, from: Revision | undefined, to: Revision): PlacementDto[] {
    return this.read.rows(article, to).map((row) => {
      const was = from && this.read.claim(row.id).anchors[from.row.id];
      return {
        claim: row.id,
        number: row.number,
        placement: row.placement,
        standing: row.standing,
        contextChanged: false,
        spans: row.spans,
        quote: row.spans.length ? row.quote : null,
        was: was ? quoted(from.text, was.spans) : null,
        reasons: row.reasons,
      };
    });
  }

  private onClaim(
    id: string,
    label: string,
    change: (claim: Claim) => void,
  ): { claim: string; number: number } {
    const { article, number } = this.read.claim(id);
    return this.act(
      `${label} C${number}`,
      article,
      () => {
        change(this.read.claim(id));
        return { claim: id, number };
      },
      id,
    );
  }

  private rated(scale: string | null, slug: string): { rating: RatedDto; scale: string } {
    const from = this.state.scales.find(({ name }) => name === scale) ?? SCALE;
    const rating = from.ratings.find((one) => one.slug === slug);
    if (!rating) throw new WireError("no_rating", `The scale ${from.name} has no rating ${slug}.`);
    return { rating: { slug, label: rating.label, family: rating.family }, scale: from.name };
  }

  private judge(id: string, rating: RatedDto, scale: string, rationale: string, reaffirms: boolean) {
    if (!rationale.trim())
      throw new WireError(
        "no_rationale",
        "A verdict wants its reason. Write the rationale and give it again.",
      );
    const claim = this.read.claim(id);
    const article = this.read.article(claim.article);
    const revision = this.read.newest(article);
    const verdict = {
      fact: crypto.randomUUID(),
      rating,
      scale,
      rationale,
      words: quoted(revision.text, claim.anchors[revision.row.id]?.spans ?? []),
      revision: revision.row.number,
      by: this.me(),
      at: now(),
      withdrawn: false,
      reaffirms,
      current: true,
    };
    this.onClaim(
      id,
      reaffirms ? "Say that the verdict still holds on" : `Give the verdict “${rating.label}” on`,
      (one) => {
        one.verdicts = [...one.verdicts.map((old) => ({ ...old, current: false })), verdict];
      },
    );
    return verdict;
  }

  private onQuery(id: string, label: string, change: (query: State["queries"][number]) => void) {
    const { article, number, claim } = found(this.state.queries, id, "query");
    this.act(
      `${label} Q${number}`,
      article,
      () => change(found(this.state.queries, id, "query")),
      claim ?? undefined,
    );
    return found(this.state.queries, id, "query");
  }

  private statements(
    from: Revision,
    to: { text: string; row: { id: string } | null },
    changes: Step[],
    article: Article,
  ): StatementDto[] {
    const said: StatementDto[] = [];
    for (const claim of this.read.live(article.id)) {
      const was = claim.anchors[from.row.id];
      const is = to.row ? claim.anchors[to.row.id] : undefined;
      if (!was || !is) continue;
      const before = quoted(from.text, was.spans);
      const after = quoted(to.text, is.spans);
      const judged = claim.verdicts.some(({ current }) => current);
      const kind =
        is.spans.length === 0
          ? "orphaned"
          : sameStatement(before, after)
            ? null
            : judged
              ? "verdict_fell"
              : "fact_changed";
      if (kind)
        said.push({
          kind,
          text: kind === "orphaned" ? `“${before}” is gone` : `“${before}” became “${after}”`,
          claim: claim.id,
          new: is.spans[0] ?? null,
          old: was.spans[0] ?? null,
        });
    }
    for (const step of changes) {
      const sentence = to.text.slice(step.new.start, step.new.end).trim();
      if (step.kind === "inserted" && words(sentence) > 4)
        said.push({ kind: "new_unchecked", text: sentence, claim: null, new: step.new, old: null });
    }
    return said;
  }

  handlers(): Handlers {
    return {
      ...this.keys.handlers(() => this.me()),
      "desk.overview": () => {
        const [undo, redo] = [this.done.at(-1), this.undone.at(-1)].map((action) =>
          action ? { action: action.id, label: action.label, article: action.article } : null,
        );
        const articles = this.state.articles
          .map((article) => this.read.card(article))
          .sort((a, b) => b.touched.localeCompare(a.touched));
        return {
          path: "memory",
          seq: this.seq,
          me: this.state.people.find(({ id }) => id === this.working) ?? null,
          people: this.state.people,
          articles,
          scales: this.state.scales,
          undo: undo ?? null,
          redo: redo ?? null,
          notices: [],
        };
      },
      "desk.since": () => ({
        seq: this.seq,
        articles: this.state.articles.map(({ id }) => id),
        shared: true,
      }),
      "desk.search": ({ words: sought }) => this.search(sought.toLowerCase().split(/\s+/).filter(Boolean)),
      "desk.check": () => ({ faults: [], actions: this.done.length, facts: this.done.length }),
      "desk.backup": ({ path }) => ({ path }),
      "desk.undo": ({ seen }) => this.step(this.done, this.undone, seen, true),
      "desk.redo": ({ seen }) => this.step(this.undone, this.done, seen, false),
      "desk.example": () =>
        this.act("Bring in the example", null, () => ({
          article: this.create(EXAMPLE.text, { ...NO_INFO, ...EXAMPLE.info }).id,
        })),
      "person.introduce": ({ name, initials }) => {
        if (!name.trim()) throw new WireError("no_name", "A person wants a name.");
        const person = { id: crypto.randomUUID(), name, initials };
        this.state.people.push(person);
        this.working = person.id;
        return person;
      },
      "person.switch": ({ person }) => {
        this.working = person;
        return this.me();
      },
      "scale.list": () => this.state.scales,
      "scale.add": ({ name, ratings }) =>
        this.act(`Add the scale “${name}”`, null, () => {
          const scale = { id: crypto.randomUUID(), name, ratings };
          this.state.scales.push(scale);
          return scale;
        }),
      "import.paste": ({ text, asIs }) => {
        const draft = crypto.randomUUID();
        this.imports.set(draft, { input: text, name: "" });
        return this.propose(draft, asIs);
      },
      "import.preview": ({ draft, asIs }) => this.propose(draft, asIs),
      "import.confirm": ({ draft, text, info }) => {
        this.imports.delete(draft);
        return this.act(`Bring in “${headline(text)}”`, null, () => ({
          article: this.create(text, info).id,
        }));
      },
      "import.discard": ({ draft }) => {
        this.imports.delete(draft);
        return {};
      },
      "article.open": ({ article, revision }) => this.read.view(article, revision),
      "article.archive": ({ article, archived }) =>
        this.act(archived ? "Put an article away" : "Take an article out", article, () => {
          this.read.article(article).archived = archived;
          return {};
        }),
      "article.info": ({ article, info }) =>
        this.act("Correct what is known about the article", article, () => {
          this.read.newest(this.read.article(article)).info = info;
          return {};
        }),
      "article.log": ({ article }) => [...this.read.article(article).log].reverse(),
      "article.then": ({ article, action }) => {
        const then = this.past(action).view(article, null);
        return { ...then, newest: false, draft: null };
      },
      "article.timeline": ({ article }) => this.timeline(this.read.article(article)),
      "article.blame": ({ article, revision }) => {
        const { revisions } = this.read.article(article);
        const upto = revisions.findIndex(({ row }) => row.id === revision);
        return authored(upto < 0 ? revisions : revisions.slice(0, upto + 1));
      },
      "article.save": ({ article, base, text, changes, note, onTop }) => {
        const newest = this.read.newest(this.read.article(article));
        if (newest.row.id !== base && !onTop)
          throw new WireError(
            "revised_elsewhere",
            "The article was revised elsewhere while you typed. Your words are kept.",
          );
        if (newest.text === text)
          throw new WireError("no_change", "No change: the text is the newest revision's.");
        return this.act(
          `Save revision ${newest.row.number + 1}`,
          article,
          () => {
            const one = this.read.article(article);
            const from = this.read.newest(one);
            const steps = changes && newest.row.id === base ? stepsOf(ChangeSet.fromJSON(changes)) : null;
            const to = this.revise(
              one,
              text,
              from.info,
              note,
              steps && closed(steps, from.text.length, text.length),
            );
            return { revision: to.row, placements: this.placements(one, from, to) };
          },
          undefined,
          true,
        );
      },
      "merge.propose": ({ article, base, text }) => {
        const one = this.read.article(article);
        const [old, newest] = [this.revisionOf(one, base), this.read.newest(one)];
        const theirs = text ?? "";
        const pieces = mergePieces(old.text, newest.text, theirs);
        return {
          base: old.row,
          newest: newest.row,
          baseText: old.text,
          ourText: newest.text,
          theirText: theirs,
          pieces,
          conflicts: pieces.filter((piece) => piece.conflict).length,
        };
      },
      "merge.save": ({ article, base, newest, text, decisions, note }) => {
        const one = this.read.article(article);
        const ours = this.read.newest(one);
        if (ours.row.id !== newest)
          throw new WireError("revised_elsewhere", "The article was revised elsewhere since you looked.");
        const merged = mergedText(mergePieces(this.revisionOf(one, base).text, ours.text, text), decisions);
        if (merged === ours.text)
          throw new WireError("no_change", "No change: the newest revision has all of it already.");
        return this.act("Merge a text written elsewhere", article, () => {
          const now = this.read.article(article);
          const from = this.read.newest(now);
          const to = this.revise(now, merged, from.info, note, null);
          return { revision: to.row, placements: this.placements(now, from, to) };
        });
      },
      "article.corrections": ({ article, since }) => {
        const one = this.read.article(article);
        const [then, now] = [since ? this.revisionOf(one, since) : null, this.read.newest(one)];
        if (!then) return { since: null, entries: [], text: "" };
        const entries = corrected(then.text, now.text);
        const text = entries.map((entry) => `- ${entry.text}\n`).join("");
        return { since: then.row.at, entries, text };
      },
      "draft.keep": ({ article, base, text, changes }) => {
        const row = found(
          this.read.article(article).revisions.map((one) => one.row),
          base,
          "revision",
        );
        const current = this.read.newest(this.read.article(article)).row.id === base;
        this.drafts.set(article, { base, baseNumber: row.number, current, text, changes, at: now() });
        return {};
      },
      "draft.drop": ({ article }) => {
        this.drafts.delete(article);
        return {};
      },
      "revision.list": ({ article }) =>
        this.read
          .article(article)
          .revisions.map(({ row }) => row)
          .reverse(),
      "revision.compare": ({ article, from, to, text }) => {
        const one = this.read.article(article);
        const old = one.revisions.find(({ row }) => row.id === from) as Revision;
        const kept =
          text === null ? (one.revisions.find(({ row }) => row.id === to) ?? this.read.newest(one)) : null;
        const newer = kept?.text ?? text ?? "";
        const steps = diff(old.text, newer);
        const count = (kind: string) =>
          steps
            .filter((step) => step.kind === kind)
            .reduce(
              (sum, step) =>
                sum +
                words(
                  kind === "deleted"
                    ? old.text.slice(step.old.start, step.old.end)
                    : newer.slice(step.new.start, step.new.end),
                ),
              0,
            );
        return {
          from: old.row,
          to: kept?.row ?? null,
          oldText: old.text,
          newText: newer,
          parts: parts(steps),
          statements: this.statements(old, { text: newer, row: kept?.row ?? null }, steps, one),
          claims: kept ? this.placements(one, old, kept) : [],
          written: count("inserted"),
          struck: count("deleted"),
          moved: 0,
        };
      },
      "revision.restore": ({ article, revision }) => {
        const old = found(
          this.read.article(article).revisions.map((one) => ({ ...one, id: one.row.id })),
          revision,
          "revision",
        );
        return this.act(`Restore revision ${old.row.number}`, article, () => {
          const one = this.read.article(article);
          const from = this.read.newest(one);
          const to = this.revise(one, old.text, old.info, null, null);
          to.row.restores = old.row.number;
          for (const claim of this.read.live(article)) {
            const stood = claim.anchors[old.row.id];
            if (stood) claim.anchors[to.row.id] = stood;
          }
          return { revision: to.row, placements: this.placements(one, from, to) };
        });
      },
      "claim.mark": ({ article, revision, spans, fields }) => {
        const number = (this.state.last.claim ?? 0) + 1;
        return this.act(`Mark C${number}`, article, () => {
          const claim: Claim = {
            id: crypto.randomUUID(),
            number: this.number("claim"),
            article,
            fields,
            retracted: false,
            by: this.me(),
            at: now(),
            anchors: { [revision]: { spans, placement: "kept" } },
            evidence: [],
            verdicts: [],
            assignee: null,
            history: [],
            signOffs: [],
          };
          this.state.claims.push(claim);
          return { claim: claim.id, number: claim.number };
        });
      },
      "claim.show": ({ claim }) => this.read.detail(claim),
      "claim.edit": ({ claim, fields }) =>
        this.onClaim(claim, "Describe", (one) => void (one.fields = fields)),
      "claim.retract": ({ claim }) => this.onClaim(claim, "Retract", (one) => void (one.retracted = true)),
      "claim.restore": ({ claim }) =>
        this.onClaim(claim, "Bring back", (one) => void (one.retracted = false)),
      "claim.assign": ({ claim, person }) =>
        this.onClaim(claim, "Hand over", (one) => void (one.assignee = person)),
      "claim.reattach": ({ claim, revision, spans }) =>
        this.onClaim(
          claim,
          "Re-attach",
          (one) => void (one.anchors[revision] = { spans, placement: "changed" }),
        ),
      "claim.candidates": ({ claim }) =>
        this.candidates(
          this.read.detail(claim).row.quote,
          this.read.newest(this.read.article(this.read.claim(claim).article)).text,
        ),
      "source.list": ({ words: sought }) => {
        const wanted = (sought ?? "").toLowerCase().split(/\s+/).filter(Boolean);
        const all = this.state.sources.map((source) => ({
          ...source,
          used: this.state.claims
            .flatMap((claim) => claim.evidence)
            .filter((piece) => piece.source === source.id).length,
        }));
        return all.filter((source) =>
          wanted.every((word) =>
            `${source.title} ${source.publisher ?? ""} ${source.authors.join(" ")}`
              .toLowerCase()
              .includes(word),
          ),
        );
      },
      "source.add": ({ fields }) => {
        if (!fields.title.trim()) throw new WireError("no_title", "A source wants a title.");
        return this.act(`Add the source “${fields.title}”`, null, () => {
          const source = {
            ...fields,
            id: crypto.randomUUID(),
            number: this.number("source"),
            kind: fields.kind ?? "document",
            files: [],
            used: 0,
          };
          this.state.sources.push(source);
          return source;
        });
      },
      "source.edit": ({ source, fields }) =>
        this.act(`Correct the source “${fields.title}”`, null, () =>
          Object.assign(found(this.state.sources, source, "source"), {
            ...fields,
            kind: fields.kind ?? "document",
          }),
        ),
      "source.detach": ({ source, digest }) =>
        this.act("Take a file off a source", null, () => {
          const one = found(this.state.sources, source, "source");
          one.files = one.files.filter((file) => file.digest !== digest);
          return one;
        }),
      "evidence.add": ({ claim, source, ...given }) => {
        const piece = { ...given, id: crypto.randomUUID(), source, by: this.me(), at: now() };
        this.onClaim(claim, "Add evidence to", (one) => void one.evidence.push(piece));
        return { ...piece, source: found(this.state.sources, source, "source") };
      },
      "evidence.edit": ({ evidence, ...given }) => {
        const owner = this.ownerOf(evidence);
        this.onClaim(
          owner.id,
          "Correct evidence of",
          (one) => void Object.assign(found(one.evidence, evidence, "evidence"), given),
        );
        return found(this.read.detail(owner.id).evidence, evidence, "evidence");
      },
      "evidence.retract": ({ evidence }) => {
        this.onClaim(
          this.ownerOf(evidence).id,
          "Take evidence off",
          (one) => void (one.evidence = one.evidence.filter(({ id }) => id !== evidence)),
        );
        return {};
      },
      "verdict.give": ({ claim, rating, scale, rationale }) => {
        const rated = this.rated(scale, rating);
        return this.judge(claim, rated.rating, rated.scale, rationale, false);
      },
      "verdict.withdraw": ({ claim }) => {
        this.onClaim(
          claim,
          "Withdraw the verdict on",
          (one) =>
            void (one.verdicts = one.verdicts.map((old) =>
              old.current ? { ...old, current: false, withdrawn: true } : old,
            )),
        );
        return {};
      },
      "verdict.reaffirm": ({ claim, rationale }) => {
        const last = this.read.claim(claim).verdicts.find(({ current }) => current);
        if (!last) throw new WireError("no_verdict", "There is no verdict that could still hold. Give one.");
        return this.judge(claim, last.rating, last.scale, rationale ?? last.rationale, true);
      },
      "verdict.signOff": ({ claim, note }) => {
        const verdict = this.read.claim(claim).verdicts.find(({ current }) => current);
        if (!verdict || verdict.by.id === this.me().id)
          throw new WireError(
            "refused",
            "A verdict is signed off by somebody else than the one who gave it.",
          );
        const signed = { by: this.me(), at: now(), note, verdict: verdict.fact };
        this.onClaim(claim, "Sign off the verdict on", (one) => void one.signOffs.push(signed));
        return {};
      },
      "verdict.takeBackSignOff": ({ claim }) => {
        const me = this.me().id;
        this.onClaim(
          claim,
          "Take the sign-off back from",
          (one) => void (one.signOffs = one.signOffs.filter(({ by }) => by.id !== me)),
        );
        return {};
      },
      "article.coverage": ({ article }) => this.read.coverage(article),
      "sentence.wave": ({ article, spans }) => {
        const { text } = this.read.newest(this.read.article(article));
        const open = this.read
          .coverage(article)
          .sentences.filter(
            ({ cover, span }) => cover === "open" && spans.some((one) => overlaps(one, span)),
          );
        if (open.length === 0) throw new WireError("no_change", "No open sentence stands there.");
        return this.act("Wave sentences through", article, () => {
          const by = { by: this.me(), at: now() };
          for (const { span } of open)
            this.state.waved.push({ article, sentence: text.slice(span.start, span.end), ...by });
          return { count: open.length };
        });
      },
      "sentence.openAgain": ({ article, spans }) => {
        const { text } = this.read.newest(this.read.article(article));
        const there = this.read
          .coverage(article)
          .sentences.filter(({ by, span }) => by !== null && spans.some((one) => overlaps(one, span)))
          .map(({ span }) => text.slice(span.start, span.end));
        return this.act("Open sentences again", article, () => {
          this.state.waved = this.state.waved.filter(({ sentence }) => !there.includes(sentence));
          return { count: there.length };
        });
      },
      "policy.show": () => this.state.policy,
      "policy.set": (policy) =>
        this.act("Set what counts as verified", null, () => {
          this.state.policy = policy;
          return {};
        }),
      "query.list": ({ article }) => this.read.queries(article),
      "query.ask": ({ article, claim, to, text }) =>
        this.act(
          `Ask Q${(this.state.last.query ?? 0) + 1}`,
          article,
          () => {
            const query = {
              id: crypto.randomUUID(),
              number: this.number("query"),
              claim,
              to,
              text,
              by: this.me(),
              at: now(),
              answers: [],
              open: true,
              resolution: null,
              article,
            };
            this.state.queries.push(query);
            return query;
          },
          claim ?? undefined,
        ),
      "query.answer": ({ query, text }) =>
        this.onQuery(query, "Answer", (one) => void one.answers.push({ text, by: this.me(), at: now() })),
      "query.resolve": ({ query, note }) =>
        this.onQuery(query, "Settle", (one) => void Object.assign(one, { open: false, resolution: note })),
      "export.preview": ({ article }) => {
        const view = this.read.view(article, null);
        const claims = view.claims.flatMap((row) => [
          ...(row.standing === "checked"
            ? []
            : [{ kind: row.standing, text: row.quote, claim: row.id, query: null }]),
          ...(row.standing === "checked" && row.evidence === 0
            ? [{ kind: "no_evidence", text: row.quote, claim: row.id, query: null }]
            : []),
        ]);
        const queries = view.queries
          .filter(({ open }) => open)
          .map((query) => ({ kind: "query", text: query.text, claim: query.claim, query: query.id }));
        return {
          name: `${view.headline.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-")}.zip`,
          open: [...claims, ...queries],
          warnings: [],
          withheld: this.state.sources.filter(({ withhold }) => withhold).length,
        };
      },
      "export.write": ({ path, unsigned }) => {
        if (!unsigned) this.keys.sign(this.me());
        return { path };
      },
      "export.formats": ({ article }) => formats(this.read.view(article, null).headline),
      "export.as": ({ path }) => ({ path }),
      verify: ({ path }) => ({
        path,
        kind: "bundle",
        complete: true,
        valid: true,
        ...this.keys.outsider(),
        verified: null,
        open: [],
        newerSeen: null,
        errors: [],
      }),
      "import.file": () => noFiles(),
      "bundle.join": () => noFiles(),
      "source.attach": () => noFiles(),
      "source.disclose": () => noFiles(),
      "source.import": () => noFiles(),
      "claim.import": () => noFiles(),
      "snapshot.write": () => noFiles(),
      redact: () => {
        throw new WireError("not_here", "The desk in memory keeps nothing that could be redacted.");
      },
    };
  }

  private ownerOf(evidence: string): Claim {
    const owner = this.state.claims.find((claim) => claim.evidence.some(({ id }) => id === evidence));
    if (!owner) throw new WireError("not_found", "This evidence is no longer on the desk.");
    return owner;
  }

  private candidates(quote: string, text: string) {
    const wanted = new Set(pieces(quote.toLowerCase()));
    const sentences = [...text.matchAll(/[^\n.!?]+[.!?]?/gu)].filter((match) => words(match[0]) > 0);
    return sentences
      .map((match) => {
        const start = match.index + match[0].length - match[0].trimStart().length;
        const span: SpanDto = { start, end: start + match[0].trim().length };
        const has = new Set(pieces(match[0].toLowerCase()));
        const shared = [...wanted].filter((word) => has.has(word)).length;
        return {
          spans: [span],
          quote: match[0].trim(),
          sentence: match[0].trim(),
          changes: runs(quote, match[0].trim()),
          alike: Math.round((1000 * shared) / Math.max(1, wanted.size)),
        };
      })
      .filter(({ alike }) => alike >= 300)
      .sort((a, b) => b.alike - a.alike)
      .slice(0, 5);
  }

  private search(sought: string[]) {
    const holds = (text: string) =>
      sought.length > 0 && sought.every((word) => text.toLowerCase().includes(word));
    const articles = this.state.articles
      .filter((article) => holds(this.read.newest(article).text))
      .map((article) => ({
        kind: "article",
        id: article.id,
        article: article.id,
        title: this.read.card(article).headline,
        excerpt: excerpt(this.read.newest(article).text, sought[0] ?? ""),
      }));
    const claims = this.state.articles.flatMap((article) =>
      this.read
        .rows(article, this.read.newest(article))
        .filter((row) => holds(`${row.quote} ${row.assertion ?? ""}`))
        .map((row) => ({
          kind: "claim",
          id: row.id,
          article: article.id,
          title: row.assertion ?? row.quote,
          excerpt: row.quote,
        })),
    );
    const sources = this.state.sources
      .filter((source) => holds(`${source.title} ${source.publisher ?? ""}`))
      .map((source) => ({
        kind: "source",
        id: source.id,
        article: null,
        title: source.title,
        excerpt: source.publisher ?? "",
      }));
    return [...articles, ...claims, ...sources];
  }
}

function closed(steps: Step[], from: number, to: number): Step[] {
  const last = steps.at(-1);
  const [old, now] = [last?.old.end ?? 0, last?.new.end ?? 0];
  return old < from
    ? [...steps, { kind: "kept", old: { start: old, end: from }, new: { start: now, end: to } }]
    : steps;
}

function excerpt(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word));
  return text
    .slice(Math.max(0, at - 40), at + 80)
    .replace(/\s+/g, " ")
    .trim();
}

/** Words that went, words that came, in turns. */
function runs(was: string, now: string): { kind: string; text: string }[] {
  return diff(was, now).map(({ kind, old, new: place }) =>
    kind === "deleted"
      ? { kind, text: was.slice(old.start, old.end) }
      : { kind, text: now.slice(place.start, place.end) },
  );
}

function overlaps(a: SpanDto, b: SpanDto): boolean {
  return a.start < b.end && b.start < a.end;
}

function words(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

function now(): string {
  return new Date().toISOString();
}

function noFiles(): never {
  throw new WireError("not_here", "The desk in memory reaches no files; paste the text instead.");
}
