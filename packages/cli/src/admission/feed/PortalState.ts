import {
  AdmissionFeedPage,
  AdmissionFeedScan,
  clocksOfFindings,
  compileNamespaceClaims,
  EntityFacts,
  EntityLinker,
  indexCatalogue,
  IndexedCatalogue,
  OriginDetail,
  PolicyFacts,
  VulnerabilityClock,
  Waiver,
} from 'backstage-plugin-supply-chain-common';
import { KnownContent, KnownEntity } from '../judging';

type Pod = {
  cluster: string;
  namespace: string;
  labels: Record<string, string>;
};

/** What the pages of the feed say together. */
export class PortalState {
  readonly #scans = new Map<string, AdmissionFeedScan>();
  readonly #byDigest = new Map<string, Set<string>>();
  readonly #clocks = new Map<
    string,
    { clocks: VulnerabilityClock[]; version: number }
  >();
  #scanners = new Map<string, NonNullable<PolicyFacts['scanner']>>();
  #waivers: Waiver[] = [];
  #entities = new Map<string, EntityFacts>();
  #linker = EntityLinker.create({ entities: [] });
  #entitiesVersion = 0;
  #catalogue: { indexed?: IndexedCatalogue; version: number } = { version: 0 };

  /** Scans that are known. */
  get size(): number {
    return this.#scans.size;
  }

  /** Adds a page; says whether it told anything that was not known. */
  apply(page: AdmissionFeedPage): boolean {
    const fresh = page.scans.filter(
      ({ key, hash }) => this.#scans.get(key)?.hash !== hash,
    );
    fresh.forEach(each => this.#put(each));
    for (const { repository, clocks } of page.clocks) {
      this.#clocks.set(repository, { clocks, version: page.sequence });
    }
    this.#scanners = new Map(
      page.scanners.map(({ cluster, ...scanner }) => [cluster, scanner]),
    );
    this.#waivers = page.waivers;
    if (page.entities) {
      this.#link(page.entities, page.sequence);
    }
    if (page.knownExploited !== undefined) {
      this.#catalogue = {
        version: page.sequence,
        ...(page.knownExploited && {
          indexed: indexCatalogue(page.knownExploited),
        }),
      };
    }
    return (
      fresh.length > 0 ||
      page.entities !== undefined ||
      page.knownExploited !== undefined
    );
  }

  /** Scans of an image, of its platforms and of the indexes that list it (L3). */
  contentOf(
    cluster: string,
    image: { repository: string; digest: string; origin?: OriginDetail },
  ): KnownContent {
    const { repository, digest, origin } = image;
    const digests = new Set<string>([
      digest,
      ...(origin?.parents ?? []),
      ...(origin?.children ?? []).map(child => child.digest),
    ]);
    const keys = new Set(
      [...digests].flatMap(each => [...(this.#byDigest.get(each) ?? [])]),
    );
    const scans = [...keys].sort().map(key => this.#scans.get(key)!);
    const known = this.#clocks.get(repository);
    const scanner = this.#scanners.get(cluster);
    const { indexed: catalogue, version } = this.#catalogue;
    return {
      scans: scans.map(({ scan }) => scan),
      ...(scanner && { scanner }),
      vulnerabilityClocks: clocksOf(scans, known?.clocks ?? []),
      ...(catalogue && { catalogue }),
      waivers: this.#waivers,
      version: JSON.stringify([
        scans.map(({ key, hash }) => [key, hash]),
        known?.version,
        scanner,
        version,
        this.#waivers,
      ]),
    };
  }

  /** Entities by the annotations that link them, as in the portal. */
  entitiesOf(pod: Pod): KnownEntity[] {
    const version = String(this.#entitiesVersion);
    const refs = this.#linker.entityRefsOf(pod);
    return refs.length === 0
      ? [{ entity: null, version }]
      : refs.map(ref => ({
          entity: this.#entities.get(ref)!,
          version: `${version}/${ref}`,
        }));
  }

  #put(entry: AdmissionFeedScan): void {
    const { key, scan } = entry;
    const before = this.#scans.get(key)?.scan.detail?.artifact.digest;
    if (before) {
      this.#byDigest.get(before)?.delete(key);
    }
    this.#scans.set(key, entry);
    const digest = scan.detail?.artifact.digest;
    if (digest) {
      const known = this.#byDigest.get(digest) ?? new Set();
      known.add(key);
      this.#byDigest.set(digest, known);
    }
  }

  #link(
    { list, claims }: NonNullable<AdmissionFeedPage['entities']>,
    version: number,
  ): void {
    const entities = new Map(list.map(({ facts }) => [facts.ref, facts]));
    const mayClaim = claims && compileNamespaceClaims(claims);
    this.#entities = entities;
    this.#entitiesVersion = version;
    this.#linker = EntityLinker.create({
      entities: list.map(({ facts, annotations }) => ({
        ref: facts.ref,
        annotations,
      })),
      ...(mayClaim && {
        mayClaim: ({ entityRef, cluster, namespace }) =>
          mayClaim({ entity: entities.get(entityRef)!, cluster, namespace }),
      }),
    });
  }
}

/** The same clocks the portal judges by: those of vulnerabilities that the scans name. */
function clocksOf(
  scans: AdmissionFeedScan[],
  clocks: VulnerabilityClock[],
): VulnerabilityClock[] {
  return clocksOfFindings(
    scans.flatMap(({ scan }) => (scan.detail ? [scan.detail.findings] : [])),
    clocks,
  );
}
