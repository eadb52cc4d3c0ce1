import { EntityFacts, PolicyFacts, SupplyChainPolicy } from '../../types';
import {
  check,
  DIGEST,
  facts,
  factsWithImage,
  keyRoot,
  NOW,
  OTHER_KEY,
  policy,
  signatures,
  sigstoreRoot,
  statement,
} from '../../../testing/exampleFacts';
import {
  bareStatement,
  claims,
  provenance,
  provenanceStatement,
  SOURCE,
  workflowIdentity,
} from '../../../testing/exampleProvenance';
import { builtFromOwnRepositoryDefinition } from './definition';
import { evaluateBuiltFromOwnRepository } from './evaluate';

const OTHER = 'https://github.com/evil/web';
const from = (repository: string, id = '1234') => {
  const source = { uri: repository, repository };
  return {
    claims: claims({
      source,
      repositoryId: id,
      invocationId: undefined,
      workflow: undefined,
    }),
    signer: workflowIdentity({
      sourceRepositoryUri: repository,
      sourceRepositoryIdentifier: id,
    }),
  };
};
const built = (repository: string, id?: string) => {
  const { claims: said, signer } = from(repository, id);
  return provenanceStatement({ claims: said, checks: [check({ signer })] });
};
const bare = (repository: string) => bareStatement(from(repository).claims);
const signedFrom = (repository: string, evidence = {}) =>
  signatures([statement(check({ signer: from(repository).signer }))], {
    evidence,
  });
const absent = provenance([]);

type Given = {
  facts?: Partial<PolicyFacts>;
  entity?: Partial<EntityFacts>;
  policy?: Partial<SupplyChainPolicy>;
  hostAliases?: Record<string, string>;
};

function run(given: Given = {}) {
  const base = facts({
    provenance: provenance([built(SOURCE)]),
    ...given.facts,
  });
  const entity = { ...base.entity!, sourceLocation: SOURCE, ...given.entity };
  return evaluateBuiltFromOwnRepository({
    facts: { entity, ...base, ...(base.entity && { entity }) },
    policy: policy({
      sourceRepositories: ['https://github.com/Acme/*'],
      ...given.policy,
    }),
    trustRoots: [
      sigstoreRoot('release', 'https://github.com/acme/**'),
      keyRoot('vendor'),
    ],
    now: NOW,
    parameters: { hostAliases: given.hostAliases ?? {} },
  });
}

const withProvenance = (...statements: Parameters<typeof provenance>[0]) => ({
  facts: { provenance: provenance(statements) },
});
const contradicting = provenanceStatement({
  checks: [check({ signer: workflowIdentity({ sourceRepositoryUri: OTHER }) })],
});
const sourceless = provenanceStatement({
  claims: claims({ source: undefined }),
  checks: [check({ signer: OTHER_KEY })],
});

