// All pages of the house but the chat: where each is, and what they share.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { DomainError } from '../../orders/errors.ts';
import type { Engine } from '../../payments/store.ts';
import type { Live } from '../live.ts';
import { type Assets, sendAsset } from './assets.ts';
import { readForm } from './forms.ts';
import type { OpsDoor } from './ops-door.ts';
import { pageRefusals } from './refusals.ts';

/** What every page may ask of the rest of the house. */
export type Asked = {
  readonly store: Engine;
  readonly now: () => Date;
  /** Gets no personal data and no token. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly assets: () => Promise<Assets>;
  readonly live: Live;
  /** How the outside reaches us, without a path: forms come from there. */
  readonly publicOrigin: string;
  /** For how long what a farmer did can be taken back. */
  readonly undoWindowMs: number;
  readonly ops: OpsDoor;
};

export type Exchange = {
  readonly req: Request<Readonly<Record<string, string>>>;
  readonly res: Response;
};

/** A page, and what is done on it; its HTML and words are loaded with its first reader. */
export type PageRoute = {
  readonly path: string;
  readonly get?: (asked: Asked, exchange: Exchange) => Promise<void>;
  /** Gets the fields of a form. */
  readonly post?: (asked: Asked, exchange: Exchange) => Promise<void>;
};

const PAGES: readonly PageRoute[] = [
  {
    path: '/store/:id',
    get: async (asked, exchange) => (await import('./store.ts')).sendStore(asked, exchange),
  },
  {
    path: '/privacy/:id',
    get: async (asked, exchange) => (await import('./store.ts')).sendPrivacy(asked, exchange),
  },
  {
    path: '/print/:token',
    get: async (asked, exchange) => (await import('./print.ts')).sendPrint(asked, exchange),
  },
  {
    path: '/o/:token',
    get: async (asked, exchange) => (await import('./order.ts')).sendOrder(asked, exchange),
  },
  {
    path: '/o/:token/events',
    get: async (asked, exchange) => (await import('./order.ts')).streamOrder(asked, exchange),
  },
  {
    path: '/o/:token/why',
    get: async (asked, exchange) => (await import('./order.ts')).sendWhy(asked, exchange),
  },
  {
    path: '/o/:token/paid',
    post: async (asked, exchange) => (await import('./order-acts.ts')).claimPaid(asked, exchange),
  },
  {
    path: '/o/:token/cancel',
    get: async (asked, exchange) => (await import('./order-acts.ts')).askCancel(asked, exchange),
    post: async (asked, exchange) => (await import('./order-acts.ts')).cancel(asked, exchange),
  },
  {
    path: '/o/:token/address',
    get: async (asked, exchange) => (await import('./order-acts.ts')).askAddress(asked, exchange),
    post: async (asked, exchange) =>
      (await import('./order-acts.ts')).changeAddress(asked, exchange),
  },
  {
    path: '/o/:token/problem',
    get: async (asked, exchange) => (await import('./order-acts.ts')).askProblem(asked, exchange),
    post: async (asked, exchange) =>
      (await import('./order-acts.ts')).reportProblem(asked, exchange),
  },
  {
    path: '/board/:token',
    get: async (asked, exchange) => (await import('./board.ts')).sendBoard(asked, exchange),
    post: async (asked, exchange) => (await import('./board-acts.ts')).tapBoard(asked, exchange),
  },
  {
    path: '/board/:token/events',
    get: async (asked, exchange) => (await import('./board.ts')).streamBoard(asked, exchange),
  },
  {
    path: '/board/:token/waybill',
    get: async (asked, exchange) => (await import('./board.ts')).askWaybills(asked, exchange),
  },
  {
    path: '/ops',
    get: async (asked, exchange) => (await import('./ops.ts')).sendOps(asked, exchange),
  },
  {
    path: '/ops/events',
    get: async (asked, exchange) => (await import('./ops.ts')).streamOps(asked, exchange),
  },
  {
    path: '/ops/login',
    post: async (asked, exchange) => (await import('./ops-door.ts')).logIn(asked, exchange),
  },
  {
    path: '/ops/logout',
    post: async (asked, exchange) => (await import('./ops-door.ts')).logOut(asked, exchange),
  },
  {
    path: '/ops/letters/retry',
    post: async (asked, exchange) => (await import('./ops-acts.ts')).retryAll(asked, exchange),
  },
  {
    path: '/ops/letters/:id/retry',
    post: async (asked, exchange) => (await import('./ops-acts.ts')).retry(asked, exchange),
  },
  {
    path: '/ops/letters/:id/drop',
    get: async (asked, exchange) => (await import('./ops-acts.ts')).askDrop(asked, exchange),
    post: async (asked, exchange) => (await import('./ops-acts.ts')).drop(asked, exchange),
  },
  {
    path: '/assets/:hash/:name',
    async get({ assets }, { req, res }) {
      const { hash = '', name = '' } = req.params;
      const asset = (await assets()).find(hash, name);
      if (asset === null) throw new DomainError('not_found', 'there is no such file');
      sendAsset(req, res, asset);
    },
  },
];

export function createPages(asked: Asked, perAddress: RequestHandler): Router {
  const router = Router();
  for (const { path, get, post } of PAGES) {
    const mounted = router.route(path).all(perAddress);
    const by = (answer: NonNullable<PageRoute['get']>): RequestHandler => {
      return async (req, res) => answer(asked, { req: req as Exchange['req'], res });
    };
    if (get !== undefined) mounted.get(by(get));
    if (post !== undefined) mounted.post(readForm, by(post));
    mounted.all(refuseMethod([...(get ? ['GET', 'HEAD'] : []), ...(post ? ['POST'] : [])]));
  }
  router.use(
    PAGES.map(({ path }) => path),
    pageRefusals(asked),
  );
  return router;
}

function refuseMethod(methods: readonly string[]): RequestHandler {
  return (_req, res, next) => {
    res.set('allow', methods.join(', '));
    next(new DomainError('method_not_allowed', `expected ${methods.join(' or ')}`));
  };
}
