import { schema } from 'backstage-plugin-supply-chain-common';
import type { Request } from 'express';
import { OverviewRequest } from '../SupplyChainService';
import { callerOf } from './callerOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** Which services, and in which order. */
export function servicesOf(
  query: schema.GetOverview['query'],
): Pick<OverviewRequest<never>, 'filter' | 'under' | 'order'> {
  return {
    filter: {
      // A single value comes as text.
      owners: query.owner && [query.owner].flat(),
      system: query.system,
      lifecycle: query.lifecycle,
      cluster: query.cluster,
      outcome: query.outcome,
      signature: query.signature,
      provenance: query.provenance,
      registry: query.registry,
      scan: query.scan,
      search: query.search,
    },
    under: query.policy
      ? {
          policy: query.policy,
          rule: query.rule,
          outcome: query.policyOutcome,
        }
      : undefined,
    order: {
      by: query.orderBy ?? 'outcome',
      direction: query.order ?? 'asc',
    },
  };
}

/** The route of the portal-wide overview. */
export function addOverviewRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;

  router.get('/overview', async (req, res) => {
    const { query } = req;
    const overview = await withAuditEvent(
      {
        auditor,
        eventId: 'overview-read',
        request: req as unknown as Request,
      },
      async () =>
        service.getOverview({
          caller: await callerOf(httpAuth, req),
          ...servicesOf(query),
          page: pageOf(query),
        }),
    );
    res.json(overview);
  });
}
