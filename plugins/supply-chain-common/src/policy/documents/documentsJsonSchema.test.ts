import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { REASON_CODES, reasonDefinition } from '../../model/reasonCodes';
import { BUILT_IN_RULES } from '../rules/builtInRules';
import { envelopeSchema } from './envelopeSchema';
import { parsePolicyDocuments } from './parsePolicyDocuments';
import {
  expressionRuleSchema,
  policySpecSchema,
  ruleSchema,
  trustForms,
} from './policySchema';
import { trustRootSpecSchema } from './trustRootSchema';
import { waiverSpecSchema } from './waiverSchema';

// The schema that editors complete and check documents with, written from the schemas that read them: UPDATE_DOCS=1
// writes it, otherwise it is compared. It says less than the reader: never more.
const root = resolve(__dirname, '../../../../..');
const file = resolve(
  root,
  'plugins/supply-chain-common/schema/supply-chain.v1.schema.json',
);

type Schema = Record<string, any>;

function schemaOf(schema: z.ZodTypeAny): Schema {
  const { $schema, ...converted } = zodToJsonSchema(schema, {
    $refStrategy: 'none',
    effectStrategy: 'input',
  }) as Schema;
  return converted;
}

/** What holds where a value is this. */
function where(key: string, value: string, then: Schema): Schema {
  return {
    if: { properties: { [key]: { const: value } }, required: [key] },
    then,
  };
}

function builtInRule(): Schema {
  const rule = schemaOf(ruleSchema);
  const definitions = Object.values(BUILT_IN_RULES).map(
    ({ definition }) => definition,
  );
  return {
    ...rule,
    properties: {
      ...rule.properties,
      use: {
        oneOf: definitions.map(({ id, title, motivation }) => ({
          const: id,
          title,
          description: motivation,
        })),
      },
      with: { type: 'object' },
    },
    allOf: definitions.map(({ id, parameters }) =>
      where('use', id, {
        properties: { with: schemaOf(parameters as z.ZodTypeAny) },
        ...(!parameters.safeParse(undefined).success && { required: ['with'] }),
      }),
    ),
  };
}

function policySpec(): Schema {
  const spec = schemaOf(policySpecSchema);
  return {
    ...spec,
    properties: {
      ...spec.properties,
      trust: { anyOf: Object.values(trustForms).map(schemaOf) },
      rules: {
        ...spec.properties.rules,
        items: {
          if: { required: ['expression'] },
          then: schemaOf(expressionRuleSchema),
          else: builtInRule(),
        },
      },
    },
  };
}

function trustRootSpec(): Schema {
  return {
    ...schemaOf(trustRootSpecSchema),
    oneOf: ['keys', 'sigstore', 'contentTrust', 'notation'].map(key => ({
      required: [key],
    })),
  };
}

function waiverSpec(): Schema {
  const spec = schemaOf(waiverSpecSchema);
  const codes = Object.keys(REASON_CODES) as (keyof typeof REASON_CODES)[];
  const statuses = codes.flatMap(code => reasonDefinition(code).status ?? []);
  return {
    ...spec,
    // L22: what the reader asks for by name is asked for here as well.
    required: [...spec.required, 'reasons', 'expires'],
    properties: {
      ...spec.properties,
      reasons: {
        ...spec.properties.reasons,
        items: { enum: [...new Set([...codes, ...statuses])].sort() },
      },
      scope: {
        ...spec.properties.scope,
        anyOf: ['repository', 'subject', 'entity'].map(key => ({
          required: [key],
        })),
      },
    },
  };
}

function documentsSchema(): Schema {
  const envelope = schemaOf(envelopeSchema);
  const specs = {
    SupplyChainPolicy: policySpec(),
    TrustRoot: trustRootSpec(),
    Waiver: waiverSpec(),
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Documents of Supply Chain Security for Backstage',
    ...envelope,
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    properties: {
      ...envelope.properties,
      apiVersion: { const: 'supply-chain/v1' },
      kind: { enum: Object.keys(specs) },
    },
    allOf: Object.entries(specs).map(([kind, spec]) =>
      where('kind', kind, { properties: { spec } }),
    ),
  };
}

const written = `${JSON.stringify(documentsSchema(), null, 2)}\n`;
const validate = new Ajv({ strict: false, allErrors: true }).compile(
  documentsSchema(),
);

/** Problems of the documents of a text, by their place. */
function problemsOf(text: string): string[] {
  return parseAllDocuments(text, { version: '1.2' }).flatMap(document =>
    validate(document.toJS())
      ? []
      : validate.errors!.map(
          ({ instancePath, message }) => `${instancePath} ${message}`,
        ),
  );
}

function reads(text: string): boolean {
  return parsePolicyDocuments({
    text,
    source: 'example.yaml',
    fromUrl: false,
    readFile: () => ({ ok: false, message: 'not here' }),
  }).ok;
}

