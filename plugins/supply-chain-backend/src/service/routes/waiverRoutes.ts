import { isDigest } from 'backstage-plugin-supply-chain-common';
import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { WaiverVerb } from '../WaiverService';
import { callerOf } from './callerOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

type Place = {
  entityRef: string;
  repository: string;
  digest?: string;
  policy: string;
  rule: string;
};

function placeOf({ entityRef, repository, digest, policy, rule }: Place) {
  if (digest !== undefined && !isDigest(digest)) {
    throw new InputError(
      'Expected a digest such as `sha256:` and 64 lower-case hexadecimal digits',
    );
  }
  return {
    entityRef: entityRef.toLocaleLowerCase('en-US'),
    repository,
    ...(digest && { digest }),
    policy,
    rule,
  };
}

/** Routes of waivers. */
export function addWaiverRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  addReadingRoutes(router, dependencies);
  addRequestRoute(router, dependencies);
  addDecisionRoutes(router, dependencies);
}

function addReadingRoutes(
  router: OpenApiRouter,
  { waivers, httpAuth, auditor }: RouteDependencies,
): void {
  const eventOf = (
    queryType: string,
    req: unknown,
    meta: Record<string, string> = {},
  ) => ({
    auditor,
    eventId: 'waivers-read',
    request: req as Request,
    meta: { queryType, ...meta },
  });

  router.get('/waivers', async (req, res) => {
    const { state: list, ...query } = req.query;
    const page = await withAuditEvent(eventOf('list', req), async () =>
      waivers.listWaivers({
        caller: await callerOf(httpAuth, req),
        list,
        search: query.search,
        entityRef: query.entityRef,
        repository: query.repository,
        digest: query.digest,
        page: pageOf(query),
      }),
    );
    res.json(page);
  });

  router.get('/waivers/preview', async (req, res) => {
    const preview = await withAuditEvent(
      eventOf('preview', req, { entityRef: req.query.entityRef }),
      async () =>
        waivers.previewWaiver({
          caller: await callerOf(httpAuth, req),
          place: placeOf(req.query),
        }),
    );
    res.json(preview);
  });

  router.get('/waivers/:id/events', async (req, res) => {
    const { id } = req.params;
    const events = await withAuditEvent(
      eventOf('events', req, { waiver: id }),
      async () =>
        waivers.listWaiverEvents({
          caller: await callerOf(httpAuth, req),
          id,
        }),
    );
    res.json(events);
  });
}

function addRequestRoute(
  router: OpenApiRouter,
  { waivers, httpAuth, auditor, waiverLimit }: RouteDependencies,
): void {
  router.post('/waivers', async (req, res) => {
    const { body } = req;
    const { entityRef, repository, policy, rule } = body;
    const report = await withAuditEvent(
      {
        auditor,
        eventId: 'waiver-request',
        severityLevel: 'medium',
        request: req as unknown as Request,
        meta: { entityRef, repository, policy, rule },
      },
      async () => {
        const caller = await callerOf(httpAuth, req);
        waiverLimit.take(caller);
        return waivers.requestWaiver({
          caller,
          place: placeOf(body),
          reach: {
            scope: body.scope,
            everywhere: body.everywhere ?? false,
            vulnerability: body.vulnerability,
          },
          includeUnknown: body.includeUnknown ?? false,
          reason: body.reason,
          ticket: body.ticket,
          expires: body.expires,
        });
      },
    );
    res.status(201).json(report);
  });
}

function addDecisionRoutes(
  router: OpenApiRouter,
  { waivers, httpAuth, auditor }: RouteDependencies,
): void {
  const decide = async (
    verb: WaiverVerb,
    req: { params: { id: string }; body?: { comment?: string } },
  ) =>
    withAuditEvent(
      {
        auditor,
        eventId: `waiver-${verb}`,
        severityLevel: 'high',
        request: req as unknown as Request,
        meta: { waiver: req.params.id },
      },
      async () =>
        waivers.decideWaiver({
          caller: await callerOf(httpAuth, req),
          id: req.params.id,
          verb,
          comment: req.body?.comment,
        }),
    );

  router.post('/waivers/:id/approve', async (req, res) => {
    res.json(await decide('approve', req));
  });
  router.post('/waivers/:id/deny', async (req, res) => {
    res.json(await decide('deny', req));
  });
  router.post('/waivers/:id/withdraw', async (req, res) => {
    res.json(await decide('withdraw', req));
  });
  router.post('/waivers/:id/end', async (req, res) => {
    res.json(await decide('end', req));
  });
}
