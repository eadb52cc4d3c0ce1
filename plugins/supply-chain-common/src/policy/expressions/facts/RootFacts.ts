import { ReasonCode } from '../../../model/reasonCodes';
import { PolicyFacts, SupplyChainPolicy, TrustRoot } from '../../types';
import { EXPRESSION_FACTS, FactRoot } from './factSchema';
import { FactValue } from './factTypes';

/** What facts are derived from. */
export type FactContext = {
  facts: PolicyFacts;
  policy: SupplyChainPolicy;
  trustRoots: TrustRoot[];
  now: Date;
};

/** Why a part of the facts cannot be told. */
export type Unavailable = { reason: ReasonCode; message: string };

/** One fact with what is known of its worth. */
export type RootFacts<R extends FactRoot> = {
  value: FactValue<(typeof EXPRESSION_FACTS)[R]['type']>;
  /** Set when it is unavailable or stale: `status` and `reason` can be read all the same (L19). */
  unavailable?: Unavailable;
  /** The same for single fields. */
  unavailableFields?: { fields: readonly string[]; why: Unavailable };
  /** RFC 3339: when the clock alone may change it. */
  nextChangeAt?: string;
};

/** Derives one fact. */
export type DeriveFacts<R extends FactRoot> = (
  context: FactContext,
) => RootFacts<R>;
