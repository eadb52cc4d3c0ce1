import { SignedStatement, TrustCheck } from '../../model/signature';
import {
  check,
  identity,
  KEY,
  keyRoot,
  NOW,
  OTHER_KEY,
  signatures,
  sigstoreRoot,
  statement,
} from '../../testing/exampleFacts';
import { TrustExpression } from '../types';
import { SignatureQuestion, signatureStatusFor } from './signatureStatusFor';

function ask(overrides: Partial<SignatureQuestion> = {}) {
  return signatureStatusFor({
    policy: { trust: { type: 'any', of: ['release'] } },
    trustRoots: [keyRoot('release', 'pem')],
    signatures: [signatures([statement(check())])],
    now: NOW,
    ...overrides,
  });
}

describe('a trust expression', () => {
  const keys = keyRoot('release', 'pem');
  const more = keyRoot('vendor', 'pem');
  const ci = sigstoreRoot(
    'ci',
    'https://github.com/acme/web/**',
    'https://github.com/acme/**',
  );
  const web = identity('https://github.com/acme/web/w.yml@refs/tags/v1');
  const webLater = identity('https://github.com/acme/web/w.yml@refs/tags/v2');
  const api = identity('https://github.com/acme/api/w.yml@refs/tags/v1');
  const stranger = identity('https://github.com/else/x/w.yml@refs/tags/v1');

  const atLeast = (count: number, ...of: string[]): TrustExpression => ({
    type: 'atLeast',
    count,
    of,
  });
  const all = (...of: string[]): TrustExpression => ({ type: 'all', of });
  const by = (trustRoot: string, signer: TrustCheck['signer']) =>
    check({ trustRoot, signer });

  // prettier-ignore

  it.each<[string, TrustExpression, SignedStatement[], string]>([
    ['all roots, each by its own signer', all('release', 'vendor'), [statement(by('release', KEY)), statement(by('vendor', OTHER_KEY))], 'verified'],
    ['all roots, one key in both', all('release', 'vendor'), [statement(by('release', KEY), by('vendor', KEY))], 'untrustedSigner'],
    ['all roots, one of them only', all('release', 'vendor'), [statement(by('release', KEY))], 'untrustedSigner'],
    ['all roots, the shared key leaves the other root its own', all('release', 'vendor'), [statement(by('release', KEY), by('vendor', KEY)), statement(by('release', OTHER_KEY))], 'verified'],
    ['two of three, two keys of one root', atLeast(2, 'release'), [statement(by('release', KEY)), statement(by('release', OTHER_KEY))], 'verified'],
    ['two, the same key twice', atLeast(2, 'release'), [statement(by('release', KEY)), statement(by('release', KEY))], 'untrustedSigner'],
    ['two, one workflow at two tags under one pattern', atLeast(2, 'ci'), [statement(by('ci', identity('https://github.com/acme/api/w.yml@refs/tags/v1'))), statement(by('ci', identity('https://github.com/acme/api/w.yml@refs/tags/v2')))], 'untrustedSigner'],
    ['two, one signature under two patterns', atLeast(2, 'ci'), [statement(by('ci', web))], 'untrustedSigner'],
    ['two, two workflows under two patterns', atLeast(2, 'ci'), [statement(by('ci', web)), statement(by('ci', api))], 'verified'],
    ['three, a tag more of one of them', atLeast(3, 'ci'), [statement(by('ci', web)), statement(by('ci', webLater)), statement(by('ci', api))], 'untrustedSigner'],
    ['two, a key and an identity', atLeast(2, 'release', 'ci'), [statement(by('release', KEY)), statement(by('ci', web))], 'verified'],
    ['two, an identity no pattern accounts for', atLeast(2, 'release', 'ci'), [statement(by('release', KEY)), statement(by('ci', stranger))], 'untrustedSigner'],
    ['two, an identity of a root of keys', atLeast(2, 'release'), [statement(by('release', KEY)), statement(by('release', web))], 'untrustedSigner'],
    ['two, one signer is not named', atLeast(2, 'release'), [statement(by('release', KEY)), statement(by('release', undefined))], 'untrustedSigner'],
    ['all, the signer is not named', all('release'), [statement(by('release', undefined))], 'untrustedSigner'],
    ['all, the issuer is not named', all('ci'), [statement(by('ci', { type: 'identity', subject: 'x', extensions: {} }))], 'verified'],
    ['of a form nobody knows', { type: 'every', of: ['release'] } as unknown as TrustExpression, [statement(by('release', KEY))], 'untrustedSigner'],
  ])('wants %s', (_condition, trust, statements, status) => {
    const judgement = ask({
      policy: { trust },
      trustRoots: [keys, more, ci],
      signatures: [signatures(statements)],
    });
    expect([judgement.status, judgement.reason]).toEqual([status, status === 'verified' ? undefined : 'tooFewSigners']);
  });
});
