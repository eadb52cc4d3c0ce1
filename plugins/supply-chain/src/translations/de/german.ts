import { MessageTree } from '../en';
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
import { reason } from './reason';
import { trust } from './trust';
import { vocabulary } from './vocabulary';
import { vulnerabilities } from './vulnerabilities';
import { waivers } from './waivers';

/**
 * Every German message; the type holds it to be complete.
 */
export const german: MessageTree = {
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
  reason,
  trust,
  vulnerabilities,
  waivers,
};
