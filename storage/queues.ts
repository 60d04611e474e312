// Jobs that wait for a commit, by queue. They are taken in turns, so that a flooded queue delays no other.
import { DomainError } from '../src/orders/errors.ts';

const QUEUE_MAX = 1000;

export class Queues<Job> {
  /** A Map keeps the queues in their round-robin order. */
  readonly #waiting = new Map<string, Job[]>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Throws `busy` when the queue is full. */
  push(name: string, job: Job): void {
    const queue = this.#waiting.get(name) ?? [];
    if (queue.length >= QUEUE_MAX) throw new DomainError('busy', `${name} is flooded`);
    queue.push(job);
    this.#waiting.set(name, queue);
  }

  /** One of each queue in turn; `isHeld` queues are passed over. */
  take(max: number, isHeld: (name: string) => boolean = () => false): Job[] {
    const batch: Job[] = [];
    let before = -1;
    while (batch.length < max && batch.length > before) {
      before = batch.length;
      for (const [name, queue] of this.#waiting) {
        if (batch.length >= max) break;
        if (isHeld(name)) continue;
        const job = queue.shift();
        if (job !== undefined) batch.push(job);
        // Re-inserted at the end: the next batch starts with the queue after this one.
        this.#waiting.delete(name);
        if (queue.length > 0) this.#waiting.set(name, queue);
      }
    }
    return batch;
  }
}
