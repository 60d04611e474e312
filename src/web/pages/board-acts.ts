// What is tapped on the board, with a script or without: read, done under the tap's id, and answered.
import { z } from 'zod';
import { actOnBoard, type BoardAct, type BoardDone, undoableUntil } from '../../chat/board.ts';
import { newPrintLink } from '../../chat/links.ts';
import { BOARD_STEPS } from '../../chat/pages/board.ts';
import { boardRefused, boardTold, dateOfTold, hasDone } from '../../chat/pages/board-told.ts';
import { DomainError } from '../../orders/errors.ts';
import { CAP_BOXES_MAX } from '../../orders/farm-day.ts';
import { PARCEL_STATES } from '../../orders/order.ts';
import type { SeenRow } from '../../orders/tapping.ts';
import { CARRIERS, carrierByDigits } from '../../shipping/carriers.ts';
import { type BoardPage, handOf, namesFor, openBoard, seeBoard, showBoard } from './board.ts';
import { pathOf } from './board-view.ts';
import { mustBeOurs } from './forms.ts';
import type { Asked, Exchange } from './routes.ts';

const SEEN_CHARS_MAX = 30_000;
const WAYBILLS_MAX = 20;

const several = z
  .union([z.string(), z.array(z.string())])
  .default('')
  .transform((said) => [said].flat());
const tapForm = z.looseObject({
  do: z.string().max(120),
  seen: several.pipe(z.array(z.string().max(SEEN_CHARS_MAX))),
  had: z.string().max(2_000).default(''),
  waybill: several.pipe(z.array(z.string().max(40)).max(WAYBILLS_MAX)),
  carrier: z.enum(['', ...CARRIERS.map(({ id }) => id)]).default(''),
});
type TapForm = z.infer<typeof tapForm>;

const date = z.iso.date();
const row = z.coerce.number().int().positive();
const step = z.enum(BOARD_STEPS);
const carrier = z.enum(CARRIERS.map(({ id }) => id));
const boxes = z.coerce.number().int().min(0).max(CAP_BOXES_MAX);
/** `do` is one of these words and what belongs to it, with full stops between. */
const ACTS = {
  advance: z.tuple([date, row, step]),
  upto: z.tuple([date, row, step]),
  waybill: z.tuple([date, row]),
  carrier: z.tuple([date, row, carrier]),
  cap: z.tuple([date, boxes]),
  freeze: z.tuple([date]),
  undo: z.tuple([z.string().regex(/^[\w-]{8,40}$/)]),
  print: z.tuple([date]),
} as const;

export async function tapBoard(asked: Asked, exchange: Exchange): Promise<void> {
  const page = await openBoard(asked, exchange);
  if (page === null) return;
  const { req, res } = exchange;
  const scope = { store: asked.store, secret: page.token };
  const id = mustBeOurs(req, scope, asked.publicOrigin);
  const form = tapForm.safeParse(req.body);
  if (!form.success) throw new DomainError('bad_request', 'expected a tap of the board');
  const [word = '', ...said] = wordsOf(form.data.do);
  if (word === 'print') return sendToPrint(asked, exchange, { page, said });
  const isScript = req.accepts(['html', 'json']) === 'json';
  try {
    const act = readAct(word, said, form.data);
    const hand = handOf(asked, page);
    const done = await actOnBoard(hand, id, act);
    const on = dateOfTold(done) ?? '';
    if (!isScript) return void res.redirect(303, `${pathOf(page.token)}?d=${on}&did=${id}`);
    res.json(await answerFor(asked, page, done));
  } catch (error) {
    if (!(error instanceof DomainError) || WAITS.has(error.code)) throw error;
    const text = boardRefused(error);
    res.status(409);
    if (isScript) return void res.json({ outcome: 'refused', told: text, undoMs: null });
    const seen = await seeBoard(asked, page, said[0]);
    await showBoard(asked, exchange, { seen, told: { text, isRefusal: true, undo: null } });
  }
}

/** Sent again later it may be done: no answer yet. */
const WAITS: ReadonlySet<string> = new Set(['busy', 'rate_limited']);

/** A carrier's id has a full stop of its own. */
function wordsOf(said: string): string[] {
  const [word = '', first, second, ...rest] = said.split('.');
  const third = rest.length === 0 ? [] : [rest.join('.')];
  return [word, first, second, ...third].filter((one) => one !== undefined);
}

