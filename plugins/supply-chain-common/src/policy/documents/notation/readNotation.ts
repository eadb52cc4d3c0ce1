import { DocumentWarning, Material, TrustRootSpec } from '../../types';
import { DocumentContext, readMaterial } from '../readMaterial';
import { collectResults, ReadResult, refuse } from '../readResult';
import { NotationDocument } from './notationSchema';
import { parseNotationTrustPolicy } from './parseTrustPolicy';
import { NotationTrustPolicy } from './trustPolicy';

const PATH = ['spec', 'notation'];

const CERTIFICATES =
  /^\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;

type NotationSpec = Extract<TrustRootSpec, { type: 'notation' }>;

/** Reads what a TrustRoot document says about the Notary Project; node/trust looks inside the certificates. */
export function readNotation(
  notation: NotationDocument,
  context: DocumentContext,
): ReadResult<NotationSpec> {
  const trustStores = readTrustStores(notation, context);
  const trustPolicy = readTrustPolicy(notation, context);
  if (!trustPolicy.ok || !trustStores.ok) {
    return {
      ok: false,
      problems: [trustPolicy, trustStores].flatMap(each =>
        each.ok ? [] : each.problems,
      ),
    };
  }
  return {
    ok: true,
    value: {
      type: 'notation',
      trustPolicy: trustPolicy.value,
      trustStores: trustStores.value,
    },
  };
}

function readTrustPolicy(
  { trustPolicy, trustStores }: NotationDocument,
  context: DocumentContext,
): ReadResult<Material> {
  const path = [...PATH, 'trustPolicy'];
  const { file, inline } = trustPolicy;
  const text = typeof inline === 'string' ? inline : JSON.stringify(inline);
  const read = readMaterial({
    reference: text === undefined ? { file: file! } : { inline: text },
    path,
    context,
  });
  if (!read.ok) {
    return refuse(read.problem);
  }
  const parsed = parseNotationTrustPolicy(read.material.content);
  if (!parsed.ok) {
    const problems = parsed.problems.map(problem => ({ ...problem, path }));
    return { ok: false, problems };
  }
  const missing = parsed.value
    .flatMap(policy => policy.trustStores)
    .find(name => !Object.hasOwn(trustStores, name));
  return missing === undefined
    ? { ok: true, value: read.material }
    : refuse({
        code: 'documentValueInvalid',
        message: `expected the trust store "${missing}" that the trust policy names`,
        path: [...PATH, 'trustStores'],
      });
}

function readTrustStores(
  { trustStores }: NotationDocument,
  context: DocumentContext,
): ReadResult<Record<string, Material[]>> {
  const stores = collectResults(
    Object.entries(trustStores).map(([name, certificates]) => {
      const materials = collectResults(
        certificates.map((certificate, index) =>
          readCertificates({
            certificate,
            path: [...PATH, 'trustStores', name, index],
            context,
          }),
        ),
      );
      return materials.ok
        ? { ok: true as const, value: [name, materials.value] as const }
        : materials;
    }),
  );
  return stores.ok
    ? { ok: true, value: Object.fromEntries(stores.value) }
    : stores;
}

function readCertificates(options: {
  certificate: NotationDocument['trustStores'][string][number];
  path: (string | number)[];
  context: DocumentContext;
}): ReadResult<Material> {
  const { certificate, path, context } = options;
  const { file, inline } = certificate;
  const read = readMaterial({
    reference: inline === undefined ? { file: file! } : { inline },
    path,
    context,
  });
  if (!read.ok) {
    return refuse(read.problem);
  }
  return CERTIFICATES.test(read.material.content)
    ? { ok: true, value: read.material }
    : refuse({
        code: 'trustStoreInvalid',
        message: 'expected certificates in PEM and nothing beside them',
        path,
      });
}

/** What loads and should be seen: whoever reads the policy may expect something else of it. */
export function notationWarnings({
  trustPolicy,
}: NotationSpec): DocumentWarning[] {
  const parsed = parseNotationTrustPolicy(trustPolicy.content);
  return parsed.ok ? parsed.value.flatMap(warningsOf) : [];
}

function warningsOf(policy: NotationTrustPolicy): DocumentWarning[] {
  const { name, actions, trustedIdentities } = policy;
  if (actions.authenticity !== 'enforce') {
    return [
      {
        code: 'neverVerifies',
        message: `The trust policy "${name}" does not enforce authenticity, so that no signature under it counts as verified.`,
      },
    ];
  }
  return trustedIdentities === '*'
    ? [
        {
          code: 'anySignerOfAuthority',
          message: `The trust policy "${name}" accepts every certificate of its trust stores; name the signers in "trustedIdentities".`,
        },
      ]
    : [];
}
