import { Waiver, WaiverScope } from '../../model/waiver';
import { compareText } from '../../vulnerabilities/compareText';
import { PolicyFacts, SupplyChainPolicy } from '../types';

/**
 * The waivers that can change what a policy says of an image, whatever the clock says, in a fixed order.
 *
 * @public
 */
export function concerningWaivers(options: {
  waivers: readonly Waiver[];
  policy: Pick<SupplyChainPolicy, 'name' | 'rules'>;
  facts: Pick<PolicyFacts, 'image' | 'entity'>;
}): Waiver[] {
  const { waivers, policy, facts } = options;
  return waivers
    .filter(
      waiver =>
        (waiver.policy === undefined || waiver.policy === policy.name) &&
        policy.rules.some(({ id }) => id === waiver.rule) &&
        isInScope(waiver.scope, facts),
    )
    .sort(
      (left, right) =>
        compareText(left.source, right.source) ||
        compareText(left.name, right.name),
    );
}

/** A scope that names nothing covers nothing; what is not known here, as an entity in the CLI, is not in scope. */
function isInScope(
  { repository, digest, entity }: WaiverScope,
  { image, entity: own }: Pick<PolicyFacts, 'image' | 'entity'>,
): boolean {
  const given = [repository, digest, entity].some(each => each !== undefined);
  return (
    given &&
    (repository === undefined || repository === image.repository) &&
    (digest === undefined || digest === image.digest) &&
    (entity === undefined || entity === own?.ref)
  );
}
