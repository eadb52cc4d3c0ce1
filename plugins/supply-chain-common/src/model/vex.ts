import { Digest } from './digest';
import { ReasonCode } from './reasonCodes';

/**
 * What a statement says of a vulnerability in a product, after OpenVEX:
 * https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-labels
 *
 * @public
 */
export type VexStatus =
  | 'notAffected'
  | 'affected'
  | 'fixed'
  | 'underInvestigation';

/**
 * Every justification of `notAffected`, in the words of OpenVEX:
 * https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-justifications
 *
 * @public
 */
export const VEX_JUSTIFICATIONS = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const;

/**
 * Why a product is not affected.
 *
 * @public
 */
export type VexJustification = (typeof VEX_JUSTIFICATIONS)[number];

/**
 * A product of a statement, reduced to what can identify an image: tags, names and versions never do.
 *
 * @public
 */
export type VexProduct = {
  /** As written, to be shown; hostile (L32). */
  name: string;
  /** Digests its package URLs and hashes name; an image must have all of them. */
  digests: Digest[];
  /** Repositories its package URLs name. */
  repositories: string[];
  /** The only architecture it is about, where its package URLs name one. */
  architecture?: string;
  /** Package URLs of the parts it is about; absent: of all of it. Empty: of parts that nothing here can identify. */
  subcomponents?: string[];
};

/**
 * One statement. All texts are hostile (L32).
 *
 * @public
 */
export type VexStatement = {
  /** Every name of the vulnerability, its own first. */
  names: string[];
  /** Absent: the subject of whatever the document came with. */
  products?: VexProduct[];
  status: VexStatus;
  justification?: VexJustification;
  /** `impact_statement`: why it is not affected. */
  impact?: string;
  /** `action_statement`: what those who are affected do. */
  action?: string;
  /** `status_notes`. */
  notes?: string;
  /** RFC 3339, in its one form: since when it is known to be so. */
  statedAt: string;
};

/**
 * A statement that cannot be used, and is applied to nothing.
 *
 * @public
 */
export type IgnoredVexStatement = {
  /** Its place among the statements, from 0. */
  index: number;
  reason: ReasonCode;
  message: string;
};

/**
 * A VEX document. What it says of its author is a claim: who vouches for it stands in the evidence.
 *
 * @public
 */
export type VexDetail = {
  /** `@id`: a later version of it replaces all of an earlier one. */
  id?: string;
  author?: string;
  /** RFC 3339: when it was written or changed last; absent: it does not say. */
  issuedAt?: string;
  version: number;
  statements: VexStatement[];
  ignored: IgnoredVexStatement[];
};
