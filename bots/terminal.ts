// The shop in a terminal: what is typed is said, `/1` presses the first choice shown. A bare
// number stays text, because a farmer says "40".
import { randomUUID } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';
import type { Answer, Bot, Choice, Message, Reply, Sender } from '../src/chat/bot.ts';
import { clean } from './plain-text.ts';

const PROMPT = '> ';
const ROOM_CHARS = 4_000;

type Sayable = Extract<Choice, { say: string }>;

export type TerminalOptions = {
  readonly answer: Answer;
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** The user name of who sits here. */
  readonly as: string;
  readonly storeId: string | null;
  readonly now?: () => Date;
};

export type TerminalBot = Bot & {
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

  async function turn(line: string): Promise<void> {
    const number = /^\/(\d{1,4})$/.exec(line)?.[1];
    const pressed = number === undefined ? undefined : pressable[Number(number) - 1];
    const message: Message = {
      sender,
      text: clean(pressed?.say ?? line),
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

    async start() {
      lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
      output.write(PROMPT);
      for await (const line of lines) {
        if (line.trim() !== '') await turn(line.trim());
        output.write(PROMPT);
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
      output.write(PROMPT);
      return { kind: 'sent' };
    },
  };
}

function choiceLine(choice: Choice, pressable: readonly Sayable[]): string {
  if ('url' in choice) return clean(`→ ${choice.label} ${choice.url}`);
  return clean(`[/${pressable.indexOf(choice) + 1}] ${choice.label}`);
}
