import type { Request } from 'express';
import { callerOf } from './callerOf';
import { pageOf } from './pageOf';
import { OpenApiRouter, RouteDependencies } from './RouteDependencies';
import { withAuditEvent } from './withAuditEvent';

/** Every part of a cluster is read under one event. */
function audit<T>(
  { auditor }: Pick<RouteDependencies, 'auditor'>,
  req: unknown,
  options: { cluster?: string; work: () => Promise<T> },
): Promise<T> {
  const { cluster, work } = options;
  return withAuditEvent(
    {
      auditor,
      eventId: cluster === undefined ? 'clusters-read' : 'cluster-read',
      request: req as Request,
      ...(cluster !== undefined && { meta: { cluster } }),
    },
    work,
  );
}

/** Routes of what is reported on clusters as a whole. */
export function addClusterRoutesToRouter(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { clusters, httpAuth } = dependencies;

  router.get('/clusters', async (req, res) => {
    const list = await audit(dependencies, req, {
      work: async () =>
        clusters.list({
          caller: await callerOf(httpAuth, req),
          page: pageOf(req.query),
        }),
    });
    res.json(list);
  });

  router.get('/clusters/:cluster', async (req, res) => {
    const { cluster } = req.params;
    const report = await audit(dependencies, req, {
      cluster,
      work: async () =>
        clusters.get({ caller: await callerOf(httpAuth, req), cluster }),
    });
    res.json(report);
  });

  addChecksOfClusters(router, dependencies);
  addListsOfClusters(router, dependencies);
}

function addListsOfClusters(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { clusters, httpAuth } = dependencies;

  router.get('/clusters/:cluster/controls', async (req, res) => {
    const { cluster } = req.params;
    const { framework, status, severity, search } = req.query;
    const page = await audit(dependencies, req, {
      cluster,
      work: async () =>
        clusters.listControls({
          caller: await callerOf(httpAuth, req),
          cluster,
          filter: { framework, status, severity, search },
          page: pageOf(req.query),
        }),
    });
    res.json(page);
  });

  router.get('/clusters/:cluster/vulnerabilities', async (req, res) => {
    const { cluster } = req.params;
    const { severity, fixable, search } = req.query;
    const page = await audit(dependencies, req, {
      cluster,
      work: async () =>
        clusters.listVulnerabilities({
          caller: await callerOf(httpAuth, req),
          cluster,
          filter: { severity, fixable, search },
          page: pageOf(req.query),
        }),
    });
    res.json(page);
  });

  router.get('/clusters/:cluster/components', async (req, res) => {
    const { cluster } = req.params;
    const page = await audit(dependencies, req, {
      cluster,
      work: async () =>
        clusters.listComponents({
          caller: await callerOf(httpAuth, req),
          cluster,
          filter: { search: req.query.search },
          page: pageOf(req.query),
        }),
    });
    res.json(page);
  });
}

function addChecksOfClusters(
  router: OpenApiRouter,
  dependencies: RouteDependencies,
): void {
  const { clusters, httpAuth } = dependencies;

  router.get('/clusters/:cluster/checks', async (req, res) => {
    const { cluster } = req.params;
    const { topic, severity, search } = req.query;
    const page = await audit(dependencies, req, {
      cluster,
      work: async () =>
        clusters.listFailingChecks({
          caller: await callerOf(httpAuth, req),
          cluster,
          filter: { topic, severity, search },
          page: pageOf(req.query),
        }),
    });
    res.json(page);
  });

  router.get('/clusters/:cluster/checks/:topic/:check', async (req, res) => {
    const { cluster, topic, check } = req.params;
    const page = await audit(dependencies, req, {
      cluster,
      work: async () =>
        clusters.listCheckedObjects({
          caller: await callerOf(httpAuth, req),
          cluster,
          topic,
          check,
          page: pageOf(req.query),
        }),
    });
    res.json(page);
  });
}