const POLICY = `apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: default, title: What runs in production }
spec:
  match:
    entities: { lifecycle: [production] }
    clusters: ["*"]
    images: ["registry.acme.example/**"]
  mode: enforce
  trust: { atLeast: 2, of: [acme-ci, acme-release-key] }
  rules:
    - use: image-signed
    - use: registry-allowed
      with: { allow: ["registry.acme.example/**"] }
    - use: evidence-fresh
      with: { maxAgeHours: { signature: 12 } }
    - use: provenance-verified
      effectiveOn: 2027-01-01
      with: { builders: [{ glob: "https://github.com/acme/**" }] }
    - id: no-latest
      title: No moving tag
      expression: image.tag != "latest"
      message: Deploy a version, not "latest"
`;

const TRUST_ROOT = `apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: acme-content-trust }
spec:
  contentTrust: { server: "https://notary.acme.example", trustOnFirstUse: true }
`;

const WAIVER = `apiVersion: supply-chain/v1
kind: Waiver
metadata: { name: sec-412 }
spec:
  rule: image-signed
  reasons: [unsigned, noMatchingKey]
  scope: { repository: registry.acme.example/edge/proxy }
  reason: Vendor image until the rebuild
  ticket: SEC-412
  requestedBy: user:default/developer
  approvedBy: user:default/platform
  expires: 2026-12-03T12:00:00Z
`;

beforeAll(() => {
  if (process.env.UPDATE_DOCS) {
    writeFileSync(file, written);
  }
});

describe('the JSON Schema of documents', () => {
  it('is the one that is published', () => {
    expect(readFileSync(file, 'utf8')).toBe(written);
  });

  it.each([
    ['a policy', POLICY],
    ['a trust root', TRUST_ROOT],
    ['a waiver', WAIVER],
    ['all of them', [POLICY, TRUST_ROOT, WAIVER].join('---\n')],
  ])('accepts %s that loads', (_, text) => {
    expect(reads(text)).toBe(true);
    expect(problemsOf(text)).toEqual([]);
  });

  it.each(
    readdirSync(resolve(root, 'deploy/policies')).filter(name =>
      name.endsWith('.yaml'),
    ),
  )('accepts the pack %s', name => {
    const text = readFileSync(resolve(root, 'deploy/policies', name), 'utf8');
    expect(problemsOf(text)).toEqual([]);
    expect(problemsOf(text.replaceAll('# trust: ', 'trust: '))).toEqual([]);
  });

  // prettier-ignore
  it.each([
    ['another version', POLICY, 'supply-chain/v1', 'supply-chain/v2', '/apiVersion '],
    ['another kind', POLICY, 'SupplyChainPolicy', 'SupplyChainPolicies', '/kind '],
    ['a misspelt key', POLICY, 'mode:', 'mod:', '/spec '],
    ['a value that is none', POLICY, 'enforce', 'enforced', '/spec/mode '],
    ['a rule that does not exist', POLICY, 'use: image-signed', 'use: image-singed', '/spec/rules/0/use '],
    ['a rule without what it needs', POLICY, '      with: { allow: ["registry.acme.example/**"] }\n', '', '/spec/rules/1 '],
    ['a misspelt parameter', POLICY, 'maxAgeHours', 'maxAgeHour', '/spec/rules/2/with '],
    ['a misspelt kind of evidence', POLICY, 'signature: 12', 'signatures: 12', '/spec/rules/2/with/maxAgeHours '],
    ['a pattern of another form', POLICY, '{ glob:', '{ globe:', '/spec/rules/3/with/builders/0 '],
    ['an expression without a message', POLICY, 'message:', 'massage:', '/spec/rules/4 '],
    ['trust of another form', POLICY, 'atLeast: 2, of', 'atLeast: 2, off', '/spec/trust '],
    ['a name with capitals', POLICY, 'name: default', 'name: Default', '/metadata/name '],
    ['a trust root of nothing', TRUST_ROOT, 'contentTrust:', 'contentTrusts:', '/spec '],
    ['a trust root of two sorts', TRUST_ROOT, 'spec:\n', 'spec:\n  keys: [{ file: a.pub }]\n', '/spec '],
    ['a waiver without end', WAIVER, 'expires: 2026-12-03T12:00:00Z', 'includeUnknown: true', '/spec '],
    ['a waiver of a reason that does not exist', WAIVER, 'noMatchingKey', 'noMatchingKeys', '/spec/reasons/1 '],
    ['a waiver of nothing', WAIVER, '{ repository: registry.acme.example/edge/proxy }', '{}', '/spec/scope '],
  ])('refuses %s, as the reader does', (_, text, right, wrong, place) => {
    const mistaken = text.replace(right, wrong);
    expect(mistaken).not.toBe(text);
    expect(reads(mistaken)).toBe(false);
    expect(problemsOf(mistaken)).toContainEqual(
      expect.stringContaining(place),
    );
  });
});
