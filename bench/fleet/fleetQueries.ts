import { DefaultSupplyChainService } from '../../plugins/supply-chain-backend/src/service/DefaultSupplyChainService';
import {
  SEES_EVERYTHING,
  VisibleEntities,
} from '../../plugins/supply-chain-backend/src/permissions/VisibleEntities';
import {
  CLUSTERS,
  entityName,
  entityOfImage,
  FleetSize,
  groupOf,
  imageAt,
  vulnerabilityName,
} from './fleetShape';

/** One thing somebody asks; `round` varies what exactly. */
export type FleetQuery = {
  name: string;
  run: (round: number) => Promise<unknown>;
};

const PAGE = { offset: 0, limit: 25 };
const ORDER = { by: 'outcome', direction: 'asc' } as const;

/** What pages ask, as somebody who sees everything and as somebody who sees what their team owns. */
export function fleetQueries(
  service: DefaultSupplyChainService,
  size: FleetSize,
): FleetQuery[] {
  const entityAt = (round: number) => (round * 997) % size.entities;
  const imageFor = (round: number) => (round * 1009) % size.images;
  const ownerAt = (round: number) => groupOf(entityAt(round), size);
  return [
    ...overviewQueries(service, size, ownerAt),
    {
      name: 'service: its page',
      run: round =>
        service.getEntity({
          caller: SEES_EVERYTHING,
          ref: `component:default/${entityName(
            entityOfImage(imageFor(round), size),
          )}`,
        }),
    },
    {
      name: 'image: its vulnerabilities',
      run: round =>
        service.listVulnerabilities({
          caller: SEES_EVERYTHING,
          ...imageAt(imageFor(round)),
          page: PAGE,
        }),
    },
    ...vulnerabilityQueries(service, ownerAt),
  ];
}

function overviewQueries(
  service: DefaultSupplyChainService,
  size: FleetSize,
  ownerAt: (round: number) => string,
): FleetQuery[] {
  const overview = (
    filter: object,
    caller = SEES_EVERYTHING,
    rest: object = {},
  ) =>
    service.getOverview({ caller, filter, order: ORDER, page: PAGE, ...rest });
  return [
    { name: 'overview: everything', run: () => overview({}) },
    {
      name: 'overview: one team',
      run: round => overview({ owners: [ownerAt(round)] }),
    },
    {
      name: 'overview: what is in production',
      run: () => overview({ lifecycle: 'production' }),
    },
    {
      name: 'overview: one cluster',
      run: round => overview({ cluster: `cluster-${round % CLUSTERS}` }),
    },
    {
      name: 'overview: a late page, by owner',
      run: round =>
        overview({}, SEES_EVERYTHING, {
          order: { by: 'owner', direction: 'asc' },
          page: { ...PAGE, offset: Math.floor(size.entities * 0.9) + round },
        }),
    },
    {
      name: 'overview: search for an image',
      run: round => overview({ search: `image-${round * 31}` }),
    },
    {
      name: 'overview: somebody who sees their team',
      run: round => overview({}, seesOnly(ownerAt(round))),
    },
  ];
}

function vulnerabilityQueries(
  service: DefaultSupplyChainService,
  ownerAt: (round: number) => string,
): FleetQuery[] {
  const list = (filter: object, rest: object = {}) =>
    service.listAllVulnerabilities({
      caller: SEES_EVERYTHING,
      filter,
      page: PAGE,
      ...rest,
    });
  const one = (id: string, rest: object = {}) =>
    service.getVulnerability({
      caller: SEES_EVERYTHING,
      id,
      page: PAGE,
      ...rest,
    });
  return [
    { name: 'vulnerabilities: everything', run: () => list({}) },
    {
      name: 'vulnerabilities: critical with a fix',
      run: () => list({ severity: 'critical', fixable: true }),
    },
    {
      name: 'vulnerabilities: search by name',
      run: round => list({ search: vulnerabilityName(round * 17) }),
    },
    {
      name: 'vulnerabilities: one team',
      run: round => list({}, { owners: [ownerAt(round)] }),
    },
    {
      name: 'vulnerabilities: somebody who sees their team',
      run: round => list({}, { caller: seesOnly(ownerAt(round)) }),
    },
    {
      name: 'where a vulnerability of a base runs',
      run: round => one(vulnerabilityName(round * 7)),
    },
    {
      name: 'where a vulnerability of an application runs',
      run: round => one(vulnerabilityName(9_000 + round * 7)),
    },
  ];
}

function seesOnly(owner: string): VisibleEntities {
  return {
    rules: { column: 'owner', values: [owner] } as never,
    refs: 'all',
    unlinked: false,
    sources: false,
  };
}
