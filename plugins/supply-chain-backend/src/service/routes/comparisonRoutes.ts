import { callerOf } from './callerOf';
import { digestOf, imageOf, imageReadEvent } from './imageOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** Routes of two images side by side. */
export function addComparisonRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;

  router.get('/images/:digest/comparison', async (req, res) => {
    const { withDigest, withRepository, sort = 'change' } = req.query;
    const { change, search, severity, fixable, exploited } = req.query;
    const event = imageReadEvent({
      auditor,
      queryType: 'comparison',
      request: req,
      meta: { withDigest, withRepository },
    });
    const comparison = await withAuditEvent(event, async () => {
      const image = imageOf(req);
      return service.compareImages({
        image,
        other: {
          digest: digestOf(withDigest),
          repository: withRepository ?? image.repository,
        },
        caller: await callerOf(httpAuth, req),
        page: pageOf(req.query),
        sort,
        change,
        search,
        severity,
        fixable,
        exploited,
      });
    });
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
