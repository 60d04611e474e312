/** Remembers the newest of what it was told. */
export function createRecent(max: number): {
  readonly has: (key: string) => boolean;
  /** And remembered from now on. */
  readonly isNew: (key: string) => boolean;
} {
  const known = new Set<string>();
  return {
    has: (key) => known.has(key),
    isNew(key) {
      if (known.has(key)) return false;
      known.add(key);
      const [oldest] = known;
      if (known.size > max && oldest !== undefined) known.delete(oldest);
      return true;
    },
  };
}
