import { Digest } from './digest';
import { ReasonCode } from './reasonCodes';

/**
 * Status of a signature (L10).
 *
 * @public
 */
export type SignatureStatus =
  | 'verified'
  | 'untrustedSigner'
  | 'invalid'
  | 'expired'
  | 'unsigned'
  | 'unavailable';

/**
 * The signing systems known so far.
 *
 * @public
 */
export type SignatureScheme = 'cosign' | 'contentTrust' | 'notation';

/**
 * A place where a signature can lie.
 *
 * @public
 */
export type SignaturePlace =
  | 'referrers'
  | 'fallbackTag'
  | 'sigTag'
  | 'attTag'
  | 'sbomTag'
  | 'contentTrust'
  /** A BuildKit attestation manifest inside the index itself. */
  | 'indexEntry';

/**
 * One look at one place: part of the discovery trail.
 *
 * @public
 */
export type PlaceLook = {
  place: SignaturePlace;
  scheme: SignatureScheme;
  /** What was asked: a tag, the digest whose referrers were listed, or the address of a server. */
  location: string;
  /** The digest the look was about: that of the subject or of an index that lists it. */
  about: Digest;
  /** Name of the TrustRoot document the place belongs to; absent for places that are the same for every root. */
  trustRoot?: string;
  /** Whether the place was read to its end (L10). */
  complete: boolean;
  /** Candidates found there. */
  found: number;
  /** Why it was not read to its end. */
  reason?: ReasonCode;
  /** Plain text for the trail. */
  note?: string;
};

/**
 * Who made a signature.
 *
 * @public
 */
export type Signer =
  | {
      type: 'key';
      /**
       * `sha256:` and the hex SHA-256 of the public key's DER (SPKI); for content trust `sha256:` and the key id of
       * the TUF root (the SHA-256 of its canonical JSON).
       */
      fingerprint: string;
    }
  | {
      /** A certificate of an ordinary authority, as the Notary Project uses them. */
      type: 'certificate';
      /** Distinguished name of the subject (RFC 4514, most specific last as the Notary Project writes it). */
      subject: string;
      /** `sha256:` and the hex SHA-256 of the certificate's DER. */
      fingerprint: string;
    }
  | {
      type: 'identity';
      /** OIDC issuer of the certificate; absent for private CAs without it. */
      issuer?: string;
      /** The subject alternative name. */
      subject: string;
      /** Fulcio extensions by name, for instance `sourceRepositoryUri`. */
      extensions: Record<string, string>;
    };

/**
 * What the transparency log proved.
 *
 * @public
 */
export type TransparencyLogFact = {
  logIndex: string;
  /** Hex log id. */
  logId: string;
  /** `inclusionProof` is stronger than `inclusionPromise`. */
  proof: 'inclusionProof' | 'inclusionPromise';
};

/**
 * One statement checked against one trust root.
 *
 * @public
 */
export type TrustCheck = {
  /** Name of the TrustRoot document. */
  trustRoot: string;
  /** `unavailable`: the trust root itself cannot be used, so nothing can be said (`trustRootUnusable`). */
  status:
    | 'verified'
    | 'untrustedSigner'
    | 'invalid'
    | 'expired'
    | 'unavailable';
  /** Set unless verified. */
  reason?: ReasonCode;
  signer?: Signer;
  /** RFC 3339, from the log or a timestamp authority; absent for keyed signatures without either. */
  signedAt?: string;
  transparencyLog?: TransparencyLogFact;
  /** Content trust: the root was pinned on first use, by nobody but ourselves (L16). */
  firstUse?: true;
};

/**
 * A tag that content trust signs: the role that lists it and the digest it gives (L16).
 *
 * @public
 */
export type SignedTag = {
  /** `targets`, `targets/releases` or another delegation. */
  role: string;
  tag: string;
  digest: Digest;
};

/**
 * A repository that holds signatures of images in others: what `COSIGN_REPOSITORY` said when they were made.
 *
 * @public
 */
export type SignatureLocation = {
  repository: string;
  /** Stands before the tags cosign computes from a digest. */
  tagPrefix?: string;
};

/**
 * One signed thing that was found, with what every configured trust root says of it.
 *
 * @public
 */
export type SignedStatement = {
  scheme: SignatureScheme;
  /** Only a `signature` makes an image signed; the rest is `attestation` (L13). */
  kind: 'signature' | 'attestation';
  /** The predicate type of an in-toto statement; absent for simple signing. */
  predicateType?: string;
  foundIn: SignaturePlace;
  /** The repository it was found in, where that is not the image's own. */
  elsewhere?: SignatureLocation;
  /** Digest of the manifest or blob that carries it: where to look again. */
  carrier: Digest;
  /** The digest it covers, when its payload could be read. */
  covers?: Digest;
  /** Whether it covers the subject itself or an index that lists it (L3). */
  relation: 'exact' | 'viaIndex';
  /** `critical.identity.docker-reference`, when it differs from the repository: a note, not a failure. */
  otherDockerReference?: string;
  /** Content trust signs tags, not digests: the one this statement is about (L16). */
  signedTag?: SignedTag;
  checks: TrustCheck[];
};

/**
 * What the trust data of a repository says, beside the tags themselves (L16).
 *
 * @public
 */
export type ContentTrustFacts = {
  /** Address of the Notary server. */
  server: string;
  /** Globally unique name of the collection: the repository. */
  gun: string;
  /** Name of the TrustRoot document under which the data was read. */
  trustRoot: string;
  /** How the root of the collection became trusted. */
  pinned: 'rootKeyIds' | 'certificateAuthority' | 'firstUse';
  /** RFC 3339; only for `firstUse`. */
  firstUsedAt?: string;
  /** TUF key ids (hex) of the root role. */
  rootKeyIds: string[];
  /** Versions by role. */
  versions: Record<string, number>;
  /** RFC 3339 by role. */
  expires: Record<string, string>;
  /** False without earlier versions to compare with: an old state cannot be told from the current one. */
  rollbackProtected: boolean;
};

/**
 * Everything found out about the signatures of a subject. Judged per policy by `signatureStatusFor` (L10).
 *
 * @public
 */
export type SignatureDetail = {
  scheme: SignatureScheme;
  statements: SignedStatement[];
  trail: PlaceLook[];
  /** One per trust root of content trust whose data could be read. */
  contentTrust?: ContentTrustFacts[];
};
