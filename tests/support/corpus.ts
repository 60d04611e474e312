// Compares readings with labelled messages, by the rules the labels were made with.
import { readFileSync } from 'node:fs';
import { readOrder } from '../../src/language/read-order.ts';
import type { OrderReading, ReadItem } from '../../src/language/reading.ts';

type ExpectedRecipient = {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly items: readonly ReadItem[];
};

export type Expected = {
  readonly kind: 'order' | 'ask' | 'none';
  readonly recipients?: readonly ExpectedRecipient[];
  readonly sender?: string | null;
  readonly depositor?: string | null;
  readonly memo?: string | null;
  readonly wanted_date?: string | null;
  readonly ask?: readonly string[];
  readonly ask_ok?: readonly string[];
};

export type Labelled = {
  readonly id: string;
  readonly text?: string;
  readonly messages?: readonly string[];
  readonly context: {
    readonly today: string;
    readonly products: readonly { readonly id: string; readonly name: string }[];
    readonly max_boxes: number;
  };
  readonly expected: Expected;
  readonly alt?: readonly Expected[];
  readonly ignore?: readonly string[];
};

export function readCorpus(path: string): Labelled[] {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Labelled);
}

export function answerTo({ text, messages, context }: Labelled): OrderReading {
  return readOrder(
    (messages ?? [text ?? '']).map((message) => ({ text: message })),
    { today: context.today, products: context.products, maxBoxes: context.max_boxes },
  );
}

export type Verdict = 'exact' | 'harmful' | 'wrong';

/** Harmful: an order was made that should not be, or one with a wrong parcel in it. */
export function judge(line: Labelled): Verdict {
  const answer = answerTo(line);
  const wanted = [line.expected, ...(line.alt ?? [])];
  if (wanted.some((expected) => isExact(expected, answer, line.ignore ?? []))) return 'exact';
  const parcels = wanted.some((expected) => sameParcels(expected, answer));
  return answer.kind === 'order' && !parcels ? 'harmful' : 'wrong';
}

function isExact(expected: Expected, answer: OrderReading, ignore: readonly string[]): boolean {
  if (expected.kind !== answer.kind) return false;
  if (answer.kind === 'none') return true;
  if (answer.kind === 'ask') {
    const asked = new Set<string>(answer.questions.map(({ field }) => field));
    const allowed = new Set([...(expected.ask ?? []), ...(expected.ask_ok ?? [])]);
    const needed = (expected.ask ?? []).every((field) => asked.has(field));
    return needed && [...asked].every((field) => allowed.has(field));
  }
  const { sender, depositor, memo, wanted, recipients } = answer.draft;
  const only = recipients.length === 1 ? recipients[0]?.name : undefined;
  const saidSender = !expected.sender && sender === only ? null : sender;
  return (
    sameParcels(expected, answer) &&
    plainName(saidSender) === plainName(expected.sender) &&
    plainName(depositor) === plainName(expected.depositor) &&
    (ignore.includes('memo') || sameMemo(memo, expected.memo)) &&
    (ignore.includes('wanted_date') || (wanted?.date ?? null) === (expected.wanted_date ?? null))
  );
}

function sameParcels(expected: Expected, answer: OrderReading): boolean {
  if (expected.kind !== 'order' || answer.kind !== 'order') return false;
  const key = ({ name, phone, address, items }: Partial<ExpectedRecipient>): string =>
    [
      plainName(name),
      phone,
      plainAddress(address ?? ''),
      ...(items ?? []).map(({ product, boxes }) => `${product}=${boxes}`).sort(),
    ].join('|');
  const said = answer.draft.recipients.map((recipient) =>
    key({
      name: recipient.name ?? '',
      phone: recipient.phone ?? '',
      address: recipient.address ?? '',
      items: recipient.items,
    }),
  );
  const wanted = (expected.recipients ?? []).map(key);
  return said.sort().join('\n') === wanted.sort().join('\n');
}

const plain = (text: string | null | undefined): string =>
  (text ?? '')
    .normalize('NFKC')
    .replace(/[\s.·]/gu, '')
    .toLowerCase();

const plainName = (name: string | null | undefined): string =>
  plain(name).replace(/(?:님|씨|귀하|고객님)$/u, '');

const plainAddress = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(\d)[\s,]+(?=\d)/gu, '$1|')
    .replace(/[\s,.]/gu, '');

function sameMemo(a: string | null, b: string | null | undefined): boolean {
  const [x, y] = [plain(a), plain(b)];
  if (x === y) return true;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  return short.length > 0 && long.includes(short) && short.length * 2 >= long.length;
}
