// Plays a story file: steps that say, press and check, in the format of conversation test harnesses.
import { readFile } from 'node:fs/promises';
import { type Choice, DomainError, JOBS, type Reply, runJob } from '../src/app.ts';
import { type Cli, OutsideError, UsageError } from './command.ts';
import { instant } from './readers.ts';
import { ONCE, type Pushed, replyJson, type Stage, textOf } from './stage.ts';

type Fields = Readonly<Record<string, unknown>>;

export type Story = {
  readonly name: string;
  readonly vars: Readonly<Record<string, string>>;
  readonly keepGoing: boolean;
  readonly steps: readonly Fields[];
};

export type Played = {
  readonly step: number;
  readonly as: string;
  readonly did: string;
  readonly reply: ReturnType<typeof replyJson> | null;
  readonly pushed: readonly Pushed[];
};

/** What a story cannot do here, because there is neither a browser nor a platform. */
const ELSEWHERE = ['open', 'send', 'http'] as const;
const NOTHING: Reply = { texts: [], choices: [] };

export async function loadStory(file: string): Promise<Story> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new OutsideError(`the story cannot be read: ${String(error)}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON`);
  }
  const {
    name = file,
    vars,
    keepGoing,
    steps,
  } = Array.isArray(value) ? { steps: value } : asFields(value);
  if (!Array.isArray(steps)) throw new UsageError(`${file} has no steps`);
  return {
    name: String(name),
    vars: Object.fromEntries(Object.entries(asFields(vars)).map(([key, v]) => [key, String(v)])),
    keepGoing: keepGoing === true,
    steps: steps.map((step) => (typeof step === 'string' ? { say: step } : asFields(step))),
  };
}

export type StoryOptions = {
  readonly stage: Stage;
  readonly cli: Cli;
  readonly platform: string;
  /** Who acts where a step names nobody. */
  readonly as: string;
};

/** Plays to the end or, unless the story keeps going, to the first problem. */
export async function playStory(
  story: Story,
  options: StoryOptions,
): Promise<{ readonly played: readonly Played[]; readonly problems: readonly string[] }> {
  const { stage, platform } = options;
  const vars: Record<string, string> = { n: '1', user: stage.userOf(options.as), ...story.vars };
  const seen = new Map<string, Reply[]>();
  const waiting: Pushed[] = [];
  const played: Played[] = [];
  const problems: string[] = [];
  for (const [index, written] of story.steps.entries()) {
    if (isElsewhere(written, platform)) continue;
    const step = asFields(withVars(written, vars));
    const actor = typeof step.as === 'string' ? step.as : options.as;
    const history = seen.get(actor) ?? [];
    seen.set(actor, history);
    const found: string[] = [];
    const act = await perform(step, { ...options, actor, history, waiting });
    if (act.problem !== undefined) found.push(act.problem);
    if (act.reply !== null && !act.isAside) history.push(act.reply);
    const shown = act.reply ?? history.at(-1) ?? NOTHING;
    if (act.problem === undefined) found.push(...check(step, { reply: shown, platform, vars }));
    const pushed = await stage.pushed();
    waiting.push(...pushed);
    const reply = act.reply && replyJson(act.reply);
    played.push({ step: index + 1, as: actor, did: act.did, reply, pushed });
    if (step.optional !== true) problems.push(...found.map((p) => `step ${index + 1}: ${p}`));
    if (problems.length > 0 && !story.keepGoing) break;
  }
  return { played, problems };
}

type Acting = StoryOptions & {
  readonly actor: string;
  /** What this actor was answered so far. */
  readonly history: readonly Reply[];
  readonly waiting: Pushed[];
};

type Act = {
  readonly did: string;
  readonly reply: Reply | null;
  /** The answer is no bubble that can be pressed. */
  readonly isAside?: boolean;
  readonly problem?: string;
};

async function perform(step: Fields, acting: Acting): Promise<Act> {
  const { stage, actor, platform, cli } = acting;
  const elsewhere = ELSEWHERE.find((key) => pick(step[key], platform) !== undefined);
  if (elsewhere !== undefined)
    return { did: elsewhere, reply: null, problem: `"${elsewhere}" is not possible here` };
  if (typeof step.at === 'string') stage.setClock(instant(step.at, cli.config().timeZone));
  if (typeof step.wait === 'number') stage.wait(step.wait);
  if (typeof step.cron === 'string') return runCron(step.cron, acting);
  if (typeof step.cli === 'string') return runCli(step.cli, acting);
  const said = pick(step.say, platform);
  if (said !== undefined) {
    const text = String(said);
    return { did: text, reply: await stage.say(actor, { text }, timesOf(step)) };
  }
  const label = pick(step.press, platform);
  if (label !== undefined) return press(String(label), step, acting);
  const filled = pick(step.fill, platform);
  if (filled !== undefined) return fill(asFields(filled), acting);
  if (typeof step.waitFor === 'string') return waitFor(step.waitFor, acting);
  return { did: 'looks', reply: null };
}

async function runCron(name: string, { stage, cli }: Acting): Promise<Act> {
  const job = JOBS.find((one) => one.name === name);
  if (job === undefined) return { did: name, reply: null, problem: `there is no job ${name}` };
  const { store } = await cli.house();
  const runs = await runJob(store, job, { now: stage.now() });
  return { did: `cron ${name}`, reply: said(JSON.stringify(runs)), isAside: true };
}

