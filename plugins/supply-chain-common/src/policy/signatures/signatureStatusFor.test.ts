import { SignedStatement, TrustCheck } from '../../model/signature';
import {
  check,
  COMPLETE_TRAIL,
  INDEX_DIGEST,
  keyRoot,
  look,
  NOW,
  signatures,
  statement,
} from '../../testing/exampleFacts';
import { SignatureQuestion, signatureStatusFor } from './signatureStatusFor';

const bad = (
  status: TrustCheck['status'],
  reason: TrustCheck['reason'],
  trustRoot = 'release',
) => check({ status, reason, trustRoot, signer: undefined });

const viaIndex = (...checks: TrustCheck[]): SignedStatement => ({
  ...statement(...checks),
  relation: 'viaIndex',
});
const attestation = (...checks: TrustCheck[]): SignedStatement => ({
  ...statement(...checks),
  kind: 'attestation',
});

function ask(overrides: Partial<SignatureQuestion> = {}) {
  return signatureStatusFor({
    policy: { trust: { type: 'any', of: ['release'] } },
    trustRoots: [keyRoot('release', 'pem')],
    signatures: [signatures([statement(check())])],
    now: NOW,
    ...overrides,
  });
}

describe('signatureStatusFor', () => {
  it('answers what is asked now, not what was asked before of the same signatures', () => {
    const asked = {
      policy: { trust: { type: 'any' as const, of: ['release'] } },
      trustRoots: [keyRoot('release', 'pem')],
      signatures: [signatures([viaIndex(check())])],
      imageRef: 'registry.acme.example/shop/web:1.0.0',
      now: NOW,
    };
    const answers = [
      {},
      { allowViaIndex: false },
      { policy: {} },
      { trustRoots: [] },
      { now: new Date('2026-11-21T11:00:00Z') },
      {},
    ].map(changes => ask({ ...asked, ...changes }));

    expect(answers.map(({ status, reason }) => reason ?? status)).toEqual([
      'verified',
      'noSignature',
      'noTrustRootConfigured',
      'trustRootUnusable',
      'evidenceExpired',
      'verified',
    ]);
  });

  // prettier-ignore
  it.each<[string, Partial<SignatureQuestion>, string, string | undefined]>([
    ['a trusted key signed', {}, 'verified', undefined],
    ['no trust is named (L37)', { policy: {} }, 'unavailable', 'noTrustRootConfigured'],
    ['the list of roots is empty (L37)', { policy: { trust: { type: 'any', of: [] } } }, 'unavailable', 'noTrustRootConfigured'],
    ['a named root is not loaded', { trustRoots: [] }, 'unavailable', 'trustRootUnusable'],
    ['nothing was collected', { signatures: [] }, 'unavailable', 'notCollectedYet'],
    [
      'the look failed (L5)',
      {
        signatures: [
          signatures([], {
            evidence: {
              status: 'unavailable',
              reason: 'registryRefused',
              detail: undefined,
            },
          }),
        ],
      },
      'unavailable',
      'registryRefused',
    ],
    [
      'the look failed without a reason',
      {
        signatures: [
          signatures([], {
            evidence: { status: 'unavailable', detail: undefined },
          }),
        ],
      },
      'unavailable',
      'notCollectedYet',
    ],
    ['the evidence has expired (L6)', { now: new Date('2026-11-21T11:00:00Z') }, 'unavailable', 'evidenceExpired'],
    [
      'a later look failed and the earlier one stands (L6)',
      {
        signatures: [
          signatures([statement(check())], {
            evidence: {
              lastLook: { failedAt: NOW.toISOString(), reason: 'rateLimited' },
            },
          }),
        ],
      },
      'verified',
      undefined,
    ],
    ['every place was read and holds nothing', { signatures: [signatures([])] }, 'unsigned', 'noSignature'],
    ['there are attestations only (L13)', { signatures: [signatures([attestation(check())])] }, 'unsigned', 'attestedOnly'],
    [
      'a place was not read to its end (L10)',
      {
        signatures: [
          signatures([], {
            trail: [
              look(),
              look({
                place: 'sigTag',
                complete: false,
                reason: 'tooManyCandidates',
              }),
            ],
          }),
        ],
      },
      'unavailable',
      'tooManyCandidates',
    ],
    [
      'a place was not read and nobody says why',
      {
        signatures: [
          signatures([], {
            trail: [look({ complete: false }), look({ place: 'sigTag' })],
          }),
        ],
      },
      'unavailable',
      'notCollectedYet',
    ],
    [
      'a place that cannot hold signatures was not read',
      {
        signatures: [
          signatures([], {
            trail: [...COMPLETE_TRAIL, look({ place: 'attTag', complete: false, reason: 'rateLimited' }), look({ place: 'sbomTag', complete: false })],
          }),
        ],
      },
      'unsigned',
      'noSignature',
    ],
    ['a needed place is not in the trail', { signatures: [signatures([], { trail: [look()] })] }, 'unavailable', 'notCollectedYet'],
    [
      'the fallback tag was read in place of the referrers',
      {
        signatures: [
          signatures([], {
            trail: [look({ place: 'fallbackTag' }), look({ place: 'sigTag' })],
          }),
        ],
      },
      'unsigned',
      'noSignature',
    ],
    [
      'only another digest was looked at',
      {
        signatures: [
          signatures([], {
            trail: COMPLETE_TRAIL.map(each => ({
              ...each,
              about: INDEX_DIGEST,
            })),
          }),
        ],
      },
      'unavailable',
      'notCollectedYet',
    ],
    [
      'nothing says where was looked',
      {
        signatures: [signatures([], { evidence: { detail: undefined } })],
      },
      'unavailable',
      'notCollectedYet',
    ],
    [
      'the evidence is about no image',
      {
        signatures: [
          signatures([], {
            evidence: { subject: { type: 'cluster', cluster: 'prod' } },
          }),
        ],
      },
      'unavailable',
      'notCollectedYet',
    ],
    [
      'a trusted key signed and a place was not read',
      {
        signatures: [
          signatures([statement(check())], {
            trail: [look({ complete: false, reason: 'rateLimited' })],
          }),
        ],
      },
      'verified',
      undefined,
    ],
    [
      'an unknown key signed and a place was not read',
      {
        signatures: [
          signatures([statement(bad('untrustedSigner', 'noMatchingKey'))], {
            trail: [look({ complete: false, reason: 'rateLimited' })],
          }),
        ],
      },
      'unavailable',
      'rateLimited',
    ],
    [
      'an unknown key signed',
      {
        signatures: [signatures([statement(bad('untrustedSigner', 'noMatchingKey'))])],
      },
      'untrustedSigner',
      'noMatchingKey',
    ],
    [
      'bad ones of every kind were found',
      {
        signatures: [signatures([statement(bad('untrustedSigner', 'noMatchingKey')), statement(bad('expired', 'certificateNotValidAtSigning')), statement(bad('invalid', 'payloadDigestMismatch'))])],
      },
      'invalid',
      'payloadDigestMismatch',
    ],
    [
      'one is expired and one unknown',
      {
        signatures: [signatures([statement(bad('untrustedSigner', 'noMatchingKey')), statement(bad('expired', 'keyNotValidNow'))])],
      },
      'expired',
      'keyNotValidNow',
    ],
    [
      'several are unknown for different reasons',
      {
        signatures: [signatures([statement(bad('untrustedSigner', 'keyNotInScheme')), statement(bad('untrustedSigner', 'identityMismatch'))])],
      },
      'untrustedSigner',
      'identityMismatch',
    ],
    [
      'a bad one lies beside a good one (L12)',
      {
        signatures: [signatures([statement(bad('invalid', 'malformedPayload')), statement(check())])],
      },
      'verified',
      undefined,
    ],
    [
      'a root cannot be used',
      {
        signatures: [signatures([statement(bad('unavailable', 'trustRootUnusable'))])],
      },
      'unavailable',
      'trustRootUnusable',
    ],
    ['a root the policy does not name accepts it', { signatures: [signatures([statement(check({ trustRoot: 'other' }))])] }, 'unsigned', 'noSignature'],
    ['the index is signed (L3)', { signatures: [signatures([viaIndex(check())])] }, 'verified', undefined],
    ['the index is signed and that is refused', { allowViaIndex: false, signatures: [signatures([viaIndex(check())])] }, 'unsigned', 'noSignature'],
    [
      'places of the index do not matter',
      {
        allowViaIndex: false,
        signatures: [
          signatures([], {
            trail: [
              ...COMPLETE_TRAIL,
              look({
                about: INDEX_DIGEST,
                complete: false,
                reason: 'rateLimited',
              }),
            ],
          }),
        ],
      },
      'unsigned',
      'noSignature',
    ],
    [
      'places of the index matter',
      {
        signatures: [
          signatures([], {
            trail: [
              ...COMPLETE_TRAIL,
              look({
                about: INDEX_DIGEST,
                complete: false,
                reason: 'rateLimited',
              }),
            ],
          }),
        ],
      },
      'unavailable',
      'rateLimited',
    ],
    [
      'the evidence as a whole is invalid',
      {
        signatures: [
          signatures([], {
            evidence: {
              status: 'invalid',
              reason: 'malformedBundle',
              detail: undefined,
            },
          }),
        ],
      },
      'invalid',
      'malformedBundle',
    ],
    [
      'the evidence is invalid without a reason',
      {
        signatures: [
          signatures([], {
            evidence: { status: 'invalid', detail: undefined },
          }),
        ],
      },
      'invalid',
      'malformedBundle',
    ],
    [
      'the evidence is invalid and a place was not read',
      {
        signatures: [
          signatures([], {
            trail: [look({ complete: false, reason: 'rateLimited' })],
            evidence: { status: 'invalid', reason: 'malformedBundle' },
          }),
        ],
      },
      'unavailable',
      'rateLimited',
    ],
    [
      'another signing system says something',
      {
        signatures: [
          signatures([statement(check())]),
          {
            ...signatures([]),
            collector: 'notation',
            detail: { scheme: 'notation', statements: [], trail: [] },
          },
        ],
      },
      'verified',
      undefined,
    ],
    [
      'only another signing system was looked at',
      {
        signatures: [
          {
            ...signatures([]),
            detail: { scheme: 'notation', statements: [], trail: [] },
          },
        ],
      },
      'unavailable',
      'notCollectedYet',
    ],
  ])('when %s', (_condition, question, status, reason) => {
    const result = ask(question);
    expect([result.status, result.reason]).toEqual([status, reason]);
  });

  it('says that an index signature was refused only when it would have counted', () => {
    const refused = { allowViaIndex: false };
    expect(
      ask({ ...refused, signatures: [signatures([viaIndex(check())])] }),
    ).toMatchObject({ viaIndexRefused: true });
    expect(ask({ ...refused, signatures: [signatures([])] })).toMatchObject({
      viaIndexRefused: false,
    });
  });

  it('names the signature of the image itself before that of the index', () => {
    const evidence = signatures([viaIndex(check()), statement(check())]);
    expect(ask({ signatures: [evidence] }).decidedBy?.statement.relation).toBe(
      'exact',
    );
  });

  it('changes when the evidence expires', () => {
    expect(ask().nextChangeAt).toBe('2026-11-21T11:00:00Z');
  });
});
