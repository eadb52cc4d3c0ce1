import { Outcome, ReasonCode } from 'backstage-plugin-supply-chain-common';

/** A vulnerability as a scanner reports it. */
export type CaseVulnerability = {
  id: string;
  severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  /** Absent: there is no fix. */
  fixed?: string;
  /** What the scanner says of the fix, where it says anything. */
  status?: 'unknown';
  /** Days before the run; absent: the scanner does not know. */
  publishedDaysAgo?: number;
};

/** A scan that is given to all three places. */
export type CaseScan = {
  /** Hours before the run. */
  ageHours: number;
  found: CaseVulnerability[];
  /** @defaultValue the platform manifest of the image */
  of?: 'image' | 'otherDigest';
};

/** A catalogue of known exploited vulnerabilities that is given to all three places. */
export type CaseCatalogue = {
  /** Days before the run. */
  ageDays: number;
  listed: { id: string; dueInDays: number; ransomware?: boolean }[];
};

/** An OpenVEX document about one vulnerability, naming the image by its digest. */
export type CaseVex = {
  /**
   * Who stands behind it: attested by our key or by a stranger's, pushed beside the image unsigned, or handed in (an
   * upload with a token in the portal, a file on the command line; at admission nobody can).
   */
  from: 'releaseKey' | 'strangerKey' | 'nobody' | 'handedIn';
  status: 'not_affected' | 'fixed' | 'affected' | 'under_investigation';
  vulnerability: string;
  /** Hours before the run. @defaultValue 1 */
  hoursAgo?: number;
  /** @defaultValue the manifest of the image */
  of?: 'image' | 'otherDigest';
  /** Whether it says why, where that is asked for. @defaultValue true */
  isJustified?: boolean;
};

/** A waiver as a document, ending relative to the run. */
export type CaseWaiver = {
  rule: string;
  reasons: string[];
  includeUnknown?: boolean;
  scope: 'repository' | 'otherRepository' | 'subject';
  vulnerability?: string;
  /** Hours after the run; negative: it has ended. Or the instant itself. */
  endsInHours: number | Date;
};

/** One line of the table: written by hand from the law, not from what the code says. */
export type ConformanceCase = {
  /** The condition, in words. */
  when: string;
  /**
   * Repository and tag in the registry of the sandbox; `vendor/…` stands in the vendor's. With `vex` one of its own is
   * built.
   */
  image: string;
  /** How the image is named. @defaultValue `digest`: tag and digest */
  named?: 'digest' | 'tag' | 'platformDigest';
  /** The repository the service says it is built from. */
  source?: string;
  scan?: CaseScan;
  /** Absent: none is loaded. */
  catalogue?: CaseCatalogue;
  vex?: CaseVex[];
  waiver?: CaseWaiver;
  expected: [Outcome, ReasonCode?];
  /**
   * At admission, where less is known: nothing has run yet that a scan of something else could belong to, and nothing is
   * told of VEX that was uploaded.
   */
  atAdmission?: [Outcome, ReasonCode?];
};

/** Cases under one policy with one rule. */
export type ConformanceGroup = {
  /** What is special about the policy. */
  under: string;
  /** The rule as its document says it. */
  rule: Record<string, unknown> & ({ use: string } | { id: string });
  /** The rest of `spec`. */
  spec?: Record<string, unknown>;
  cases: ConformanceCase[];
};
