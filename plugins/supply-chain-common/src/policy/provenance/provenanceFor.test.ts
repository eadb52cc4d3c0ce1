import { PlaceLook, TrustCheck } from '../../model/signature';
import {
  check,
  DIGEST,
  facts,
  INDEX_DIGEST,
  KEY,
  keyRoot,
  look,
  NOW,
  origin,
  OTHER_DIGEST,
  sigstoreRoot,
} from '../../testing/exampleFacts';
import {
  bareStatement,
  claims,
  GENERATOR,
  provenance,
  provenanceStatement,
  SOURCE,
  workflowIdentity,
} from '../../testing/exampleProvenance';
import { TrustRoot } from '../types';
import { provenanceFor, ProvenanceQuestion } from './provenanceFor';

function ask(
  evidence: ReturnType<typeof provenance> | undefined,
  overrides: Partial<ProvenanceQuestion> = {},
) {
  return provenanceFor({
    policy: { trust: { type: 'any', of: ['release'] } },
    trustRoots: [sigstoreRoot('release', 'https://github.com/acme/**')],
    facts: facts({ provenance: evidence }),
    parameters: { allowSelfHosted: false },
    now: NOW,
    ...overrides,
  });
}

const good = provenanceStatement();
const with_ = (...checks: TrustCheck[]) => provenanceStatement({ checks });
const foreign = with_(
  check({
    status: 'untrustedSigner',
    reason: 'identityMismatch',
    signer: undefined,
  }),
);
const invalid = with_(
  check({ status: 'invalid', reason: 'signatureMismatch', signer: undefined }),
);
const unusable = with_(
  check({
    status: 'unavailable',
    reason: 'trustRootUnusable',
    signer: undefined,
  }),
);
const contradicting = with_(
  check({ signer: workflowIdentity({ buildTrigger: 'schedule' }) }),
);
const pullRequest = provenanceStatement({
  claims: claims({ trigger: 'pull_request' }),
  checks: [
    check({ signer: workflowIdentity({ buildTrigger: 'pull_request' }) }),
  ],
});
const isolated = provenanceStatement({
  claims: claims({ builderId: GENERATOR }),
  checks: [check({ signer: workflowIdentity({ buildSignerUri: GENERATOR }) })],
});
const sbom = provenanceStatement({
  predicateType: 'https://spdx.dev/Document',
  content: { type: 'other' },
});
const incomplete = (overrides: Partial<PlaceLook>) => ({
  detail: {
    trail: [look(), look({ place: 'attTag', complete: false, ...overrides })],
  },
});

