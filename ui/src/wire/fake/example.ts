// The article that the desk in memory offers as its example, in words of our own.

export const EXAMPLE = {
  text: `# The bridge that Lindmoor built twice

A flood took the old crossing in one night; the town paid for the new one in eleven years.

When the Varr rose on 14 March 2012, the stone bridge at Lindmoor stood for six hours and then fell within a minute. Nobody was on it. The bridge had carried the road to the coast since 1788, and about 4,300 vehicles crossed it every day.

“We heard it before we saw it,” says Ada Renn, who has kept the ferry house since 1996. The town lost its school bus, its short way to the hospital and, for one summer, a third of its trade.

## What it cost

The council put the price of a new bridge at €9.8 million. In the end it cost €17.2 million, of which the region paid 60%. No other bridge of its size in the country took longer to build.

Work began in May 2014 and stopped twice: first over a colony of sand martins, then because the steel was 12 mm too thin. The contractor, Hollin & Sons, disputes this.

## Who crosses it now

Traffic never came back. Counters on the new deck show 2,900 vehicles a day, a third fewer than before the flood. “People found other roads, and other towns,” says mayor Tomas Elling.

The ferry still runs on Sundays. Renn charges nothing.`,
  info: {
    byline: "Ines Okafor",
    outlet: "The Varr Courier",
    date: "2025-03-14",
    place: "Lindmoor",
    language: "en",
    tags: ["infrastructure", "Lindmoor"],
  },
};
