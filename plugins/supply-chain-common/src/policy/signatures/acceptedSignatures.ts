import { SupplyChainPolicy } from '../types';
import type { SignatureQuestion } from './signatureStatusFor';

/** Which signatures a policy accepts: for its manifests those of the index (L3), and under a root that was seen first (L16). */
export function acceptedSignatures(
  policy: Pick<SupplyChainPolicy, 'rules'>,
): Required<Pick<SignatureQuestion, 'allowViaIndex' | 'allowFirstUse'>> {
  const parameters = policy.rules.flatMap(rule =>
    rule.use === 'image-signed' ? [rule.with] : [],
  );
  return {
    allowViaIndex: parameters.every(each => each.allowViaIndex),
    allowFirstUse:
      parameters.length > 0 && parameters.every(each => each.allowFirstUse),
  };
}
