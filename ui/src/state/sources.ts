// Sources as a form holds them.
import type { SourceDto, SourceFields } from "../wire/generated";

export function newSource(): SourceFields {
  return {
    kind: "webpage",
    title: "",
    authors: [],
    publisher: null,
    published: null,
    accessed: null,
    url: null,
    note: null,
    reliability: null,
    withhold: false,
    keepHere: false,
  };
}

export function fieldsOf(source: SourceDto): SourceFields {
  const { kind, title, authors, publisher, published, accessed, url, note, reliability, withhold, keptHere } =
    source;
  return {
    kind,
    title,
    authors,
    publisher,
    published,
    accessed,
    url,
    note,
    reliability,
    withhold,
    keepHere: keptHere,
  };
}

/** The fields with what is only blanks left out, as the desk takes them. */
export function cleaned(fields: SourceFields): SourceFields {
  const text = (value: string | null) => value?.trim() || null;
  return {
    ...fields,
    title: fields.title.trim(),
    authors: fields.authors.map((author) => author.trim()).filter(Boolean),
    publisher: text(fields.publisher),
    published: text(fields.published),
    accessed: text(fields.accessed),
    url: text(fields.url),
    note: text(fields.note),
    reliability: text(fields.reliability),
  };
}
