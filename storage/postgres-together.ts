// Jobs of one transaction side by side: at each round trip all of them ask what they want to know next.
// Those of one queue still come one after another, but what they want to know first is asked for all of them
// at the beginning: the commands of a store that everybody wants cost no round trip each.
import type { Context } from './operations.ts';
import { mayAskAhead, mended } from './postgres-ahead.ts';
import type { End, Job } from './postgres-commit.ts';
import { askedIn } from './postgres-drive.ts';
import type { Asked, Link, Rows } from './postgres-link.ts';
import { askMerged } from './postgres-merge.ts';
import type { Body, Question, Step } from './statement.ts';

/** A job whose body is at a step; or which has failed already. */
type Begun = {
  readonly job: Job;
  readonly body: Body<unknown>;
  readonly step: IteratorResult<Step, unknown> | { readonly error: unknown };
  /** What was answered to its first step ahead of its turn. */
  ahead: Rows | null;
};

/** The jobs of a queue, the one that runs, and what it has to say to the database. */
type Chain = {
  readonly begun: Begun[];
  current: Begun | null;
  /** How many of its statements the body waits for: the last ones. */
  awaited: number;
  rows: Rows;
  readonly gathered: Asked[];
  /** Everything that its jobs wrote after they had asked ahead. */
  readonly written: Question[];
  /** Where in both the job that runs begins. */
  from: { gathered: number; written: number };
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
  const queues = Map.groupBy(jobs, ({ queue }) => queue.name).values();
  const chains = [...queues].map((own) => chainOf(own, context));
  await askAhead(link, chains);
  const ends: End[] = [];
  let asking = chains.filter((chain) => advance(chain, ends));
  while (asking.length > 0) {
    const answers = await askMerged(
      link,
      asking.map(({ gathered }) => gathered.splice(0)),
    );
    for (const [index, chain] of asking.entries()) {
      chain.rows = answers[index]?.slice(-chain.awaited) ?? [];
      chain.from.gathered = 0;
      chain.hasWritten ||= chain.isWriting;
      chain.isWriting = false;
    }
    asking = asking.filter((chain) => advance(chain, ends));
  }
  for (const { gathered } of chains) for (const asked of gathered) link.post(asked);
  return ends;
}

function chainOf(jobs: readonly Job[], context: Context): Chain {
  return {
    begun: jobs.map((job) => begin(job, context)),
    current: null,
    awaited: 0,
    rows: [],
    gathered: [],
    written: [],
    from: { gathered: 0, written: 0 },
    hasWritten: false,
    isWriting: false,
  };
}

/** Runs a body to its first step, which depends on nothing that others do. */
function begin(job: Job, context: Context): Begun {
  const body = job.body(context);
  try {
    return { job, body, step: body.next([]), ahead: null };
  } catch (error) {
    return { job, body, step: { error }, ahead: null };
  }
}

async function askAhead(link: Link, chains: readonly Chain[]): Promise<void> {
  const asking = chains
    .flatMap(({ begun }) => begun)
    .flatMap((one) => {
      const { step } = one;
      if ('error' in step || step.done === true || !mayAskAhead(step.value)) return [];
      return [{ one, asked: askedIn(step.value).asked }];
    });
  const answers = await link.askAll(asking.map(({ asked }) => asked));
  for (const [index, { one }] of asking.entries()) one.ahead = answers[index] ?? null;
}

/** Runs the jobs of a chain until one asks something; false when all have ended. */
function advance(chain: Chain, ends: End[]): boolean {
  for (;;) {
    const isNew = chain.current === null;
    const current = chain.current ?? nextOf(chain);
    if (current === null) return false;
    try {
      const step = isNew ? firstOf(current) : current.body.next(chain.rows);
      if (step.done === true) {
        const { value } = step;
        ends.push(() => current.job.done(value));
        chain.current = null;
        continue;
      }
      const known = isNew && current.ahead && mended(step.value, current.ahead, chain.written);
      if (known) {
        chain.rows = known;
        continue;
      }
      if (gather(chain, step.value)) return true;
    } catch (error) {
      if (chain.hasWritten) throw new Entangled(error);
      ends.push(() => current.job.failed(error));
      chain.gathered.length = chain.from.gathered;
      chain.written.length = chain.from.written;
      chain.current = null;
    }
  }
}

function nextOf(chain: Chain): Begun | null {
  chain.current = chain.begun.shift() ?? null;
  chain.from = { gathered: chain.gathered.length, written: chain.written.length };
  chain.hasWritten = false;
  chain.isWriting = false;
  chain.rows = [];
  return chain.current;
}

function firstOf({ step }: Begun): IteratorResult<Step, unknown> {
  if ('error' in step) throw step.error;
  return step;
}

/** Whether the body waits for the rows of what it asked. */
function gather(chain: Chain, step: Step): boolean {
  const { asked, isAnswered, isWrite } = askedIn(step);
  chain.gathered.push(...asked);
  if (isWrite) chain.written.push(...step);
  chain.awaited = asked.length;
  chain.isWriting ||= isWrite;
  chain.rows = [];
  return isAnswered;
}
