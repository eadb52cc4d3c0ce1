import { REASON_CODES, ReasonCode } from 'backstage-plugin-supply-chain-common';
import { checks } from './checks';
import { clusters } from './clusters';
import { common } from './common';
import { comparison } from './comparison';
import { enforcers } from './enforcers';
import { entity } from './entity';
import { headline } from './headline';
import { image } from './image';
import { overview } from './overview';
import { admission, coverage, policies } from './policies';
import { provenance } from './provenance';
import { reasonLabel } from './reasonLabel';
import { trust } from './trust';
import { vocabulary } from './vocabulary';
import { vulnerabilities } from './vulnerabilities';
import { waivers } from './waivers';

type ReasonMessages = Record<
  ReasonCode,
  { label: string; meaning: string; advice: string }
>;

/** The table of reason codes is the English text, so that page, CLI and documentation say the same. */
function reasonMessages(): ReasonMessages {
  return Object.fromEntries(
    Object.entries(REASON_CODES).map(([code, { meaning, advice }]) => [
      code,
      { label: reasonLabel[code as ReasonCode], meaning, advice },
    ]),
  ) as ReasonMessages;
}

/**
 * Every English message.
 */
export const english = {
  ...vocabulary,
  ...common,
  admission,
  checks,
  clusters,
  comparison,
  coverage,
  enforcers,
  headline,
  entity,
  image,
  overview,
  policies,
  provenance,
  trust,
  vulnerabilities,
  waivers,
  reason: reasonMessages(),
};

/**
 * The shape every language fills completely.
 */
export type MessageTree = typeof english;
