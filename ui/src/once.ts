/** Makes something when it is first asked for, and not while the script is read. */
export function once<T>(make: () => T): () => T {
  let made: { is: T } | null = null;
  return () => (made ??= { is: make() }).is;
}
