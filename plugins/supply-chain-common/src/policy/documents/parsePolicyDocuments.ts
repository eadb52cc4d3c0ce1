import { Waiver } from '../../model/waiver';
import { TrustRoot } from '../types';
import { DocumentProblem, ValueProblem } from './documentProblem';
import { envelopeSchema } from './envelopeSchema';
import { DocumentContext } from './readMaterial';
import { PolicyDraft, readPolicy } from './readPolicy';
import { readTrustRoot } from './readTrustRoot';
import { readWaiver } from './readWaiver';
import { collectResults, ReadResult, refuse } from './readResult';
import { readYamlDocuments, YamlDocument } from './readYamlDocuments';
import { schemaProblems } from './schemaProblems';
import { suggestName } from './suggestName';

/**
 * A document that loads.
 *
 * @public
 */
export type PolicyDocument = { source: string; line?: number } & (
  | { kind: 'TrustRoot'; trustRoot: TrustRoot }
  | { kind: 'SupplyChainPolicy'; policy: PolicyDraft }
  | { kind: 'Waiver'; waiver: Waiver }
);

/**
 * Arguments of {@link parsePolicyDocuments}.
 *
 * @public
 */
export type PolicyDocumentsSource = DocumentContext & {
  /** YAML, possibly several documents. */
  text: string;
};

/**
 * Result of {@link parsePolicyDocuments}.
 *
 * @public
 */
export type PolicyDocumentsResult =
  | { ok: true; documents: PolicyDocument[] }
  | { ok: false; problems: DocumentProblem[] };

/**
 * Reads policy documents (L28). One wrong document refuses the whole source: half a policy is another policy.
 * Never throws, whatever the text.
 *
 * @public
 */
export function parsePolicyDocuments(
  options: PolicyDocumentsSource,
): PolicyDocumentsResult {
  const { text, ...context } = options;
  const yaml = readYamlDocuments(text, context.source);
  const read = collectResults(
    yaml.documents.map(document => readDocument(document, context)),
  );
  if (yaml.problems.length > 0) {
    return { ok: false, problems: yaml.problems };
  }
  return read.ok ? { ok: true, documents: read.value } : read;
}

function readDocument(
  yaml: YamlDocument,
  context: DocumentContext,
):
  | { ok: true; value: PolicyDocument }
  | { ok: false; problems: DocumentProblem[] } {
  const read = readValue(yaml.value, context);
  const { line } = yaml.locate({
    code: 'documentMalformed',
    message: '',
    path: [],
  });
  return read.ok
    ? { ok: true, value: { ...read.value, line } }
    : { ok: false, problems: read.problems.map(each => yaml.locate(each)) };
}

const API_VERSION = 'supply-chain/v1';
const KINDS = ['TrustRoot', 'SupplyChainPolicy', 'Waiver'] as const;

function readValue(
  value: unknown,
  context: DocumentContext,
): ReadResult<PolicyDocument> {
  const envelope = envelopeSchema.safeParse(value);
  const kindProblem = problemOfKind(value);
  if (kindProblem) {
    return refuse(kindProblem);
  }
  if (!envelope.success) {
    return { ok: false, problems: schemaProblems(envelope.error) };
  }
  const { kind, metadata, spec } = envelope.data;
  const { source } = context;
  if (kind === 'TrustRoot') {
    const read = readTrustRoot({ metadata, spec, context });
    return read.ok
      ? { ok: true, value: { kind, source, trustRoot: read.value } }
      : read;
  }
  if (kind === 'Waiver') {
    const read = readWaiver({ metadata, spec });
    return read.ok
      ? { ok: true, value: { kind, source, waiver: read.value } }
      : read;
  }
  const read = readPolicy({ metadata, spec });
  return read.ok
    ? {
        ok: true,
        value: { kind: 'SupplyChainPolicy', source, policy: read.value },
      }
    : read;
}

/** The kind comes first: every other message would be about the wrong form. */
function problemOfKind(value: unknown): ValueProblem | undefined {
  const { apiVersion, kind } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Record<string, unknown>;
  if (apiVersion !== API_VERSION) {
    return {
      code: 'documentKindUnknown',
      message: `expected \`apiVersion: ${API_VERSION}\`, got ${describe(
        apiVersion,
      )}`,
      path: ['apiVersion'],
    };
  }
  return KINDS.some(each => each === kind)
    ? undefined
    : {
        code: 'documentKindUnknown',
        message: `expected "TrustRoot", "SupplyChainPolicy" or "Waiver", got ${describe(
          kind,
        )}.${suggestName(String(kind), KINDS)}`,
        path: ['kind'],
      };
}

function describe(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : 'nothing of that form';
}
