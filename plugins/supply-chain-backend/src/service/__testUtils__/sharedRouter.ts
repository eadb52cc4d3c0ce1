import { AsyncLocalStorage } from 'node:async_hooks';
import { Handler, Router } from 'express';
import { createRouter, RouterOptions } from '../createRouter';
import { createRateLimits, RateLimits } from '../rateLimits';

/** All that {@link createRouter} takes. */
export type ServedOptions = Required<RouterOptions>;

/** Whom the request at hand is for. */
const asked = new AsyncLocalStorage<ServedOptions>();

/** By the one option that is read while a router is made. */
const routers = new Map<number, Promise<Router>>();

/**
 * What {@link createRouter} serves. All routers of a test file are one that asks whom a request is for: the first request
 * of a router compiles the OpenAPI document, which takes longer than most tests.
 */
export async function sharedRouter(options: ServedOptions): Promise<Handler> {
  const { uploadMaxBytes } = options;
  const router = routers.get(uploadMaxBytes) ?? createShared(options);
  routers.set(uploadMaxBytes, router);
  const serve = await router;
  return (req, res, next) => asked.run(options, () => serve(req, res, next));
}

function createShared(options: ServedOptions): Promise<Router> {
  const limits = Object.fromEntries(
    Object.keys(createRateLimits()).map(name => [
      name,
      forwarded(({ limits: own }) => own[name as keyof RateLimits]),
    ]),
  ) as RateLimits;
  return createRouter({
    service: forwarded(({ service }) => service),
    waivers: forwarded(({ waivers }) => waivers),
    clusters: forwarded(({ clusters }) => clusters),
    exports: forwarded(({ exports }) => exports),
    checks: forwarded(({ checks }) => checks),
    uploads: forwarded(({ uploads }) => uploads),
    uploadMaxBytes: options.uploadMaxBytes,
    admissionFeed: forwarded(({ admissionFeed }) => admissionFeed),
    notifications: forwarded(({ notifications }) => notifications),
    httpAuth: forwarded(({ httpAuth }) => httpAuth),
    auditor: forwarded(({ auditor }) => auditor),
    limits,
    onInvalidResponse: error => current().onInvalidResponse(error),
  });
}

/** Stands for what the request at hand is served with. */
function forwarded<T extends object>(of: (options: ServedOptions) => T): T {
  return new Proxy({} as T, {
    get: (_, name) => {
      const target = of(current());
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function current(): ServedOptions {
  const options = asked.getStore();
  if (!options) {
    throw new Error('nobody asked');
  }
  return options;
}
