import { canonicalDigest } from '../../json/canonicalDigest';
import {
  DocumentWarning,
  IdentityPattern,
  Material,
  TrustRoot,
  TrustRootSpec,
} from '../types';
import { isReusableWorkflowOpen } from './identityBreadth';
import { readContentTrust } from './readContentTrust';
import { notationWarnings, readNotation } from './notation/readNotation';
import { DocumentContext } from './readMaterial';
import { collectResults, ReadResult, refuse } from './readResult';
import { readKey, readTrustedRoot } from './readTrustMaterial';
import { schemaProblems } from './schemaProblems';
import { TrustRootSpecDocument, trustRootSpecSchema } from './trustRootSchema';

/** Reads a TrustRoot document. */
export function readTrustRoot(options: {
  metadata: { name: string; title?: string };
  spec: unknown;
  context: DocumentContext;
}): ReadResult<TrustRoot> {
  const { metadata, spec, context } = options;
  const parsed = trustRootSpecSchema.safeParse(spec);
  if (!parsed.success) {
    return { ok: false, problems: schemaProblems(parsed.error, ['spec']) };
  }
  const read = readSpec(parsed.data, context);
  if (!read.ok) {
    return read;
  }
  const { name, title } = metadata;
  const content = { name, ...(title && { title }), spec: read.value };
  return {
    ok: true,
    value: {
      ...content,
      digest: canonicalDigest(withoutSources(content)),
      warnings: warningsOf(read.value),
    },
  };
}

function readSpec(
  spec: TrustRootSpecDocument,
  context: DocumentContext,
): ReadResult<TrustRootSpec> {
  if (spec.contentTrust) {
    return readContentTrust(spec.contentTrust, context);
  }
  if (spec.notation) {
    return readNotation(spec.notation, context);
  }
  if (spec.sigstore) {
    return readSigstore(spec.sigstore, context);
  }
  return readKeys(spec, context);
}

function readSigstore(
  sigstore: NonNullable<TrustRootSpecDocument['sigstore']>,
  context: DocumentContext,
): ReadResult<TrustRootSpec> {
  const trustedRoot = readTrustedRoot({
    reference: sigstore.trustedRoot,
    path: ['spec', 'sigstore', 'trustedRoot'],
    context,
  });
  return trustedRoot.ok
    ? {
        ok: true,
        value: {
          type: 'sigstore',
          ...sigstore,
          trustedRoot: trustedRoot.value,
        },
      }
    : trustedRoot;
}

function readKeys(
  spec: TrustRootSpecDocument,
  context: DocumentContext,
): ReadResult<TrustRootSpec> {
  const { transparencyLog = 'required', timestamps = 'none' } = spec;
  // The schema has seen to it that there are keys where there is nothing else.
  const keys = collectResults(
    spec.keys!.map((key, index) =>
      readKey({ key, path: ['spec', 'keys', index], context }),
    ),
  );
  const trustedRoot = spec.trustedRoot
    ? readTrustedRoot({
        reference: spec.trustedRoot,
        path: ['spec', 'trustedRoot'],
        context,
      })
    : requireNoTrustedRoot({ transparencyLog, timestamps });
  if (!keys.ok || !trustedRoot.ok) {
    return {
      ok: false,
      problems: [keys, trustedRoot].flatMap(each =>
        each.ok ? [] : each.problems,
      ),
    };
  }
  return {
    ok: true,
    value: {
      type: 'keys',
      keys: keys.value,
      transparencyLog,
      timestamps,
      ...(trustedRoot.value && { trustedRoot: trustedRoot.value }),
    },
  };
}

/** L14: keyed roots that look at a log or at timestamps need the keys of those. */
function requireNoTrustedRoot(options: {
  transparencyLog: string;
  timestamps: string;
}): ReadResult<undefined> {
  return options.transparencyLog === 'none' && options.timestamps === 'none'
    ? { ok: true, value: undefined }
    : refuse({
        code: 'documentValueInvalid',
        message:
          'expected "trustedRoot" beside "keys", because "transparencyLog" or "timestamps" is not "none"; without a log write `transparencyLog: none`',
        path: ['spec'],
      });
}

function warningsOf(spec: TrustRootSpec): DocumentWarning[] {
  switch (spec.type) {
    case 'sigstore':
      return spec.identities
        .filter(isReusableWorkflowOpen)
        .map(openWorkflowWarning);
    case 'notation':
      return notationWarnings(spec);
    default:
      return [];
  }
}

function openWorkflowWarning(identity: IdentityPattern): DocumentWarning {
  return {
    code: 'reusableWorkflowOpen',
    message: `The identity ${JSON.stringify(
      identity.subject,
    )} does not say which repository may call the workflow; add "extensions.sourceRepositoryUri".`,
  };
}

/** Where material was read from does not belong to the content (L20). */
export function withoutSources(value: object): object {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) =>
      isMaterial(each) ? each.content : each,
    ),
  );
}

const MATERIAL_KEYS = new Set(['content,source', 'content,source,tuf']);

function isMaterial(value: unknown): value is Material {
  return (
    typeof value === 'object' &&
    value !== null &&
    MATERIAL_KEYS.has(Object.keys(value).sort().join())
  );
}
