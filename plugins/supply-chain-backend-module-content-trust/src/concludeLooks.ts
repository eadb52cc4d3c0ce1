import {
  EvidenceOf,
  SignatureDetail,
} from 'backstage-plugin-supply-chain-common';
import { RootLook } from './RootLook';

const EVIDENCE_LIFETIME_MS = 24 * 60 * 60 * 1000; // L6

/** What all trust roots together come to. */
export function concludeLooks(
  looks: RootLook[],
  now: Date,
): Pick<
  EvidenceOf<'signature'>,
  'status' | 'reason' | 'message' | 'expiresAt' | 'detail'
> {
  const facts = looks.flatMap(look => look.facts ?? []);
  const detail: SignatureDetail = {
    scheme: 'contentTrust',
    statements: looks.flatMap(({ statements }) => statements),
    trail: looks.flatMap(({ trail }) => trail),
    ...(facts.length > 0 && { contentTrust: facts }),
  };
  const expiresAt = endOf(looks, now).toISOString();
  const incomplete = detail.trail.find(({ complete }) => !complete);
  if (detail.statements.length > 0) {
    return { status: 'present', expiresAt, detail };
  }
  if (!incomplete) {
    return { status: 'absent', expiresAt, detail };
  }
  const { reason, note } = incomplete;
  return { status: 'unavailable', reason, message: note };
}

/** Trust data that goes past its date proves nothing from then on, whatever evidence usually lasts. */
function endOf(looks: RootLook[], now: Date): Date {
  const instants = looks.flatMap(({ expires }) => expires ?? []);
  const lifetime = now.getTime() + EVIDENCE_LIFETIME_MS;
  return new Date(
    Math.min(lifetime, ...instants.map(instant => instant.getTime())),
  );
}
