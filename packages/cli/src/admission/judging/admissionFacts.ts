import {
  knownExploitedFacts,
  PolicyFacts,
} from 'backstage-plugin-supply-chain-common';
import type { ResolvedImage } from '../../verify/resolveImage';
import { RequestedContainer } from '../review';
import { KnownContent, KnownEntity } from './PortalKnowledge';

/** What the facts of one image at one place are made of. */
export type FactsParts = {
  container: Pick<RequestedContainer, 'type'>;
  /** The reference as it will be stored: with the digest, where it is rewritten. */
  imageRef: string;
  /** Absent when the reference cannot be read. */
  resolved?: ResolvedImage;
  place: { cluster: string; namespace: string };
  entity: KnownEntity['entity'];
  /** What a look found. */
  found?: PolicyFacts;
  content?: KnownContent;
  /** Platforms of the cluster's nodes; absent: any that the image has. */
  platforms?: readonly string[];
};

/** The facts policies are evaluated on at admission. */
export function admissionFacts(parts: FactsParts): PolicyFacts {
  const { container, imageRef, resolved, place, found, content, entity } =
    parts;
  const platform = runnablePlatforms(parts);
  const { scans = [], catalogue } = content ?? {};
  const provenance = found?.provenance;
  return {
    image: {
      imageRef,
      ...(resolved && { repository: resolved.reference.repository }),
      ...(resolved?.digest && { digest: resolved.digest }),
      digestSource: resolved?.digestSource ?? 'none',
      ...(platform && { platform }),
      // It is about to start: without a digest nothing can be told of it (L4).
      started: true,
      containerType: container.type,
    },
    where: place,
    ...(entity !== undefined && { entity }),
    ...(found?.origin && { origin: found.origin }),
    signatures: found?.signatures ?? [],
    ...(provenance && { provenance }),
    scans,
    ...(content?.scanner && { scanner: content.scanner }),
    vulnerabilityClocks: content?.vulnerabilityClocks ?? [],
    ...(catalogue && {
      knownExploited: knownExploitedFacts(catalogue, { scans, provenance }),
    }),
  };
}

/** Which platforms of the image the cluster can run: only those need a scan (L2). */
function runnablePlatforms({
  found,
  platforms,
}: FactsParts): string | undefined {
  const all = found?.image.platform;
  if (!all || !platforms) {
    return all;
  }
  const runnable = all
    .split(',')
    .filter(each => platforms.includes(each.split('/').slice(0, 2).join('/')));
  // When nothing of it runs here, no platform is left out for that.
  return runnable.length > 0 ? runnable.join(',') : all;
}