/** A refusal is an answer too: a story may expect it. */
async function runCli(line: string, { cli }: Acting): Promise<Act> {
  const { runLine } = await import('./program.ts');
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
  const told: string[] = [];
  const streams = {
    out: (text: string) => told.push(text),
    err: (text: string) => told.push(text),
  };
  try {
    await runLine(words, {
      cli,
      tell: ({ json, lines }, asJson) => told.push(...(asJson ? [JSON.stringify(json)] : lines)),
      streams,
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    told.push(`${error.code}: ${error.message}`);
  }
  return { did: `sanji ${line}`, reply: said(told.join('\n')), isAside: true };
}

async function press(label: string, step: Fields, acting: Acting): Promise<Act> {
  const { history, stage, actor } = acting;
  const back = typeof step.back === 'number' ? step.back : 0;
  const choices = history[history.length - 1 - back]?.choices ?? [];
  const choice = findChoice(choices, label);
  const did = `[${choice?.label ?? label}]`;
  if (choice === undefined)
    return { did, reply: null, problem: `no button "${label}"; there are: ${labels(choices)}` };
  if ('url' in choice) return { did, reply: null, problem: `"${choice.label}" is a link` };
  const pressed = { text: choice.say, press: choice.press };
  return { did, reply: await stage.say(actor, pressed, timesOf(step)) };
}

async function fill(fields: Fields, { stage, actor }: Acting): Promise<Act> {
  let reply: Reply | null = null;
  for (const value of Object.values(fields))
    reply = await stage.say(actor, { text: String(value) }, ONCE);
  return { did: Object.values(fields).join(' / '), reply };
}

/** What was pushed to the actor and not waited for yet. */
async function waitFor(pattern: string, { waiting, stage, actor }: Acting): Promise<Act> {
  waiting.push(...(await stage.pushed()));
  const to = stage.userOf(actor);
  const at = waiting.findIndex((one) => one.to === to && has(one.text, pattern));
  const [found] = at < 0 ? [] : waiting.splice(at, 1);
  const did = `waits for ${pattern}`;
  if (found === undefined)
    return { did, reply: null, problem: `nothing was pushed with ${pattern}` };
  return { did, reply: said(found.text) };
}

type Checking = {
  readonly reply: Reply;
  readonly platform: string;
  readonly vars: Record<string, string>;
};

function check(step: Fields, { reply, platform, vars }: Checking): string[] {
  const text = textOf(reply);
  const { choices } = reply;
  const problems: string[] = [];
  const each = (key: string) => list(pick(step[key], platform)).map(String);
  for (const pattern of each('expect'))
    if (!has(text, pattern)) problems.push(`expected ${pattern} in ${JSON.stringify(text)}`);
  for (const pattern of each('reject'))
    if (has(text, pattern)) problems.push(`did not expect ${pattern} in ${JSON.stringify(text)}`);
  for (const label of each('buttons'))
    if (findChoice(choices, label) === undefined)
      problems.push(`expected button ${label}; there are: ${labels(choices)}`);
  for (const label of each('noButtons'))
    if (findChoice(choices, label) !== undefined) problems.push(`did not expect button ${label}`);
  for (const [name, pattern] of Object.entries(asFields(step.save))) {
    const found = new RegExp(String(pattern), 'u').exec(text);
    if (found === null) problems.push(`could not save ${name}: ${pattern} is not found`);
    else vars[name] = found[1] ?? found[0];
  }
  return problems;
}

/** The exact label, else without blanks and emoji, else a part of it, or `/regex/`. */
function findChoice(choices: readonly Choice[], label: string): Choice | undefined {
  const pattern = regexOf(label);
  if (pattern !== null) return choices.find((choice) => pattern.test(choice.label));
  const plain = (text: string) => text.replace(/\s|\p{Extended_Pictographic}|\uFE0F/gu, '');
  return (
    choices.find((choice) => choice.label === label) ??
    choices.find((choice) => plain(choice.label) === plain(label)) ??
    choices.find((choice) => choice.label.includes(label))
  );
}

function labels(choices: readonly Choice[]): string {
  return choices.map(({ label }) => label).join(' | ') || '(none)';
}

function has(text: string, pattern: string): boolean {
  return regexOf(pattern)?.test(text) ?? text.includes(pattern);
}

function regexOf(text: string): RegExp | null {
  const [, body, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? [];
  return body === undefined ? null : new RegExp(body, flags.includes('u') ? flags : `${flags}u`);
}

function isElsewhere(step: Fields, platform: string): boolean {
  const only = list(step.only);
  return (only.length > 0 && !only.includes(platform)) || list(step.skip).includes(platform);
}

/** A value may differ per platform; `null` there means: not on this one. */
function pick(value: unknown, platform: string): unknown {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const map = asFields(value);
  const perPlatform = isMap && (platform in map || 'default' in map);
  const picked = perPlatform ? (platform in map ? map[platform] : map.default) : value;
  return picked ?? undefined;
}

function withVars(value: unknown, vars: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{(\w+)\}/g, (written, name: string) => vars[name] ?? written);
  if (Array.isArray(value)) return value.map((one) => withVars(one, vars));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withVars(one, vars)]));
}

function timesOf(step: Fields) {
  const times = typeof step.times === 'number' ? step.times : 1;
  return { times, duplicate: step.duplicate === true };
}

function said(text: string): Reply {
  return { texts: [text], choices: [] };
}

function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
