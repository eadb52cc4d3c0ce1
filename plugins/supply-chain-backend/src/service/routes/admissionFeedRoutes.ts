import type { Request } from 'express';
import { callerOf } from './callerOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** The route of what admission webhooks follow. */
export function addAdmissionFeedRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { admissionFeed, httpAuth, auditor } = dependencies;

  router.get('/verdicts', async (req, res) => {
    const envelope = await withAuditEvent(
      {
        auditor,
        eventId: 'admission-feed-read',
        request: req as unknown as Request,
      },
      async () =>
        admissionFeed.read({
          caller: await callerOf(httpAuth, req),
          since: req.query.since ?? '',
        }),
    );
    res.json(envelope);
  });
}
