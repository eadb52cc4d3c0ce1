import { schema } from 'backstage-plugin-supply-chain-common';
import { ComparisonRequest } from '../SupplyChainService';
import { callerOf } from './callerOf';
import { digestOf, imageOf, ImageParameters, imageReadEvent } from './imageOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/**
 * Which findings of which two images.
 *
 * @throws InputError
 */
export function comparedFindingsOf(
  request: ImageParameters & { query: schema.GetImageComparison['query'] },
): Omit<ComparisonRequest<never>, 'caller' | 'page'> {
  const image = imageOf(request);
  const { withDigest, withRepository, sort = 'change' } = request.query;
  const { change, search, severity, fixable, exploited } = request.query;
  return {
    image,
    other: {
      digest: digestOf(withDigest),
      repository: withRepository ?? image.repository,
    },
    sort,
    change,
    search,
    severity,
    fixable,
    exploited,
  };
}

/** Routes of two images side by side. */
export function addComparisonRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;

  router.get('/images/:digest/comparison', async (req, res) => {
    const { withDigest, withRepository } = req.query;
    const event = imageReadEvent({
      auditor,
      queryType: 'comparison',
      request: req,
      meta: { withDigest, withRepository },
    });
    const comparison = await withAuditEvent(event, async () =>
      service.compareImages({
        ...comparedFindingsOf(req),
        caller: await callerOf(httpAuth, req),
        page: pageOf(req.query),
      }),
    );
    res.json(comparison);
  });

  router.get('/images/:digest/comparison-candidates', async (req, res) => {
    const event = imageReadEvent({
      auditor,
      queryType: 'comparisonCandidates',
      request: req,
    });
    const candidates = await withAuditEvent(event, async () =>
      service.listComparisonCandidates({
        ...imageOf(req),
        caller: await callerOf(httpAuth, req),
      }),
    );
    res.json(candidates);
  });
}
