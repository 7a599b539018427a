// Queries: asked of somebody, answered, settled.
import { m } from "../paraglide/messages.js";
import type { QueryDto } from "../wire/generated";
import { article } from "./article.svelte";
import { forms } from "./forms.svelte";
import { desk } from "./desk.svelte";
import * as toast from "./toast";
import { doneWithUndo } from "./undo";
import { formatTime } from "./format";

/** A query as it is drawn: the words of everybody in order. */
export interface Thread {
  title: string;
  open: boolean;
  said: { text: string; by: string }[];
  state: string;
}

type Words = Pick<QueryDto, "author" | "date" | "by" | "at">;
/** Whose words these are: of what came with a file, the name in the file. */
const saidBy = ({ author, by }: Words) => author ?? by.name;
const saidAt = ({ date, at }: Words) => formatTime(date ?? at);

export function threadOf(query: QueryDto): Thread {
  const to = query.to ? ` → ${query.to}` : "";
  const asked = { text: query.text, by: `${saidBy(query)}${to}, ${saidAt(query)}` };
  const answers = query.answers.map((answer) => ({
    text: answer.text,
    by: [answer.written, saidBy(answer), saidAt(answer)].filter(Boolean).join(", "),
  }));
  const settled = query.resolution ? m.query_settled_with({ note: query.resolution }) : m.query_settled();
  return {
    title: `Q${query.number}`,
    open: query.open,
    said: [asked, ...answers],
    state: query.open ? m.query_open() : settled,
  };
}

/** The words of the query forms. */
export function queryWords() {
  return {
    text: m.query_text(),
    to: m.query_to(),
    placeholder: m.query_placeholder(),
    ask: m.do_query_short(),
    cancel: m.cancel(),
    discard: m.discard(),
    answer: m.query_answer(),
    settle: m.query_settle(),
    people: desk.people.map(({ name }) => name),
  };
}

/** A query that is being written, on a claim or on the whole article. */
export const queryForm = (claim: string | null) => forms.of(claim, "query", { text: "", to: "" });

export async function askQuery(claim: string | null, text: string, to: string | null): Promise<boolean> {
  const { view } = article;
  return view !== null && (await article.act("query.ask", { article: view.id, claim, to, text })) !== null;
}

export async function answerQuery(query: string, text: string): Promise<boolean> {
  return (await article.act("query.answer", { query, text })) !== null;
}

export async function settleQuery(query: string): Promise<void> {
  await article.act("query.resolve", { query, note: null });
}

/** Reads the writer's answers from a sheet that came back, and says what was taken and what was not. */
export async function importAnswers(): Promise<void> {
  const { view } = article;
  const taken = view && (await article.act("shell.answers", { article: view.id }));
  if (!taken || "cancelled" in taken) return;
  const { answered, unmatched } = taken;
  if (taken.action) doneWithUndo(m.answers_taken({ count: answered.length }), taken.action);
  else toast.info(m.answers_none());
  if (unmatched.length > 0)
    toast.warning(m.answers_unmatched({ list: unmatched.map(({ text }) => `“${text}”`).join("; ") }));
}
