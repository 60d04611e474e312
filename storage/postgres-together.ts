// Jobs of one transaction side by side: at each round trip all of them ask what they want to know next.
// Those of one queue still come one after another.
import type { Context } from './operations.ts';
import type { End, Job } from './postgres-commit.ts';
import { askedIn } from './postgres-drive.ts';
import type { Asked, Link, Rows } from './postgres-link.ts';
import type { Body } from './statement.ts';

/** The jobs of a queue, the one that runs, and what it has to say to the database. */
type Chain = {
  readonly jobs: Job[];
  job: Job | null;
  body: Body<unknown> | null;
  /** How many of its statements the body waits for: the last ones. */
  awaited: number;
  rows: Rows;
  readonly gathered: Asked[];
  /** Where in `gathered` the job that runs begins. */
  from: number;
  /** It has written something that was sent: only the whole transaction can take it back. */
  hasWritten: boolean;
  /** It has written something that was not sent yet. */
  isWriting: boolean;
};

/** A job must be taken back by itself, which it cannot: among others there is no savepoint. */
class Entangled extends Error {
  constructor(cause: unknown) {
    super('a command among others must be taken back', { cause });
    this.name = 'Entangled';
  }
}

/** Leaves gathered what nobody waits for; answers how each job ended. */
export async function runTogether(
  link: Link,
  jobs: readonly Job[],
  context: Context,
): Promise<End[]> {
  const chains = [...Map.groupBy(jobs, ({ queue }) => queue.name).values()].map(chainOf);
  const ends: End[] = [];
  let asking = chains.filter((chain) => advance(chain, context, ends));
  while (asking.length > 0) {
    const answers = await link.askAll(asking.map(({ gathered }) => gathered.splice(0)));
    for (const [index, chain] of asking.entries()) {
      chain.rows = answers[index]?.slice(-chain.awaited) ?? [];
      chain.from = 0;
      chain.hasWritten ||= chain.isWriting;
      chain.isWriting = false;
    }
    asking = asking.filter((chain) => advance(chain, context, ends));
  }
  for (const { gathered } of chains) for (const asked of gathered) link.post(asked);
  return ends;
}

function chainOf(jobs: readonly Job[]): Chain {
  return {
    jobs: [...jobs],
    job: null,
    body: null,
    awaited: 0,
    rows: [],
    gathered: [],
    from: 0,
    hasWritten: false,
    isWriting: false,
  };
}

/** Runs the jobs of a chain until one asks something; false when all have ended. */
function advance(chain: Chain, context: Context, ends: End[]): boolean {
  for (;;) {
    const job = chain.job ?? begin(chain, context);
    if (job === null || chain.body === null) return false;
    try {
      const step = chain.body.next(chain.rows);
      if (step.done === true) {
        const { value } = step;
        ends.push(() => job.done(value));
        chain.job = null;
        continue;
      }
      const { asked, isAnswered, isWrite } = askedIn(step.value);
      chain.gathered.push(...asked);
      chain.awaited = asked.length;
      chain.isWriting ||= isWrite;
      chain.rows = [];
      if (isAnswered) return true;
    } catch (error) {
      if (chain.hasWritten) throw new Entangled(error);
      ends.push(() => job.failed(error));
      chain.gathered.length = chain.from;
      chain.job = null;
    }
  }
}

function begin(chain: Chain, context: Context): Job | null {
  const job = chain.jobs.shift() ?? null;
  chain.job = job;
  chain.body = job === null ? null : job.body(context);
  chain.from = chain.gathered.length;
  chain.hasWritten = false;
  chain.isWriting = false;
  chain.rows = [];
  return job;
}
