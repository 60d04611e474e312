// The shop in a terminal: what is typed is said, `/1` presses the first choice shown. A bare
// number stays text, because a farmer says "40".
import { randomUUID } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';
import type { Answer, Bot, Choice, Message, Reply, Sender } from '../src/chat/bot.ts';
import { clean } from './plain-text.ts';

const PROMPT = '> ';
const ROOM_CHARS = 4_000;
/** Nobody types two lines this fast: they were pasted and are one message. */
const PASTE_MS = 40;

type Sayable = Extract<Choice, { say: string }>;

export type TerminalOptions = {
  readonly answer: Answer;
  /** A person's keyboard (`isTTY`), or a pipe, where every line is a message of its own. */
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** The user name of who sits here. */
  readonly as: string;
  readonly storeId: string | null;
  readonly now?: () => Date;
};

export type TerminalBot = Bot & {
  readonly sender: Sender;
  /** Runs until the input ends or `stop` is called. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createTerminalBot(options: TerminalOptions): TerminalBot {
  const { answer, input, output } = options;
  const now = options.now ?? (() => new Date());
  const sender: Sender = { platform: 'terminal', bot: 'terminal', user: options.as };
  let lines: Interface | undefined;
  let pressable: readonly Sayable[] = [];

  /** Choices stay pressable until newer ones are shown, as old bubbles do elsewhere. */
  function show(reply: Reply, mark = ''): void {
    const choices = reply.choices.filter((choice): choice is Sayable => !('url' in choice));
    if (choices.length > 0) pressable = choices;
    for (const text of reply.texts) output.write(`${mark}${clean(text)}\n`);
    for (const choice of reply.choices) output.write(`${choiceLine(choice, choices)}\n`);
  }

  async function turn(said: string): Promise<void> {
    const number = /^\/(\d{1,4})$/.exec(said)?.[1];
    const pressed = number === undefined ? undefined : pressable[Number(number) - 1];
    const message: Message = {
      sender,
      text: clean(pressed?.say ?? said),
      press: pressed?.press,
      // A line is read once and never delivered again.
      updateId: randomUUID(),
      storeId: options.storeId,
      roomChars: ROOM_CHARS,
      at: now(),
    };
    try {
      show(await answer(message));
    } catch (error) {
      // The person here is its developer: the name of what broke is the useful answer.
      output.write(`! ${error instanceof Error ? error.name : typeof error}\n`);
    }
  }

  return {
    platform: 'terminal',
    dropsCopies: false,
    textChars: ROOM_CHARS,
    sender,

    async start() {
      const terminal = input.isTTY === true && output.isTTY === true;
      lines = createInterface({
        input,
        output: terminal ? output : undefined,
        terminal,
        prompt: PROMPT,
        crlfDelay: Number.POSITIVE_INFINITY,
      });
      const ask = () => (terminal ? lines?.prompt() : output.write(PROMPT));
      ask();
      for await (const said of messages(lines, input.isTTY === true ? PASTE_MS : 0)) {
        if (said.trim() !== '') await turn(said.trim());
        ask();
      }
      lines = undefined;
    },

    async stop() {
      lines?.close();
    },

    async send(to, reply) {
      // Others sit at other terminals: what is theirs waits until they come.
      if (lines === undefined || to.user !== sender.user) return { kind: 'held' };
      output.write('\n');
      show(reply, '🔔 ');
      // What is half typed stays where it was.
      if (lines.terminal) lines.prompt(true);
      else output.write(PROMPT);
      return { kind: 'sent' };
    },
  };
}

/**
 * What was said, one after another, until the input ends. Lines that come within `pasteMs` of each
 * other are one message; so is the end of a paste that still waits for its Enter.
 */
async function* messages(lines: Interface, pasteMs: number): AsyncGenerator<string> {
  const said: string[] = [];
  let open: string[] = [];
  let isEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let wake = () => {};
  const close = () => {
    if (open.length > 0) said.push(open.join('\n'));
    open = [];
    wake();
  };
  lines.on('line', (line) => {
    clearTimeout(timer);
    open.push(line);
    if (pasteMs === 0) close();
    else
      timer = setTimeout(() => {
        if (!lines.terminal || lines.line === '') close();
      }, pasteMs);
  });
  lines.on('close', () => {
    clearTimeout(timer);
    isEnded = true;
    close();
  });
  while (!isEnded || said.length > 0) {
    const next = said.shift();
    if (next !== undefined) yield next;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}

function choiceLine(choice: Choice, pressable: readonly Sayable[]): string {
  if ('url' in choice) return clean(`→ ${choice.label} ${choice.url}`);
  return clean(`[/${pressable.indexOf(choice) + 1}] ${choice.label}`);
}
