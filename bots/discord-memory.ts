/** The newest `max` keys and what was noted of each. */
export type Memory<T> = {
  readonly get: (key: string) => T | undefined;
  readonly set: (key: string, value: T) => void;
  readonly drop: (key: string) => void;
  /** The oldest first. */
  readonly all: () => ReadonlyMap<string, T>;
};

export function createMemory<T>(max: number): Memory<T> {
  const known = new Map<string, T>();
  return {
    get: (key) => known.get(key),
    set(key, value) {
      known.delete(key);
      known.set(key, value);
      const [oldest] = known.keys();
      if (known.size > max && oldest !== undefined) known.delete(oldest);
    },
    drop: (key) => void known.delete(key),
    all: () => known,
  };
}
