import { MessageTree } from '../en';
import { common } from './common';
import { entity } from './entity';
import { headline } from './headline';
import { image } from './image';
import { overview } from './overview';
import { provenance } from './provenance';
import { reason } from './reason';
import { trust } from './trust';
import { vocabulary } from './vocabulary';

/**
 * Every German message; the type holds it to be complete.
 */
export const german: MessageTree = {
  ...vocabulary,
  ...common,
  headline,
  entity,
  image,
  overview,
  provenance,
  reason,
  trust,
};
