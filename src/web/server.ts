// The web server: the whole way of a request is on this page. Bots come first, with nothing before
// them; then the API's table; whatever is refused leaves as problem+json.
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
import type { Store } from '../orders/store.ts';
import { ANYBODY, type Caller, keyring } from './auth.ts';
import { answerOnce } from './idempotency.ts';
import { orderRoutes } from './order-routes.ts';
import { BODY_MAX, problemOf, refusalOf, sendProblem } from './problem.ts';
import type { Api, RawCall, Route } from './route.ts';
import { shipmentRoutes } from './shipment-routes.ts';
import { storeRoutes } from './store-routes.ts';
import { takeTurns } from './turns.ts';

export type ServerOptions = {
  readonly store: Store;
  /** API key → its only store, or null for all. */
  readonly apiKeys: ReadonlyMap<string, string | null>;
  readonly newOrderId: () => string;
  readonly now: () => Date;
  /** Gets no personal data: no body, no query, no path with a reference in it. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly botRoutes: readonly Router[];
  readonly isReady: () => boolean;
  readonly publicBaseUrl: string;
};

export const API_ROUTES: readonly Route[] = [...orderRoutes, ...shipmentRoutes, ...storeRoutes];

export function createServer(options: ServerOptions): Express {
  const { store, now, newOrderId, publicBaseUrl: baseUrl } = options;
  const app = express();
  app.disable('x-powered-by');
  // Hashing every answer costs a fifth of the throughput, and no caller asks twice for the same.
  app.set('etag', false);
  for (const routes of options.botRoutes) app.use(routes);
  app.use(helmet());
  mountHealth(app, options.isReady);
  const inTurn = takeTurns();
  const api: Api = { store, now, newOrderId, inTurn };
  const once = answerOnce({ store, now, baseUrl }, inTurn);
  const identify = keyring(options.apiKeys);
  for (const [path, routes] of Map.groupBy(API_ROUTES, (row) => row.path)) {
    const mounted = app.route(path);
    for (const row of routes) {
      const answer: RequestHandler = async (req, res) => {
        const { status, body } = await row.run(api, once, rawCallOf(req, callerOf(res)));
        res.status(status);
        if (status >= 400) res.type('application/problem+json');
        res.json(body);
      };
      // The key comes before the parser: of a stranger's body nothing is read.
      const reading = row.body === null ? [] : [mustBeJson, json({ limit: BODY_MAX })];
      mounted[row.method](letIn(row, identify), ...reading, answer);
    }
    mounted.all(refuseMethod(routes));
  }
  app.use((_req, _res, next) => next(new DomainError('not_found', 'there is no such path')));
  app.use(lastResort(options));
  return app;
}

function mountHealth(app: Express, isReady: () => boolean): void {
  app.get('/healthz', (_req, res) => void res.json({ ok: true }));
  app.get('/readyz', (_req, res) => {
    const ready = isReady();
    if (!ready) res.set('retry-after', '1');
    res.status(ready ? 200 : 503).json({ ready });
  });
  const get: readonly Pick<Route, 'method'>[] = [{ method: 'get' }];
  app.all(['/healthz', '/readyz'], refuseMethod(get));
}

function letIn(row: Route, identify: ReturnType<typeof keyring>): RequestHandler {
  return (req, res, next) => {
    res.locals.caller = row.isPublic ? ANYBODY : identify(req.get('authorization'));
    next();
  };
}

/** The one that `letIn` found; Express keeps what handlers hand on untyped. */
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
