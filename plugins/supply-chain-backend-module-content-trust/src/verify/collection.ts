import { X509Certificate } from 'node:crypto';
import { Digest, ReasonCode } from 'backstage-plugin-supply-chain-common';

/** What the root of a collection must be (L16). */
export type CollectionTrust =
  | { type: 'rootKeyIds'; rootKeyIds: string[] }
  | { type: 'certificateAuthority'; authorities: X509Certificate[] }
  | {
      type: 'firstUse';
      /** Whether a root may be trusted because it is the first that is seen. */
      mayBegin: boolean;
    };

/** A file the verification needs next. */
export type FileRequest = {
  /** `root`, `3.root`, `timestamp`, `snapshot`, `targets`, `targets/releases` … */
  name: string;
  /** Hex SHA-256 of the file, when another file states it. */
  sha256?: string;
  maxBytes: number;
};

/** The bytes of a file, or that the server has none. */
export type FileAnswer = Uint8Array | 'missing';

/** What is asked about a collection. */
export type CollectionQuestion = {
  /** Globally unique name: the repository. */
  gun: string;
  trust: CollectionTrust;
  /** What an earlier look left to be remembered. */
  previous?: string;
  now: Date;
};

/** A tag that a role signs. */
export type CollectionTag = { role: string; tag: string; digest: Digest };

/** A role of tags, verified. */
export type TagRole = {
  name: string;
  /** SHA-256 of the file. */
  carrier: Digest;
  tags: CollectionTag[];
};

/** A collection that was verified. */
export type Collection = {
  pinned: CollectionTrust['type'];
  since: Date;
  /** Ids of the root role. */
  rootKeyIds: string[];
  /** The root key that signed and is trusted. */
  signer: string;
  versions: Record<string, number>;
  expires: Record<string, Date>;
  /** Whether there was an earlier look to compare with. */
  rollbackProtected: boolean;
  /** `targets` first, then its delegations, each before what it delegates. */
  roles: TagRole[];
  /** What was left out, in sentences. */
  notes: string[];
};

/** The answer about a collection. */
export type CollectionResult =
  | {
      outcome: 'accepted';
      collection: Collection;
      /** What is to be remembered for the next look. */
      state: string;
    }
  /** The server knows no such collection. */
  | { outcome: 'absent' }
  | {
      outcome: 'refused';
      reason: ReasonCode;
      message: string;
      /** SHA-256 of the file at fault. */
      carrier?: Digest;
    };
