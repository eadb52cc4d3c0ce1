import { useRouteRef } from '@backstage/core-plugin-api';
import { ImageAddress } from '../api';
import {
  imageRouteRef,
  overviewRouteRef,
  policiesRouteRef,
  reasonsRouteRef,
  sourcesRouteRef,
  trustRouteRef,
  unlinkedRouteRef,
  waiversRouteRef,
} from '../routes';

/** Addresses of this plugin's pages. */
export type Links = {
  image(image: ImageAddress): string;
  /** With filters, for instance `{ outcome: 'fail' }`. */
  overview(filter?: Record<string, string>): string;
  /** The policies; with a name, that one opened. */
  policies(policy?: string): string;
  /** What a reason code means. */
  reason(code: string): string;
  sources(): string;
  trust(): string;
  unlinked(): string;
  /** With list and opened waiver, for instance `{ state: 'pending', waiver: '…' }`. */
  waivers(filter?: Record<string, string>): string;
};

/**
 * Where the pages of this plugin are, through route refs.
 */
export function useLinks(): Links {
  const image = useRouteRef(imageRouteRef);
  const overview = useRouteRef(overviewRouteRef);
  const policies = useRouteRef(policiesRouteRef);
  const reasons = useRouteRef(reasonsRouteRef);
  const sources = useRouteRef(sourcesRouteRef);
  const trust = useRouteRef(trustRouteRef);
  const unlinked = useRouteRef(unlinkedRouteRef);
  const waivers = useRouteRef(waiversRouteRef);
  return {
    image: ({ repository, digest }) =>
      `${image({ digest })}?${new URLSearchParams({ repository })}`,
    overview: filter => {
      const query = new URLSearchParams(filter).toString();
      return query ? `${overview()}?${query}` : overview();
    },
    policies: policy =>
      policy === undefined
        ? policies()
        : `${policies()}?${new URLSearchParams({ policy })}`,
    reason: code => `${reasons()}#${encodeURIComponent(code)}`,
    sources: () => sources(),
    trust: () => trust(),
    unlinked: () => unlinked(),
    waivers: filter => {
      const query = new URLSearchParams(filter).toString();
      return query ? `${waivers()}?${query}` : waivers();
    },
  };
}
