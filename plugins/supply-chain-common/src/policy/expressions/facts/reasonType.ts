import { REASON_CODES, ReasonCode } from '../../../model/reasonCodes';

/** Every reason code, as the type of a fact. */
export const REASON_CODE_TYPE = {
  kind: 'string',
  values: Object.keys(REASON_CODES) as ReasonCode[],
  valuesAre: 'a reason code',
} as const;

/** A reason code. */
export function reason(description: string) {
  return { type: REASON_CODE_TYPE, description };
}
