/** Evidence handed in about an image of an entity (L9). */
export type UploadRow = {
  /** Of what a newer upload replaces: everything up to `uploaded_by`. */
  id: string;
  entity_ref: string;
  repository: string;
  digest: string;
  kind: 'vulnerabilities' | 'vex';
  /** Name of the scanner, or id of the document. */
  origin: string;
  /** Empty: the report says none. */
  platform: string;
  trust: 'oidcUpload' | 'tokenUpload';
  uploaded_by: string;
  format: string;
  /** Of the bytes: the same ones change nothing. */
  body_hash: string;
  /** When the scan or the document was made. */
  made_at: string;
  uploaded_at: string;
  /** Into `scans`. */
  scan_hash: string | null;
  /** JSON: what the evidence holds besides. */
  detail: string | null;
};
