import { z } from 'zod';
import { closedObject } from '../valueSchemas';

const TEXT_MAX_LENGTH = 2048;
const POLICIES_MAX = 200;
const ENTRIES_MAX = 1000;

/**
 * What a trust store is for: certificate authorities, signing authorities, timestamp authorities.
 * https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#trust-store
 */
export const TRUST_STORE = /^(?:ca|signingAuthority|tsa):[a-zA-Z0-9_.-]+$/;

// https://github.com/distribution/reference/blob/main/regexp.go, as the reference client copied it.
const HOST =
  /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?(?::[0-9]{1,5})?$/;
const PATH =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

const text = z.string().min(1).max(TEXT_MAX_LENGTH);

/** A name of a trust store as `<type>:<name>`. */
export const trustStoreNameSchema = text.regex(
  TRUST_STORE,
  'expected "ca:", "signingAuthority:" or "tsa:" and a name of letters, digits, ".", "_" and "-"',
);

const scopeSchema = text.refine(
  scope => scope === '*' || isRepository(scope),
  'expected "*" or a repository with its registry, for instance "registry.acme.example/shop/web"',
);

function isRepository(scope: string): boolean {
  const slash = scope.indexOf('/');
  return (
    slash > 0 &&
    HOST.test(scope.slice(0, slash)) &&
    PATH.test(scope.slice(slash + 1))
  );
}

const actionSchema = z.enum(['enforce', 'log']);

const signatureVerificationSchema = closedObject({
  level: z.enum(['strict', 'permissive', 'audit', 'skip']),
  override: closedObject({
    authenticity: actionSchema.optional(),
    authenticTimestamp: actionSchema.optional(),
    expiry: actionSchema.optional(),
    revocation: z.enum(['enforce', 'log', 'skip']).optional(),
  }).optional(),
  verifyTimestamp: z.enum(['always', 'afterCertExpiry']).optional(),
});

const policySchema = closedObject({
  name: text,
  registryScopes: z.array(scopeSchema).min(1).max(ENTRIES_MAX),
  signatureVerification: signatureVerificationSchema,
  trustStores: z.array(trustStoreNameSchema).max(ENTRIES_MAX).default([]),
  trustedIdentities: z.array(text).max(ENTRIES_MAX).default([]),
});

/** A `trustpolicy.json`, as far as its shape goes. */
export const trustPolicyDocumentSchema = closedObject({
  version: z.literal('1.0'),
  trustPolicies: z.array(policySchema).min(1).max(POLICIES_MAX),
});

/** What the schema gives. */
export type TrustPolicyStatement = z.infer<typeof policySchema>;
