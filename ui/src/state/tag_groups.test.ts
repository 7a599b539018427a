import { expect, test } from "vitest";
import type { ArticleCard } from "../wire/generated";
import { TagGroups } from "./tag_groups";

const card = (id: string, ...tags: string[]) => ({ id, tags }) as ArticleCard;
const ALL = [
  card("a", "Floods"),
  card("b"),
  card("c", "Floods", "Money"),
  card("d", "floods"),
  card("e"),
  card("f"),
];

/** Two articles a page. */
function groups() {
  return new TagGroups(["floods", "money", "nobody's", null], 2, async (tag, skip) =>
    ALL.filter(({ tags }) => tag === null || tags.some((one) => one.toLowerCase() === tag)).slice(
      skip,
      skip + 2,
    ),
  );
}
const told = (rows: Awaited<ReturnType<TagGroups["next"]>>) =>
  rows?.map(({ card: of, tag }) => of?.id ?? `# ${tag}`);

test("each tag has one headline over its articles, and those without a tag come last", async () => {
  const all = groups();
  expect(told(await all.next(99))).toEqual("# Floods,a,c,d,# Money,c,# null,b,e,f".split(","));
  expect(all.whole).toBe(true);
});

test("read in pages it is the same, without a second headline", async () => {
  const all = groups();
  const rows = [];
  while (!all.whole) rows.push(...((await all.next(1)) ?? []));
  expect(told(rows)).toEqual(told(await groups().next(99)));
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test("an answer that came too late gives nothing", async () => {
  expect(await new TagGroups([null], 2, async () => null).next(9)).toBeNull();
});
