// Commander around the tables: which nouns there are, and how a row becomes a command.
import { Argument, Command, Option } from 'commander';
import type { Cli, Field, Row, Told } from './command.ts';
import { SILENT } from './progress.ts';

type Noun = {
  readonly about: string;
  readonly load: () => Promise<{ readonly commands: readonly Row[] }>;
};

/** Only the noun that is asked for is loaded. */
export const NOUNS: Readonly<Record<string, Noun>> = {
  store: { about: 'stores', load: () => import('./store.ts') },
  product: { about: 'products of a store', load: () => import('./product.ts') },
  holiday: { about: 'public holidays', load: () => import('./holiday.ts') },
  invite: { about: 'codes by which staff join', load: () => import('./invite.ts') },
  user: { about: 'who has which role', load: () => import('./user.ts') },
  link: { about: 'links that let somebody in', load: () => import('./link.ts') },
  order: { about: 'orders', load: () => import('./order.ts') },
  pay: { about: 'payments by hand', load: () => import('./pay.ts') },
  deposit: { about: 'money seen on the bank account', load: () => import('./deposit.ts') },
  refund: { about: 'money that goes back', load: () => import('./refund.ts') },
  question: { about: 'questions that buyers ask the farm', load: () => import('./question.ts') },
  receipt: { about: 'receipts that buyers ask for', load: () => import('./receipt.ts') },
  settlement: {
    about: 'what a period took, gave back and left open',
    load: () => import('./settlement.ts'),
  },
  cap: { about: 'most boxes that may be promised for a date', load: () => import('./cap.ts') },
  list: { about: "the farmer's day list", load: () => import('./list.ts') },
  parcel: { about: 'what is reported of parcels', load: () => import('./parcel.ts') },
  sheet: { about: 'files for spreadsheets and carriers', load: () => import('./sheet.ts') },
  outbox: { about: 'messages that are owed', load: () => import('./outbox.ts') },
  dlq: { about: 'messages that could not be delivered', load: () => import('./dlq.ts') },
  cron: { about: 'jobs', load: () => import('./cron.ts') },
  events: { about: 'what happens to orders', load: () => import('./events.ts') },
  privacy: { about: 'personal data', load: () => import('./privacy.ts') },
  doctor: { about: 'check the books', load: () => import('./doctor.ts') },
  backup: { about: 'copy the database while it is used', load: () => import('./backup.ts') },
  restore: {
    about: 'put a backup in the place of the database',
    load: () => import('./restore.ts'),
  },
  key: { about: 'the data key', load: () => import('./key.ts') },
  engine: {
    about: 'move the shop between SQLite and PostgreSQL',
    load: () => import('./engine.ts'),
  },
  parse: {
    about: 'read orders from JSON lines',
    load: async () => ({ commands: (await import('./reading.ts')).parsing }),
  },
  intent: {
    about: 'read intents from JSON lines',
    load: async () => ({ commands: (await import('./reading.ts')).intending }),
  },
  sim: { about: 'play a conversation', load: () => import('./sim.ts') },
};

export type Tell = (told: Told, asJson: boolean) => void;

export type Streams = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

/** Runs one command line; throws what Commander and the command throw. */
export async function runLine(
  words: readonly string[],
  { cli, tell, streams }: { readonly cli: Cli; readonly tell: Tell; readonly streams: Streams },
): Promise<void> {
  const program = new Command('sanji')
    .description('Sanji, a chat-commerce assistant for farm-direct sellers')
    .option('--json', 'print exactly one JSON value')
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.err })
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows what is possible)')
    .addHelpText('after', '\nExit codes: 0 done, 1 refused by a rule, 2 wrong usage, 3 failure.');
  const asked = words.find((word) => !word.startsWith('-') && word !== 'help');
  for (const [name, { about, load }] of Object.entries(NOUNS)) {
    const noun = program.command(name).description(about).option('--json', 'print JSON');
    if (name !== asked) continue;
    const { commands } = await load();
    for (const row of commands)
      add(row.name === '' ? noun : noun.command(row.name), row, { cli, tell });
  }
  await program.parseAsync([...words], { from: 'user' });
}

function add(command: Command, row: Row, { cli, tell }: { cli: Cli; tell: Tell }): void {
  command.description(row.about).addHelpText('after', `\nExample:\n  $ ${row.example}`);
  if (row.name !== '') command.option('--json', 'print JSON');
  for (const field of row.args ?? []) command.addArgument(argumentOf(field));
  for (const field of row.options ?? []) command.addOption(optionOf(field));
  command.action(async () => {
    const { json: _, ...given }: Record<string, unknown> = command.opts();
    for (const [index, argument] of command.registeredArguments.entries()) {
      const value: unknown = command.processedArgs[index];
      if (value !== undefined) given[argument.name()] = value;
    }
    const asJson = command.optsWithGlobals().json === true;
    const quiet = asJson ? { ...cli, progress: async () => SILENT } : cli;
    const told = await row.run(quiet, given as never);
    if (told !== null) tell(told, asJson);
  });
}

function argumentOf([flags, about, read]: Field): Argument {
  const argument = new Argument(flags, about);
  if (read !== undefined)
    argument.argParser((text, before) => collect(argument.variadic, read, { text, before }));
  return argument;
}

function optionOf([flags, about, read]: Field): Option {
  const option = new Option(flags, about);
  if (read !== undefined)
    option.argParser((text, before) => collect(option.variadic, read, { text, before }));
  return option;
}

/** Commander calls the reader once per value and leaves the gathering to it. */
function collect(
  isVariadic: boolean,
  read: NonNullable<Field[2]>,
  { text, before }: { text: string; before: unknown },
): unknown {
  if (!isVariadic) return read(text);
  return [...(Array.isArray(before) ? before : []), read(text)];
}