describe('provenanceFor', () => {
  // prettier-ignore
  it.each<[string, ReturnType<typeof provenance> | undefined, string, number, string | undefined]>([
    ['is verified by one good statement', provenance([good]), 'verified', 2, 'builderNotIsolated'],
    ['takes the best of several', provenance([good, isolated]), 'verified', 3, undefined],
    ['takes a build nothing speaks against before another', provenance([pullRequest, good]), 'verified', 2, 'builderNotIsolated'],
    ['is neither helped nor hurt by a bad one beside it', provenance([foreign, invalid, contradicting, good, bareStatement()]), 'verified', 2, 'builderNotIsolated'],
    ['is verified although another place was not read', provenance([good], incomplete({ reason: 'rateLimited' })), 'verified', 2, 'builderNotIsolated'],
    ['is not known when a place was not read and nothing is good', provenance([invalid], incomplete({ reason: 'rateLimited' })), 'unavailable', 0, 'rateLimited'],
    ['is not known when nobody says why a place was not read', provenance([], incomplete({})), 'unavailable', 0, 'notCollectedYet'],
    ['is not known when a place was not looked at', provenance([], { detail: { trail: [look()] } }), 'unavailable', 0, 'notCollectedYet'],
    ['does not depend on places where none can lie', provenance([], { detail: { trail: [look(), look({ place: 'attTag' }), look({ place: 'sbomTag', complete: false })] } }), 'absent', 0, 'noProvenance'],
    ['is not known under a root that cannot be used', provenance([unusable, foreign]), 'unavailable', 0, 'trustRootUnusable'],
    ['contradicts before it is invalid', provenance([invalid, contradicting]), 'mismatch', 0, 'provenanceContradictsCertificate'],
    ['is invalid before it is of a stranger', provenance([foreign, invalid]), 'invalid', 0, 'provenanceSignatureInvalid'],
    ['is of a stranger before it is a claim', provenance([bareStatement(), foreign]), 'untrustedSigner', 1, 'provenanceSignerUntrusted'],
    ['is claimed when nobody signed it (case 82)', provenance([bareStatement()]), 'claimed', 1, 'provenanceUnsigned'],
    ['is the better claim', provenance([bareStatement(claims({ builderId: '' })), bareStatement()]), 'claimed', 1, 'provenanceUnsigned'],
    ['is absent when every place was read', provenance([]), 'absent', 0, 'noProvenance'],
    ['is absent when only something else is attested', provenance([sbom]), 'absent', 0, 'noProvenance'],
    ['is absent when a claim is about another image', provenance([bareStatement(claims(), { covers: OTHER_DIGEST })]), 'absent', 0, 'noProvenance'],
    ['is absent when a claim is about no image', provenance([bareStatement(claims(), { covers: undefined })]), 'absent', 0, 'noProvenance'],
    ['is unknown before anything looked', undefined, 'unavailable', 0, 'notCollectedYet'],
    ['is unknown when the look failed', provenance([], { evidence: { status: 'unavailable', reason: 'registryRefused', detail: undefined } }), 'unavailable', 0, 'registryRefused'],
    ['is unknown when the look failed and nobody says why', provenance([], { evidence: { status: 'unavailable', detail: undefined } }), 'unavailable', 0, 'notCollectedYet'],
    ['is unknown when there is nothing in what was found', provenance([], { evidence: { detail: undefined } }), 'unavailable', 0, 'notCollectedYet'],
    ['is invalid as a whole', provenance([], { evidence: { status: 'invalid', reason: 'malformedDocument', detail: undefined } }), 'invalid', 0, 'malformedDocument'],
    ['is invalid as a whole and nobody says why', provenance([], { evidence: { status: 'invalid', detail: undefined } }), 'invalid', 0, 'provenanceUnreadable'],
    ['ends with its evidence (L6)', provenance([good], { evidence: { expiresAt: NOW.toISOString() } }), 'unavailable', 0, 'evidenceExpired'],
    ['stands without an end', provenance([good], { evidence: { expiresAt: undefined } }), 'verified', 2, 'builderNotIsolated'],
  ])('%s', (_condition, evidence, status, level, reason) => {
    const judgement = ask(evidence);
    expect([judgement.status, judgement.level, judgement.reasons[0]]).toEqual([status, level, reason]);
  });

  // prettier-ignore
  it.each<[string, Partial<ProvenanceQuestion>, string]>([
    ['no trust is named (L37)', { policy: {} }, 'noTrustRootConfigured'],
    ['only roots are named that sign no statements', { trustRoots: [{ ...keyRoot('release'), spec: { type: 'contentTrust', server: 'https://n.example', pins: [], trustOnFirstUse: false } } as TrustRoot] }, 'noTrustRootConfigured'],
    ['a named root is not loaded', { trustRoots: [] }, 'trustRootUnusable'],
  ])('is unknown when %s', (_condition, overrides, reason) => {
    expect(ask(provenance([good]), overrides)).toMatchObject({ status: 'unavailable', reasons: [reason], candidates: [] });
  });

  it('says that the builder is not listed, whatever other roots know of the signer (L12)', () => {
    const statement = with_(
      check({ signer: workflowIdentity() }),
      check({
        trustRoot: 'other',
        status: 'untrustedSigner',
        reason: 'identityMismatch',
        signer: undefined,
      }),
    );
    expect(
      ask(provenance([statement]), {
        policy: { trust: { type: 'any', of: ['release', 'other'] } },
        trustRoots: [
          sigstoreRoot('release', 'https://github.com/acme/**'),
          sigstoreRoot('other', 'https://github.com/other/**'),
        ],
        parameters: {
          allowSelfHosted: false,
          builders: ['https://builder.acme.example/v1'],
        },
      }),
    ).toMatchObject({ status: 'claimed', reasons: ['builderNotListed'] });
  });

  it('takes any of the roots, whatever the expression counts', () => {
    const trustRoots = [
      keyRoot('vendor'),
      sigstoreRoot('release', 'https://github.com/acme/**'),
    ];
    expect(
      ask(provenance([good]), {
        policy: { trust: { type: 'all', of: ['vendor', 'release'] } },
        trustRoots,
      }).status,
    ).toBe('verified');
  });

  it('leaves checks of roots the policy does not name', () => {
    const other = provenanceStatement({
      checks: [check({ trustRoot: 'other', signer: workflowIdentity() })],
    });
    expect(ask(provenance([other])).status).toBe('absent');
  });

  it('says who, from what and where', () => {
    expect(ask(provenance([good]))).toMatchObject({
      build: {
        repository: SOURCE,
        builder:
          good.content.type === 'slsaProvenance' &&
          good.content.claims.builderId,
        trigger: 'push',
        repositoryId: '1234',
      },
      decidedBy: {
        statement: { foundIn: 'referrers' },
        check: { trustRoot: 'release' },
      },
      nextChangeAt: '2026-11-21T11:00:00Z',
    });
    expect(ask(provenance([pullRequest])).objection).toBe('triggerNotAllowed');
    expect(ask(provenance([contradicting])).contradiction).toContain('trigger');
  });

  it('counts what is about an index or a platform of the image', () => {
    const given = (
      covers: typeof DIGEST,
      detail: Parameters<typeof origin>[0],
    ) =>
      ask(undefined, {
        facts: {
          ...facts({ origin: origin(detail) }),
          provenance: provenance([bareStatement(claims(), { covers })]),
        },
      });
    expect(given(INDEX_DIGEST, { parents: [INDEX_DIGEST] }).status).toBe(
      'claimed',
    );
    expect(
      given(OTHER_DIGEST, {
        children: [{ digest: OTHER_DIGEST, platform: 'linux/amd64' }],
      }).status,
    ).toBe('claimed');
    const viaIndex = provenanceStatement({
      relation: 'viaIndex',
      covers: INDEX_DIGEST,
    });
    expect(
      ask(provenance([viaIndex, good])).decidedBy?.statement.relation,
    ).toBe('exact');
    expect(ask(provenance([viaIndex])).status).toBe('verified');
  });

  it('prefers what says where the source is', () => {
    const silent = provenanceStatement({
      claims: claims({ source: undefined }),
      checks: [check({ signer: KEY })],
    });
    const said = provenanceStatement({ checks: [check({ signer: KEY })] });
    const trustRoots = [keyRoot('release', 'pem')];
    expect(
      ask(provenance([silent, said]), { trustRoots }).build.repository,
    ).toBe(SOURCE);
  });

  it('has nothing to judge without a digest', () => {
    const base = facts({ provenance: provenance([good]) });
    const image = { ...base.image, digest: undefined };
    expect(ask(undefined, { facts: { ...base, image } }).candidates).toEqual(
      [],
    );
  });
});
