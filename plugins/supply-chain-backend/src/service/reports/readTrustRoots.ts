import {
  PolicySet,
  schema,
  TrustRoot,
  TrustRootSpec,
} from 'backstage-plugin-supply-chain-common';
import {
  dueExpiries,
  expiriesOf,
  expiryStateOf,
} from 'backstage-plugin-supply-chain-node/trust';
import { Knex } from 'knex';
import {
  countContentTrustOnly,
  countVerifiedImages,
  VerifiedImageCounts,
} from '../../database/operations/trustRoots/countVerifiedImages';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { DocumentOrigin, readDocumentOrigins } from './readDocumentOrigins';
import { trustedSigners } from './trustedSigners';

/** Options of {@link readTrustRoots}. */
export type ReadTrustRootsOptions = {
  knex: Knex;
  visible: VisibleEntities;
  policySet: PolicySet | undefined;
  now: Date;
  sandbox: boolean;
};

const NO_IMAGES: VerifiedImageCounts = {
  verified: 0,
  singleSigner: 0,
  contentTrustOnly: 0,
};

/** The trust roots in force. The caller has been authorised before; images count as far as it may see them. */
export async function readTrustRoots(
  options: ReadTrustRootsOptions,
): Promise<schema.TrustRootList> {
  const { knex, visible, policySet, now, sandbox } = options;
  const [counts, contentTrustOnly, origins] = await Promise.all([
    countVerifiedImages({ knex, visible }),
    countContentTrustOnly({ knex, visible }),
    readDocumentOrigins({ knex, kind: 'TrustRoot' }),
  ]);
  return {
    asOf: now.toISOString(),
    items: (policySet?.trustRoots ?? []).map(root => ({
      ...describe(root, now),
      ...origins.get(root.name),
      policies: policiesWith(root, policySet),
      images: counts.get(root.name) ?? NO_IMAGES,
    })),
    contentTrustOnly,
    sandbox,
  };
}

type Described = Omit<
  schema.TrustRootReport,
  'policies' | 'images' | keyof DocumentOrigin
>;

function describe(root: TrustRoot, now: Date): Described {
  const { name, title, digest, spec, warnings } = root;
  const tuf = tufOf(spec);
  return {
    name,
    ...(title && { title }),
    type: spec.type,
    digest,
    ...(tuf && { tuf }),
    signers: trustedSigners(spec),
    requirements: requirementsOf(spec),
    warnings,
    expiries: describeExpiries(root, now),
  };
}

function tufOf(spec: TrustRootSpec): schema.TufSource | undefined {
  return 'trustedRoot' in spec ? spec.trustedRoot?.tuf : undefined;
}

const PROOFS = [
  'transparencyLog',
  'timestamps',
  'signedCertificateTimestamps',
] as const;

function requirementsOf(spec: TrustRootSpec): schema.TrustRequirement[] {
  const needs: Partial<Record<(typeof PROOFS)[number], string>> = {
    ...(spec.type === 'keys' || spec.type === 'sigstore' ? spec : {}),
  };
  return PROOFS.flatMap(proof => {
    const need = needs[proof] as schema.TrustRequirement['need'] | undefined;
    return need ? [{ proof, need }] : [];
  });
}

function describeExpiries(root: TrustRoot, now: Date): schema.TrustExpiry[] {
  const expiries = expiriesOf(root);
  const due = new Set(dueExpiries(expiries, now));
  return expiries.map(each => ({
    ...each,
    state: expiryStateOf(each, now),
    due: due.has(each),
  }));
}

function policiesWith(
  { name }: TrustRoot,
  policySet: PolicySet | undefined,
): schema.PolicyRef[] {
  return (policySet?.policies ?? [])
    .filter(policy => policy.trust?.of.includes(name))
    .map(policy => ({
      name: policy.name,
      digest: policy.digest,
      ...(policy.title && { title: policy.title }),
    }));
}
