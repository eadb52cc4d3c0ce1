import { LinkableEntity } from '../inventory/EntityLinker';
import { NamespaceClaims } from '../inventory/namespaceClaims';
import { EvidenceOf } from '../model/evidence';
import { Waiver } from '../model/waiver';
import { KnownExploitedCatalogue } from '../vulnerabilities/priority';
import { EntityFacts, PolicyFacts, VulnerabilityClock } from '../policy/types';

/**
 * The payload type under which pages of the feed are signed.
 *
 * @public
 */
export const ADMISSION_FEED_TYPE =
  'application/vnd.supply-chain.admission-feed.v1+json';

/**
 * A scan that some cluster reported, without the texts no rule reads.
 *
 * @public
 */
export type AdmissionFeedScan = {
  /** The report; a newer one of the same key takes its place. */
  key: string;
  /** Differs whenever the rest does. */
  hash: string;
  scan: EvidenceOf<'vulnerabilities'>;
};

/**
 * One page of what an admission webhook cannot find out itself (L34). It says nothing of signatures.
 *
 * @public
 */
export type AdmissionFeedPage = {
  version: 1;
  /** Larger than that of every page issued before. */
  sequence: number;
  /** RFC 3339. */
  issuedAt: string;
  /** RFC 3339: from then on nothing of it counts. */
  expiresAt: string;
  /** The cursor it answers; empty: the beginning. */
  since: string;
  /** Where the next page begins. */
  cursor: string;
  /** Whether there is more now. */
  more: boolean;
  scans: AdmissionFeedScan[];
  /** Of the repositories of `scans`. */
  clocks: { repository: string; clocks: VulnerabilityClock[] }[];
  /** State of the scanner of every cluster that has one. */
  scanners: ({ cluster: string } & NonNullable<PolicyFacts['scanner']>)[];
  /** Those in force that were approved on the page, on every page all of them. */
  waivers: Waiver[];
  /** All of them, on the last page and when they differ from what the cursor knows. */
  entities?: {
    list: { facts: EntityFacts; annotations: LinkableEntity['annotations'] }[];
    /** Limits on what annotations may claim (L31). */
    claims?: NamespaceClaims;
  };
  /**
   * The catalogue of known exploited vulnerabilities, on the last page and when it differs from what the cursor knows;
   * `null`: there is none any more.
   */
  knownExploited?: Pick<
    KnownExploitedCatalogue,
    'releasedAt' | 'entries'
  > | null;
};

/**
 * A signed page: a DSSE envelope with one signature.
 * https://github.com/secure-systems-lab/dsse/blob/v1.0.2/envelope.md
 *
 * @public
 */
export type AdmissionFeedEnvelope = {
  payloadType: string;
  /** Base64. */
  payload: string;
  signatures: { keyid: string; sig: string }[];
};
