import {
  AdmissionFeedPage,
  AdmissionFeedScan,
} from 'backstage-plugin-supply-chain-common';
import { LoadedCatalogue } from './ExploitDataStore';

/** Where a list of reports goes on: after the one it names, in the order they were last written. */
export type ReportPosition = {
  /** RFC 3339, or empty. */
  changedAt: string;
  feed: string;
  source: string;
  uid: string;
};

/** A scan with its place in the list. */
export type ListedScan = AdmissionFeedScan & {
  position: ReportPosition;
  /** The digest it is of. */
  digest: string;
};

/** What admission webhooks are told, as it is stored. */
export interface AdmissionFeedStore {
  /** RFC 3339, by the clock that dates the changes. */
  readTime(): Promise<string>;
  /** Scans of known digests after a position, in the order they were last written. */
  listScans(after: ReportPosition, limit: number): Promise<ListedScan[]>;
  /** Clocks of the repositories that hold one of the digests (L21). */
  readClocks(digests: string[]): Promise<AdmissionFeedPage['clocks']>;
  /** State of the scanner of every cluster that has one. */
  listScanners(): Promise<AdmissionFeedPage['scanners']>;
  /** Waivers of the page that are in force. */
  listWaivers(now: Date): Promise<AdmissionFeedPage['waivers']>;
  /** Differs whenever entities or what limits them do. */
  entitiesVersion(): Promise<string>;
  listEntities(): Promise<NonNullable<AdmissionFeedPage['entities']>>;
  /** The catalogue of known exploited vulnerabilities in force. */
  readCatalogue(): Promise<LoadedCatalogue | undefined>;
  /** A number larger than every one before, on whichever replica. */
  nextSequence(nowMs: number): Promise<number>;
}
