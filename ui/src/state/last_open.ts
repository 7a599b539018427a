// The article that was open last, for the next start.
const KEPT = "tickmark-article";

/** Its id, if there was one. */
export const lastOpen = (): string | null => localStorage.getItem(KEPT);

/** Keeps which one is open. */
export const keepOpen = (article: string): void => localStorage.setItem(KEPT, article);
