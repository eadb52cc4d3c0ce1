import { Signer } from '../model/signature';
import { matchesIdentity } from './matchesIdentity';
import { IdentityPattern } from './types';

const ISSUER = 'https://token.actions.githubusercontent.com';
const SUBJECT =
  'https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main';

function signer(
  overrides: Partial<Extract<Signer, { type: 'identity' }>> = {},
): Extract<Signer, { type: 'identity' }> {
  return {
    type: 'identity',
    issuer: ISSUER,
    subject: SUBJECT,
    extensions: { sourceRepositoryUri: 'https://github.com/acme/app' },
    ...overrides,
  };
}

describe('matchesIdentity', () => {
  const exact: IdentityPattern = { issuer: ISSUER, subject: SUBJECT };

  it.each<[string, IdentityPattern, ReturnType<typeof signer>, boolean]>([
    ['issuer and subject are equal', exact, signer(), true],
    [
      'the issuer only begins like it',
      exact,
      signer({ issuer: `${ISSUER}.evil.example` }),
      false,
    ],
    [
      'the issuer has a slash more',
      exact,
      signer({ issuer: `${ISSUER}/` }),
      false,
    ],
    [
      'the subject only contains it',
      { ...exact, subject: 'acme/app' },
      signer(),
      false,
    ],
    [
      'a dot is another character',
      exact,
      signer({ subject: SUBJECT.replace('release.yml', 'releaseXyml') }),
      false,
    ],
    [
      'the certificate has no issuer',
      exact,
      signer({ issuer: undefined }),
      false,
    ],
    [
      'none is written and there is no issuer',
      { ...exact, issuer: 'none' },
      signer({ issuer: undefined }),
      true,
    ],
    [
      'none is written and there is an issuer',
      { ...exact, issuer: 'none' },
      signer(),
      false,
    ],
    [
      'none is written and the issuer is called none',
      { ...exact, issuer: 'none' },
      signer({ issuer: 'none' }),
      false,
    ],
    [
      'an extension is equal',
      {
        ...exact,
        extensions: { sourceRepositoryUri: 'https://github.com/acme/app' },
      },
      signer(),
      true,
    ],
    [
      'an extension differs',
      {
        ...exact,
        extensions: { sourceRepositoryUri: 'https://github.com/acme/other' },
      },
      signer(),
      false,
    ],
    [
      'an extension is missing',
      { ...exact, extensions: { runnerEnvironment: { glob: '**' } } },
      signer(),
      false,
    ],
    [
      'an extension is named like a method',
      { ...exact, extensions: { toString: { glob: '**' } } },
      signer(),
      false,
    ],
  ])('when %s', (_condition, pattern, identity, expected) => {
    expect(matchesIdentity(pattern, identity)).toBe(expected);
  });
});
