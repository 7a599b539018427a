// What is known about an article, as its form says it.
import { m } from "../paraglide/messages.js";

export function infoWords() {
  return {
    byline: m.byline(),
    outlet: m.outlet(),
    date: m.date(),
    time: m.time(),
    zone: m.zone(),
    place: m.place(),
    language: m.language(),
    url: m.url(),
    tags: m.tags(),
    hashtags: m.hashtags(),
  };
}
