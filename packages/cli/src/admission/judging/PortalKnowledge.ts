import {
  EntityFacts,
  IndexedCatalogue,
  OriginDetail,
  PolicyFacts,
  Waiver,
} from 'backstage-plugin-supply-chain-common';

/** What the portal knows of the content of an image. */
export type KnownContent = Pick<
  PolicyFacts,
  'scans' | 'scanner' | 'vulnerabilityClocks'
> & {
  /** Of known exploited vulnerabilities; absent when the portal has none. */
  catalogue?: IndexedCatalogue;
  /** Approved on the page; what they may lift is decided by whoever evaluates. */
  waivers: Waiver[];
  /** Differs whenever the rest may differ. */
  version: string;
};

/** An entity that pods belong to; `null`: none; `undefined`: not known here, so that its policies count (L29). */
export type KnownEntity = {
  entity: EntityFacts | null | undefined;
  /** Differs whenever the entity may differ. */
  version: string;
};

/** What the webhook cannot find out itself. It never says that a signature is good (L34). */
export interface PortalKnowledge {
  contentOf(
    image: { repository: string; digest: string; origin?: OriginDetail },
    now: Date,
  ): KnownContent;
  /** At least one. */
  entitiesOf(
    pod: { cluster: string; namespace: string; labels: Record<string, string> },
    now: Date,
  ): KnownEntity[];
}

/** Without a feed: scans and entities are not known, and nobody takes that for "none". */
export const NO_PORTAL: PortalKnowledge = {
  contentOf: () => ({
    scans: [],
    scanner: {
      status: 'unavailable',
      message: 'this webhook is not told what the portal knows',
    },
    vulnerabilityClocks: [],
    waivers: [],
    version: 'noFeed',
  }),
  entitiesOf: () => [{ entity: undefined, version: 'noFeed' }],
};
