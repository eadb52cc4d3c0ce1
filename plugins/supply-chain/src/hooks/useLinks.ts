import { useRouteRef } from '@backstage/core-plugin-api';
import { ImageAddress } from '../api';
import {
  clusterRouteRef,
  clustersRouteRef,
  imageRouteRef,
  overviewRouteRef,
  policiesRouteRef,
  reasonsRouteRef,
  sourcesRouteRef,
  trustRouteRef,
  unlinkedRouteRef,
  vulnerabilitiesRouteRef,
  waiversRouteRef,
} from '../routes';

/** Addresses of this plugin's pages. */
export type Links = {
  /** What is reported on a cluster as a whole, with a part of its page, for instance `{ tab: 'checks' }`. */
  cluster(cluster: string, part?: Record<string, string>): string;
  clusters(): string;
  /** With a part of the page and filters, for instance `{ tab: 'policy' }`. */
  image(image: ImageAddress, part?: Record<string, string>): string;
  /** With filters, for instance `{ outcome: 'fail' }`. */
  overview(filter?: Record<string, string>): string;
  /** The policies; with a name, that one opened. */
  policies(policy?: string): string;
  /** What a reason code means. */
  reason(code: string): string;
  sources(): string;
  trust(): string;
  unlinked(): string;
  /** Of everything that runs; with filters, for instance `{ severity: 'high' }`. */
  vulnerabilities(filter?: Record<string, string>): string;
  /** Where one runs, with the filters of the list it is one of. */
  vulnerability(id: string, filter?: Record<string, string>): string;
  /** With list and opened waiver, for instance `{ state: 'pending', waiver: '…' }`. */
  waivers(filter?: Record<string, string>): string;
};

function withQuery(path: string, filter?: Record<string, string>): string {
  const query = new URLSearchParams(filter).toString();
  return query ? `${path}?${query}` : path;
}

/**
 * Where the pages of this plugin are, through route refs.
 */
export function useLinks(): Links {
  const cluster = useRouteRef(clusterRouteRef);
  const clusters = useRouteRef(clustersRouteRef);
  const image = useRouteRef(imageRouteRef);
  const overview = useRouteRef(overviewRouteRef);
  const policies = useRouteRef(policiesRouteRef);
  const reasons = useRouteRef(reasonsRouteRef);
  const sources = useRouteRef(sourcesRouteRef);
  const trust = useRouteRef(trustRouteRef);
  const unlinked = useRouteRef(unlinkedRouteRef);
  const vulnerabilities = useRouteRef(vulnerabilitiesRouteRef);
  const waivers = useRouteRef(waiversRouteRef);
  return {
    cluster: (name, part) => withQuery(cluster({ cluster: name }), part),
    clusters: () => clusters(),
    image: ({ repository, digest }, part) =>
      withQuery(image({ digest }), { repository, ...part }),
    overview: filter => withQuery(overview(), filter),
    policies: policy =>
      withQuery(policies(), policy === undefined ? undefined : { policy }),
    reason: code => `${reasons()}#${encodeURIComponent(code)}`,
    sources: () => sources(),
    trust: () => trust(),
    unlinked: () => unlinked(),
    vulnerabilities: filter => withQuery(vulnerabilities(), filter),
    vulnerability: (id, filter) =>
      withQuery(vulnerabilities(), { ...filter, id }),
    waivers: filter => withQuery(waivers(), filter),
  };
}
