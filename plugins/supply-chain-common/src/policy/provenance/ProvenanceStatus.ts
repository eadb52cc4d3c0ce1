/**
 * What is known of how an image was made.
 *
 * - `verified`: a signature that a trust root accounts for says it; the level says how much that is worth.
 * - `claimed`: somebody says it, and nothing proves it.
 * - `mismatch`: it contradicts its own certificate, or is about something else.
 * - `untrustedSigner`: nobody the trust roots account for signed it.
 * - `invalid`: signature or body cannot be accepted.
 * - `absent`: every place was read and there is none.
 * - `unavailable`: it could not be found out.
 *
 * @public
 */
export type ProvenanceStatus =
  | 'verified'
  | 'claimed'
  | 'mismatch'
  | 'untrustedSigner'
  | 'invalid'
  | 'absent'
  | 'unavailable';
