// Word files as journeys need them: made of a few parts, and taken apart.
import { crc32, inflateRawSync } from "node:zlib";

const SPACE =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const BY = 'w:author="Ines Okafor" w:date="2025-09-01T10:00:00Z"';

export const run = (words: string) =>
  `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`;
/** Words in the place of others, tracked. */
export const tracked = (gone: string, come: string) =>
  `<w:del w:id="1" ${BY}><w:r><w:delText xml:space="preserve">${gone}</w:delText></w:r></w:del><w:ins w:id="2" ${BY}>${run(come)}</w:ins>`;
/** Words that the file's comment is on. */
export const commented = (words: string) =>
  `<w:commentRangeStart w:id="0"/>${run(words)}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`;

/** A Word file of a headline and paragraphs, each as its runs; `comment` is what its comment says. */
export function word(
  headline: string,
  paragraphs: string[],
  comment = "",
): Buffer {
  const heading = `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run(headline)}</w:p>`;
  const body = paragraphs.map((runs) => `<w:p>${runs}</w:p>`).join("");
  const parts: Record<string, string> = {
    "_rels/.rels": relationships("officeDocument", "word/document.xml"),
    "word/document.xml": `<w:document ${SPACE}><w:body>${heading}${body}</w:body></w:document>`,
  };
  if (comment) {
    parts["word/_rels/document.xml.rels"] = relationships(
      "comments",
      "comments.xml",
    );
    parts["word/comments.xml"] =
      `<w:comments ${SPACE}><w:comment w:id="0" ${BY}><w:p>${run(comment)}</w:p></w:comment></w:comments>`;
  }
  return zipped(parts);
}

function relationships(kind: string, target: string): string {
  const type = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}`;
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${type}" Target="${target}"/></Relationships>`;
}

/** A zip whose parts are stored as they are. */
export function zipped(parts: Record<string, string>): Buffer {
  const [files, entries]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [path, text] of Object.entries(parts)) {
    const [name, data] = [Buffer.from(path), Buffer.from(text)];
    const known = Buffer.alloc(26);
    known.writeUInt16LE(20, 0);
    known.writeUInt32LE(crc32(data), 10);
    known.writeUInt32LE(data.length, 14);
    known.writeUInt32LE(data.length, 18);
    known.writeUInt16LE(name.length, 22);
    const file = Buffer.concat([Buffer.from("PK\x03\x04"), known, name, data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const entry = [Buffer.from("PK\x01\x02\x14\x00"), known, place, name];
    files.push(file);
    entries.push(Buffer.concat(entry));
    at += file.length;
  }
  const listed = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, listed, end]);
}

/** The parts of a zip, as text. */
export function unzipped(zip: Buffer): Record<string, string> {
  const parts: Record<string, string> = {};
  let at = zip.readUInt32LE(zip.lastIndexOf("PK\x05\x06") + 16);
  while (zip.toString("latin1", at, at + 4) === "PK\x01\x02") {
    const u16 = (place: number) => zip.readUInt16LE(place);
    const u32 = (place: number) => zip.readUInt32LE(place);
    const [name, file] = [u16(at + 28), u32(at + 42)];
    const from = file + 30 + u16(file + 26) + u16(file + 28);
    const data = zip.subarray(from, from + u32(at + 20));
    const text = u16(at + 10) ? inflateRawSync(data) : data;
    parts[zip.toString("utf8", at + 46, at + 46 + name)] = text.toString();
    at += 46 + name + u16(at + 30) + u16(at + 32);
  }
  return parts;
}
