import {
  ReasonCode,
  reasonDefinition,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';

/** The one status a reason belongs to (L11). */
export function statusOfReason(
  reason: ReasonCode,
): Exclude<TrustCheck['status'], 'verified'> {
  return reasonDefinition(reason).status as Exclude<
    TrustCheck['status'],
    'verified'
  >;
}