async function answerFor(asked: Asked, page: BoardPage, done: BoardDone) {
  const names = await namesFor(asked, page, dateOfTold(done));
  const until = undoableUntil(done, handOf(asked, page));
  // A span and no instant: phones have clocks of their own.
  const undoMs = until === null ? null : until.getTime() - page.now.getTime();
  return {
    outcome: hasDone(done) ? 'done' : 'already',
    told: boardTold(done, names),
    undoMs,
  };
}

function readAct(word: string, said: readonly string[], form: TapForm): BoardAct {
  switch (word) {
    case 'advance': {
      const [on, no, to] = read(ACTS.advance, said);
      return { kind: 'tap', tap: { date: on, rows: [rowSeen(form, no)], to } };
    }
    case 'upto': {
      const [on, no, to] = read(ACTS.upto, said);
      const rows = rowsSeen(form).filter((one) => one.row <= no && isBefore(one, to));
      return {
        kind: 'tap',
        tap: { date: on, rows: rows.length === 0 ? [rowSeen(form, no)] : rows, to },
      };
    }
    case 'waybill': {
      const [on, no] = read(ACTS.waybill, said);
      return { kind: 'waybills', tap: { date: on, row: rowSeen(form, no), ...numbersIn(form) } };
    }
    case 'carrier': {
      const [on, no, by] = read(ACTS.carrier, said);
      return { kind: 'carrier', date: on, row: no, carrier: by };
    }
    case 'cap': {
      const [on, seen] = read(ACTS.cap, said);
      const capBoxes = boxes.safeParse(form[`boxes-${on}`] || undefined);
      if (!capBoxes.success)
        throw new DomainError('bad_request', 'expected a number of boxes', { max: CAP_BOXES_MAX });
      return { kind: 'cap', cap: { date: on, capBoxes: capBoxes.data, seen } };
    }
    case 'freeze': {
      const [on] = read(ACTS.freeze, said);
      return { kind: 'freeze', date: on };
    }
    case 'undo': {
      const [of] = read(ACTS.undo, said);
      return { kind: 'undo', of };
    }
    default:
      throw new DomainError(
        'bad_request',
        `expected a word of the board, got ${word.slice(0, 20)}`,
      );
  }
}

function read<T extends z.ZodType>(schema: T, said: readonly string[]): z.output<T> {
  const known = schema.safeParse(said);
  if (!known.success) throw new DomainError('bad_request', 'expected a tap of the board');
  return known.data;
}

/** `3:par_…:packed`, as the page said it of each of its rows. */
function rowsSeen({ seen }: Pick<TapForm, 'seen'>): SeenRow[] {
  return seen
    .flatMap((part) => part.split(' '))
    .flatMap((one) => {
      const [no = '', parcelId = '', said = ''] = one.split(':');
      const state = PARCEL_STATES.find((known) => known === said);
      return state === undefined ? [] : [{ row: Number(no), parcelId, state }];
    });
}

function rowSeen(form: TapForm, no: number): SeenRow {
  const seen = rowsSeen(form).find((one) => one.row === no);
  if (seen === undefined) throw new DomainError('bad_request', `expected row ${no} to be seen`);
  return seen;
}

const isBefore = ({ state }: SeenRow, to: (typeof BOARD_STEPS)[number]): boolean =>
  PARCEL_STATES.indexOf(state) < PARCEL_STATES.indexOf(to);

/** Digits only: numbers are typed and copied with all that stands between. */
function numbersIn(form: TapForm) {
  const waybills = [...new Set(form.waybill.map((one) => one.replace(/\D/g, '')))].filter(
    (one) => one !== '',
  );
  if (waybills.length === 0)
    throw new DomainError('bad_request', 'expected a waybill', { digits: 0 });
  const guessed = new Set(waybills.map(({ length }) => carrierByDigits(length)));
  const [only = null] = guessed.size === 1 ? guessed : [];
  const had = form.had.split(' ').filter((one) => one !== '');
  return { had, waybills, carrier: form.carrier || only };
}

async function sendToPrint(
  { store, publicOrigin }: Asked,
  { res }: Exchange,
  { page, said }: { readonly page: BoardPage; readonly said: readonly string[] },
): Promise<void> {
  const [on] = read(ACTS.print, said);
  const { shop, now } = page;
  const url = await newPrintLink(store, {
    storeId: shop.id,
    date: on,
    now,
    pagesUrl: publicOrigin,
  });
  res.redirect(303, new URL(url).pathname);
}
