import { callerOf } from './callerOf';
import { imageOf, ImageParameters, imageReadEvent } from './imageOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** Routes of one image in one repository. */
export function addImageRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { service, httpAuth, auditor } = dependencies;
  const eventOf = (queryType: string, request: ImageParameters) =>
    imageReadEvent({ auditor, queryType, request });

  router.get('/images/:digest', async (req, res) => {
    const report = await withAuditEvent(eventOf('image', req), async () =>
      service.getImage({
        ...imageOf(req),
        caller: await callerOf(httpAuth, req),
      }),
    );
    res.json(report);
  });

  router.get('/images/:digest/vulnerabilities', async (req, res) => {
    const { search, severity, fixable, exploited } = req.query;
    const page = await withAuditEvent(
      eventOf('vulnerabilities', req),
      async () =>
        service.listVulnerabilities({
          ...imageOf(req),
          caller: await callerOf(httpAuth, req),
          page: pageOf(req.query),
          search,
          severity,
          fixable,
          exploited,
        }),
    );
    res.json(page);
  });

  router.get('/images/:digest/vulnerability-groups', async (req, res) => {
    const { search, severity, fixable, exploited, by = 'fix' } = req.query;
    const page = await withAuditEvent(
      eventOf('vulnerability-groups', req),
      async () =>
        service.groupVulnerabilities({
          ...imageOf(req),
          caller: await callerOf(httpAuth, req),
          page: pageOf(req.query),
          by,
          search,
          severity,
          fixable,
          exploited,
        }),
    );
    res.json(page);
  });

  router.get('/images/:digest/components', async (req, res) => {
    const page = await withAuditEvent(eventOf('components', req), async () =>
      service.listComponents({
        ...imageOf(req),
        caller: await callerOf(httpAuth, req),
        page: pageOf(req.query),
        search: req.query.search,
      }),
    );
    res.json(page);
  });

  router.get('/images/:digest/history', async (req, res) => {
    const page = await withAuditEvent(eventOf('history', req), async () =>
      service.listHistory({
        ...imageOf(req),
        caller: await callerOf(httpAuth, req),
        page: pageOf(req.query),
      }),
    );
    res.json(page);
  });
}
