import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { WaiverRefusal, WaiverResult } from '../waivers/refusal';

const ERRORS = {
  invalid: InputError,
  notAllowed: NotAllowedError,
  conflict: ConflictError,
};

/** The error of a refusal; its reason code reaches the caller as `error.reason`. */
export function refusalError({ kind, code, message }: WaiverRefusal): Error {
  return Object.assign(new ERRORS[kind](message), { reason: code });
}

/** What was done; throws what was refused. */
export function requireDone<T>(result: WaiverResult<T>): { done: true } & T {
  if (!result.done) {
    throw refusalError(result.refusal);
  }
  return result;
}
