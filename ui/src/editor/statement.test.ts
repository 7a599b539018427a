import { expect, it } from "vitest";
import { sameStatement } from "./statement";

it.each([
  ["“Forty” houses", '"Forty" houses'],
  ["2014—a bad year", "2014–a bad year"],
  ["1990-1995", "1990–1995"],
  ["−5 degrees", "-5 degrees"],
  ["forty\nhouses", "forty  houses"],
  ["Lind\u00admoor", "Lindmoor"],
  ["caf\u00e9", "cafe\u0301"],
  ["*forty* houses", "forty houses"],
])("typography alone: %s and %s say the same", (was, now) => {
  expect(sameStatement(was, now)).toBe(true);
});

it.each([
  ["about 5", "about 50"],
  ["rose by 5", "rose by -5"],
  ["1.5 million", "1,5 million"],
  ["it was legal", "it was illegal"],
  ["He said it", "he said it"],
  ["forty, he said", "forty he said"],
  ["10² metres", "102 metres"],
  ["a part", "apart"],
  ["he said forty", "he said “forty”"],
  ["6' tall", "6’ tall"],
])("%s and %s do not say the same", (was, now) => {
  expect(sameStatement(was, now)).toBe(false);
});
