import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Request } from 'express';
import { callerOf } from './callerOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** The full ref of an entity a route is asked for, lower case. */
export function refOf(path: { kind: string; namespace: string; name: string }) {
  return stringifyEntityRef({
    kind: path.kind,
    namespace: path.namespace,
    name: path.name,
  }).toLocaleLowerCase('en-US');
}

/** Routes of one entity. */
export function addEntityRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor, recheckLimit } = dependencies;

  router.get('/entities/:kind/:namespace/:name', async (req, res) => {
    const ref = refOf(req.params);
    const report = await withAuditEvent(
      {
        auditor,
        eventId: 'entity-read',
        request: req as unknown as Request,
        meta: { entityRef: ref },
      },
      async () =>
        service.getEntity({ ref, caller: await callerOf(httpAuth, req) }),
    );
    res.json(report);
  });

  router.post('/entities/:kind/:namespace/:name/recheck', async (req, res) => {
    const ref = refOf(req.params);
    const ticket = await withAuditEvent(
      {
        auditor,
        eventId: 'entity-recheck',
        severityLevel: 'medium',
        request: req as unknown as Request,
        meta: { entityRef: ref },
      },
      async () => {
        const caller = await callerOf(httpAuth, req);
        recheckLimit.take(caller);
        return service.recheckEntity({ ref, caller });
      },
    );
    res.status(202).json(ticket);
  });
}
