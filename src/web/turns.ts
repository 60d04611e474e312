// Work under the same name goes one after another, so that a reading and the writing that follows
// from it are not mixed with another's. Within this process only: across processes the storage decides.

export type InTurn = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export function takeTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, mine);
    const forget = () => {
      if (last.get(name) === mine) last.delete(name);
    };
    mine.then(forget, forget);
    return mine;
  };
}
