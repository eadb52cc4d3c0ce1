/** Vulnerabilities of what runs: one row for everything that is said of one alike. */
export type VulnerabilityRow = {
  id: number;
  /** Of its texts. */
  hash: string;
  /** A CVE where there is one. */
  name: string;
  /** Index into `SEVERITIES_WORST_FIRST`: the worst in any image. */
  severity: number;
  /** 1: in some image there is a fix. */
  fixable: number;
  title: string | null;
};

/** Every name of a vulnerability, its own included. */
export type VulnerabilityNameRow = { name: string; vulnerability_id: number };

/** What scans found in an image; equal findings are one set. */
export type FindingSetRow = { id: number; hash: string };

/** The vulnerabilities of a set, each once. */
export type FindingSetMemberRow = {
  vulnerability_id: number;
  /** 1: some package has a fix. */
  fixable: number;
  /** Index into `SEVERITIES_WORST_FIRST`. */
  severity: number;
  set_id: number;
};
