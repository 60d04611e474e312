// The web server: the whole way of a request is on this page. Bots come first, with nothing before
// them but the counting; then the API's table; whatever is refused leaves as problem+json.
import express, {
  type Express,
  json,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import helmet from 'helmet';
import { DomainError, whereItBroke } from '../orders/errors.ts';
import type { QueueFigures } from '../orders/store.ts';
import type { Engine } from '../payments/store.ts';
import { BANK_HEADER, bankDoor, type Caller, installationKeys, keyring } from './auth.ts';
import { bankRoutes } from './bank-routes.ts';
import { changeRoutes } from './change-routes.ts';
import { answerOnce } from './idempotency.ts';
import { LIMITS, type Limits, letAnybodyIn, limitsFor, TRUSTED_PROXIES } from './limits.ts';
import { createLive, type Live } from './live.ts';
import { Meter } from './meter.ts';
import { opsFigures, type Running, unknownRunning } from './ops-figures.ts';
import { orderRoutes } from './order-routes.ts';
import { shelf } from './pages/assets.ts';
import { type Asked, createPages } from './pages/routes.ts';
import { BODY_MAX, isProblem, problemOf, refusalOf, sendProblem } from './problem.ts';
import type { Api, Door, RawCall, Route } from './route.ts';
import { shipmentRoutes } from './shipment-routes.ts';
import { storeRoutes } from './store-routes.ts';
import { takeTurns } from './turns.ts';

export type ServerOptions = {
  readonly store: Engine;
  /** API key → its only store, or null for all. */
  readonly apiKeys: ReadonlyMap<string, string | null>;
  /** Whoever passes on the bank's notices says it; null: nobody does. */
  readonly bankSecret?: string | null;
  readonly newOrderId: () => string;
  readonly now: () => Date;
  /** Gets no personal data: no body, no query, no path with a reference in it. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly botRoutes: readonly Router[];
  readonly isReady: () => boolean | Promise<boolean>;
  readonly publicBaseUrl: string;
  /** Counts from outside, too; absent, the server has one of its own. */
  readonly meter?: Meter;
  readonly queueFigures?: () => Promise<QueueFigures>;
  readonly limits?: Limits;
  /** What is known of the process itself; absent, nothing is. */
  readonly running?: Running;
  /** The open pages; whoever stops the server ends them. Absent, the server has its own. */
  readonly live?: Live;
  /** For how long what a farmer did on his board can be taken back; as in the chat. */
  readonly undoWindowMs?: number;
  /** The files of the pages, shared with the chat. */
  readonly assets?: Asked['assets'];
};

export const API_ROUTES: readonly Route[] = [
  ...orderRoutes,
  ...changeRoutes,
  ...shipmentRoutes,
  ...storeRoutes,
  ...bankRoutes,
];

export function createServer(options: ServerOptions): Express {
  const { meter = new Meter(), limits = LIMITS } = options;
  const app = express();
  app.disable('x-powered-by');
  // Hashing every answer costs a fifth of the throughput, and no caller asks twice for the same.
  app.set('etag', false);
  app.set('trust proxy', TRUSTED_PROXIES);
  app.use(meter.watch);
  for (const routes of options.botRoutes) app.use(routes);
  app.use(helmet());
  mountOperations(app, options, meter);
  const limited = limitsFor(limits);
  mountDescription(app, limited);
  app.use(createPages(pagesAsked({ ...options, meter }, limited), limited.perAddress));
  mountApi(app, options, limited);
  app.use((_req, _res, next) => next(new DomainError('not_found', 'there is no such path')));
  app.use(lastResort(options));
  return app;
}

type Limited = ReturnType<typeof limitsFor>;

function mountOperations(app: Express, options: ServerOptions, meter: Meter): void {
  const { store, isReady, queueFigures = null } = options;
  app.get('/healthz', (_req, res) => void res.json({ ok: true }));
  app.get('/readyz', async (_req, res) => {
    const ready = await isReady();
    if (!ready) res.set('retry-after', '1');
    res.status(ready ? 200 : 503).json({ ready });
  });
  const metrics = lazily(async () =>
    (await import('./metrics.ts')).createMetrics({ meter, store, queueFigures }),
  );
  app.get('/metrics', async (_req, res) => {
    const { contentType, render } = await metrics();
    res.set('content-type', contentType).send(await render());
  });
  for (const path of ['/healthz', '/readyz', '/metrics']) app.all(path, refuseMethod(GET_ONLY));
}

/** The API described for programs and for people; nothing of it is loaded before somebody asks. */
function mountDescription(app: Express, limited: Limited): void {
  const description = lazily(async () => (await import('./openapi.ts')).describeApi(API_ROUTES));
  const docs = () => import('./docs.ts');
  const pages: Readonly<Record<string, (res: Response) => Promise<unknown>>> = {
    '/openapi.json': async (res) => res.json(await description()),
    '/docs': async (res) => {
      const { DOCS_CSP, docsPage } = await docs();
      res.set('content-security-policy', DOCS_CSP).type('html').send(docsPage());
    },
    '/docs/page.css': async (res) => res.type('css').send((await docs()).DOCS_CSS),
    '/docs/page.js': async (res) => res.type('js').send((await docs()).DOCS_JS),
  };
  for (const [path, answer] of Object.entries(pages)) {
    app.get(path, limited.perAddress, async (_req, res) => void (await answer(res)));
    app.all(path, refuseMethod(GET_ONLY));
  }
  app.get('/docs/:file', limited.perAddress, async (req, res, next) => {
    const { DOCS_FILES, docsFile } = await docs();
    const file = DOCS_FILES.find((name) => name === req.params.file);
    if (file === undefined) return next();
    res.sendFile(docsFile(file), { maxAge: DOCS_FILES_MAX_AGE_MS });
  });
}

const UNDO_WINDOW_MS = 5 * 60_000;

function pagesAsked(
  options: ServerOptions & { readonly meter: Meter },
  { logins: tries }: Limited,
): Asked {
  const { store, now, log, publicBaseUrl, assets = shelf(), apiKeys, meter } = options;
  const live = options.live ?? liveOf({ store, log });
  const running = options.running ?? unknownRunning(now());
  const { origin: publicOrigin } = new URL(publicBaseUrl);
  const { undoWindowMs = UNDO_WINDOW_MS } = options;
  const figures = opsFigures({ store, now, meter, live, running });
  const ops = { keys: installationKeys(apiKeys, store), tries, figures };
  return { store, now, log, assets, live, publicOrigin, undoWindowMs, ops };
}

export function liveOf({ store, log }: Pick<ServerOptions, 'store' | 'log'>): Live {
  return createLive({
    watch: (watched, wake) => store.watch(watched, wake),
    onBroken: (error) => log('live.failed', whereItBroke(error)),
  });
}

function mountApi(app: Express, options: ServerOptions, limited: Limited): void {
  const { store, now, newOrderId, publicBaseUrl: baseUrl } = options;
  const inTurn = takeTurns();
  const api: Api = { store, now, newOrderId, inTurn };
  const once = answerOnce({ store, now, baseUrl }, inTurn);
  const doors: Readonly<Record<Door, readonly RequestHandler[]>> = {
    key: [limited.letIn(keyring(options.apiKeys)), limited.perKey],
    anybody: [letAnybodyIn, limited.perAddress],
    bank: [limited.letIn(bankDoor(options.bankSecret ?? null), BANK_HEADER), limited.perKey],
  };
  for (const [path, routes] of Map.groupBy(API_ROUTES, (row) => row.path)) {
    const mounted = app.route(path);
    for (const row of routes) {
      const answer: RequestHandler = async (req, res) => {
        const { status, body } = await row.run(api, once, rawCallOf(req, callerOf(res)));
        if (isProblem(body)) return sendProblem(res, body);
        res.status(status).json(body);
      };
      // The key comes before the parser: of a stranger's body nothing is read.
      const reading = row.body === null ? [] : [mustBeJson, json({ limit: BODY_MAX })];
      mounted[row.method](...doors[row.door], ...reading, answer);
    }
    mounted.all(refuseMethod(routes));
  }
}

const GET_ONLY: readonly Pick<Route, 'method'>[] = [{ method: 'get' }];
const DOCS_FILES_MAX_AGE_MS = 86_400_000;

/** Built at the first call, once. */
function lazily<T>(build: () => Promise<T>): () => Promise<T> {
  let built: Promise<T> | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

/** The one that was let in; Express keeps what handlers hand on untyped. */
function callerOf(res: Response): Caller {
  return res.locals.caller as Caller;
}

function rawCallOf(req: Request, caller: Caller): RawCall {
  const { params, query } = req;
  // A call without a body says the same as one with an empty object.
  const body: unknown = req.body ?? {};
  return { caller, params, query, body, idempotencyKey: req.get('idempotency-key') };
}

const mustBeJson: RequestHandler = (req, _res, next) => {
  // Many clients announce a body of no length: that is none, of whatever type. `is` answers null
  // where nothing is announced.
  if (req.get('content-length') === '0' || req.is('json') !== false) next();
  else next(new DomainError('unsupported_type', 'expected the content type application/json'));
};

function refuseMethod(routes: readonly Pick<Route, 'method'>[]): RequestHandler {
  const methods = routes.map(({ method }) => method.toUpperCase());
  const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  return (_req, res, next) => {
    res.set('allow', allowed.join(', '));
    next(new DomainError('method_not_allowed', `expected ${allowed.join(' or ')}`));
  };
}

export { shelf } from './pages/assets.ts';

function lastResort({ log, publicBaseUrl }: ServerOptions) {
  // Express knows an error handler by its four parameters.
  return (error: unknown, req: Request, res: Response, next: NextFunction): void => {
    const refusal = refusalOf(error);
    if (refusal === null) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      const asked = { method: req.method, route: req.route?.path ?? null };
      log('web.failed', { ...asked, code, ...whereItBroke(error) });
    }
    if (res.headersSent) next(error);
    else sendProblem(res, problemOf(refusal, publicBaseUrl));
  };
}
