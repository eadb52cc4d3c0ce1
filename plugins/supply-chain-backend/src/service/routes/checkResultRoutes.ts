import { CheckResultFilter } from 'backstage-plugin-supply-chain-common';
import type { Request } from 'express';
import { callerOf } from './callerOf';
import { refOf } from './entityRoutes';
import { imageOf, imageReadEvent } from './imageOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** Which results of checks a route is asked for. */
export function checkResultsOf(query: CheckResultFilter): {
  filter: CheckResultFilter;
} {
  const { topic, failing, severity, search } = query;
  return { filter: { topic, failing, severity, search } };
}

/** Routes of what scanners of the clusters checked beside vulnerabilities. */
export function addCheckResultRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;

  router.get('/entities/:kind/:namespace/:name/checks', async (req, res) => {
    const ref = refOf(req.params);
    const page = await withAuditEvent(
      {
        auditor,
        eventId: 'entity-read',
        request: req as unknown as Request,
        meta: { queryType: 'checks', entityRef: ref },
      },
      async () =>
        service.listEntityChecks({
          ref,
          ...checkResultsOf(req.query),
          caller: await callerOf(httpAuth, req),
          page: pageOf(req.query),
        }),
    );
    res.json(page);
  });

  router.get('/images/:digest/checks', async (req, res) => {
    const event = imageReadEvent({
      auditor,
      queryType: 'checks',
      request: req,
    });
    const page = await withAuditEvent(event, async () =>
      service.listImageChecks({
        ...imageOf(req),
        ...checkResultsOf(req.query),
        caller: await callerOf(httpAuth, req),
        page: pageOf(req.query),
      }),
    );
    res.json(page);
  });
}