describe('built-from-own-repository', () => {
  // prettier-ignore
  it.each<[string, Given, string, string | undefined]>([
    ['provenance, catalog and policy agree', {}, 'pass', undefined],
    ['a fork built it (case 85)', withProvenance(built(OTHER)), 'fail', 'builtFromOtherRepository'],
    ['one of several comes from the right place', withProvenance(built(OTHER), built(SOURCE)), 'pass', undefined],
    ['the policy does not list what the catalog names (L24)', { ...withProvenance(built(OTHER)), entity: { sourceLocation: OTHER } }, 'fail', 'sourceNotListed'],
    ['the policy lists nothing', { policy: { sourceRepositories: [] } }, 'pass', undefined],
    ['the catalog names nothing and the policy lists it', { entity: { sourceLocation: undefined } }, 'pass', undefined],
    ['the catalog names nothing and the policy does not list it', { ...withProvenance(built(OTHER)), entity: { sourceLocation: undefined } }, 'fail', 'sourceNotListed'],
    ['nothing says where it should come from', { entity: { sourceLocation: undefined }, policy: { sourceRepositories: [] } }, 'unknown', 'noExpectedSource'],
    ['the source location is no repository', { entity: { sourceLocation: 'https://github.com/acme' }, policy: { sourceRepositories: [] } }, 'unknown', 'noExpectedSource'],
    ['the caller expects another one', { facts: { expectedSource: 'git@github.com:acme/api.git' } }, 'fail', 'builtFromOtherRepository'],
    ['the caller expects it under another spelling', { facts: { entity: undefined, expectedSource: 'git@github.com:Acme/web.git' } }, 'pass', undefined],
    ['the host has an alias', { entity: { sourceLocation: 'ssh://git@git-ssh.acme.example/acme/web' }, hostAliases: { 'git-ssh.acme.example': 'github.com' } }, 'pass', undefined],
    ['it is not one of ours (L36)', { policy: { ownImages: ['registry.other.example/**'] } }, 'notApplicable', 'thirdPartyImage'],
    ['it belongs to the platform (L36)', { policy: { platformImages: ['registry.acme.example/**'] } }, 'notApplicable', 'thirdPartyImage'],
    ['a claim names the right place (L8)', withProvenance(bare(SOURCE)), 'unknown', 'sourceOnlyClaimed'],
    ['a claim names another place (L8)', withProvenance(bare(OTHER)), 'fail', 'builtFromOtherRepository'],
    ['a foreign signer names another place', withProvenance(provenanceStatement({ claims: from(OTHER).claims, checks: [check({ status: 'untrustedSigner', reason: 'identityMismatch' })] })), 'fail', 'builtFromOtherRepository'],
    ['it contradicts its certificate', withProvenance(contradicting), 'fail', 'provenanceContradictsCertificate'],
    ['only the certificate of the signature names it', { facts: { provenance: absent, signatures: [signedFrom(SOURCE)] } }, 'pass', undefined],
    ['the certificate of the signature names another place', { facts: { provenance: absent, signatures: [signedFrom(OTHER)] } }, 'fail', 'builtFromOtherRepository'],
    ['the certificate of the signature outranks a claim', { facts: { provenance: provenance([bare(OTHER)]), signatures: [signedFrom(SOURCE)] } }, 'pass', undefined],
    ['that signature is over its time', { facts: { provenance: absent, signatures: [signedFrom(SOURCE, { expiresAt: NOW.toISOString() })] } }, 'unknown', 'sourceNotStated'],
    ['that signature is under a root the policy does not name', { facts: { provenance: absent, signatures: [signatures([statement(check({ trustRoot: 'vendor', signer: from(SOURCE).signer }))])] } }, 'unknown', 'sourceNotStated'],
    ['that signature is an attestation', { facts: { provenance: absent, signatures: [signatures([{ ...statement(check({ signer: from(SOURCE).signer })), kind: 'attestation' }])] } }, 'unknown', 'sourceNotStated'],
    ['that signature has no end and no source', { facts: { provenance: absent, signatures: [signatures([statement(check({ signer: workflowIdentity({}, { extensions: {} }) }))], { evidence: { expiresAt: undefined } }), signatures([], { evidence: { detail: undefined } })] } }, 'unknown', 'sourceNotStated'],
    ['nothing says where it was built from', withProvenance(sourceless), 'unknown', 'sourceNotStated'],
    ['the signature of the provenance is not valid', withProvenance(provenanceStatement({ claims: claims({ source: undefined }), checks: [check({ status: 'invalid', reason: 'signatureMismatch' })] })), 'unknown', 'provenanceSignatureInvalid'],
    ['nothing has looked yet', { facts: { provenance: undefined } }, 'unknown', 'notCollectedYet'],
    ['the source is no repository', withProvenance(provenanceStatement({ claims: claims({ source: { uri: 'gs://bucket/x' } }), checks: [check({ signer: OTHER_KEY })] })), 'fail', 'builtFromOtherRepository'],
    ['the source is no repository and the catalog names none', { ...withProvenance(provenanceStatement({ claims: claims({ source: { uri: 'gs://bucket/x' } }), checks: [check({ signer: OTHER_KEY })] })), entity: { sourceLocation: undefined } }, 'fail', 'sourceNotListed'],
  ])('when %s', (_condition, given, outcome, reason) => {
    const result = run(given);
    expect([result.outcome, result.reason]).toEqual([outcome, reason]);
  });

  it('cannot tell without a digest (L4)', () => {
    expect(
      evaluateBuiltFromOwnRepository({
        facts: factsWithImage({ digest: undefined }),
        policy: policy(),
        trustRoots: [],
        now: NOW,
        parameters: { hostAliases: {} },
      }).reason,
    ).toBe('digestUnknown');
  });

  it('says what was built from where, and what was expected', () => {
    expect(run(withProvenance(built(OTHER)))).toMatchObject({
      message: expect.stringContaining(
        `built from "${OTHER}", expected "${SOURCE}"`,
      ),
      facts: { expected: SOURCE, source: OTHER, saidBy: 'provenance' },
      remediation: {
        action: 'buildFromOwnRepository',
        parameters: { found: OTHER, expected: SOURCE },
      },
    });
    expect(run(withProvenance(bare(OTHER))).message).toContain(
      'by its own claim',
    );
    const listedOnly = run({
      ...withProvenance(built(OTHER)),
      entity: { sourceLocation: undefined },
    });
    expect(listedOnly.message).toContain(
      'expected "https://github.com/Acme/*"',
    );
  });

  it('says what the comparison could not rest on (L24)', () => {
    expect(run({ policy: { sourceRepositories: [] } }).message).toContain(
      'the policy lists no source repositories',
    );
    expect(run({ entity: { sourceLocation: undefined } }).message).toContain(
      'the catalog names no repository',
    );
  });

  it('shows that the catalog entry lives elsewhere, and judges the same (L24)', () => {
    const elsewhere = { catalogLocation: 'https://github.com/acme/catalog' };
    expect(run({ entity: elsewhere })).toMatchObject({
      outcome: 'pass',
      facts: elsewhere,
    });
    expect(
      run({ entity: { catalogLocation: SOURCE } }).facts,
    ).not.toHaveProperty('catalogLocation');
  });

  // prettier-ignore
  it.each([
    ['the same', { repository: SOURCE, repositoryId: '1234' }, 'pass', undefined],
    ['another id (case 42)', { repository: `${SOURCE}.git`, repositoryId: '77' }, 'fail', 'repositoryIdChanged'],
    ['another id at another address', { repository: OTHER, repositoryId: '77' }, 'pass', undefined],
    ['no id', { repository: SOURCE }, 'pass', undefined],
    ['no address', { repositoryId: '77' }, 'pass', undefined],
  ])('compares the id of the repository: it had %s', (_condition, earlier, outcome, reason) => {
    const evidence = provenance([built(SOURCE)], { detail: { earlier: { digest: DIGEST, firstSeenAt: '2026-11-01T00:00:00Z', ...earlier } } });
    const result = run({ facts: { provenance: evidence } });
    expect([result.outcome, result.reason]).toEqual([outcome, reason]);
  });

  it('asks the one who can name the repository', () => {
    const given = {
      entity: { sourceLocation: undefined },
      policy: { sourceRepositories: [] },
    };
    expect(run(given).remediation?.who).toBe('serviceOwner');
    expect(run({ ...given, facts: { entity: null } }).remediation?.who).toBe(
      'platformTeam',
    );
  });

  it('takes host names as aliases, and nothing else', () => {
    const { parameters } = builtFromOwnRepositoryDefinition;
    expect(parameters.parse(undefined)).toEqual({ hostAliases: {} });
    expect(
      parameters.safeParse({
        hostAliases: { 'git.acme.example:2222': 'git.acme.example' },
      }).success,
    ).toBe(true);
    expect(
      parameters.safeParse({ hostAliases: { a: 'https://b' } }).success,
    ).toBe(false);
  });
});
