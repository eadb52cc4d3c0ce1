import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import type { SigstoreTrustRoot } from 'backstage-plugin-supply-chain-node/trust';
import { verifyCandidate } from '../verify';
import { keyRoot, named, sigstoreRoot } from '../__testUtils__/trustRoots';
import {
  foldersIn,
  readOptional,
  vectorFolder,
} from '../__testUtils__/vectors';

// Cases of sigstore-conformance (test/assets/bundle-verify): bundles over files, not over images. They exercise the
// cryptography; whether the payload is a signature of an image (L13) is asked elsewhere.
const folder = vectorFolder('sigstore-conformance/test/assets/bundle-verify');

const PUBLIC_GOOD = 'sigstore-go/examples/trusted-root-public-good.json';
const DEFAULT_IDENTITY =
  'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main';
const DEFAULT_ISSUER = 'https://token.actions.githubusercontent.com';

function trustRootOf(path: string, fallback: string): SigstoreTrustRoot {
  const trustedRoot = readOptional(path, 'trusted_root.json') ?? fallback;
  const pem = readOptional(path, 'key.pub');
  return pem
    ? keyRoot({ pem, transparencyLog: 'required', trustedRoot })
    : sigstoreRoot({
        trustedRoot,
        identities: [
          {
            issuer: readOptional(path, 'issuer')?.trim() ?? DEFAULT_ISSUER,
            subject: readOptional(path, 'identity')?.trim() ?? DEFAULT_IDENTITY,
          },
        ],
      });
}

function verify(root: string, name: string) {
  const path = join(root, name);
  const artifact = Buffer.from(
    readOptional(path, 'artifact') ?? readFileSync(join(root, 'a.txt')),
  );
  const about = parseDigest(
    `sha256:${createHash('sha256').update(artifact).digest('hex')}`,
  )!;
  const publicGood = readFileSync(vectorFolder(PUBLIC_GOOD)!, 'utf8');
  const [check] = verifyCandidate({
    candidate: {
      form: 'bundle',
      bytes: readFileSync(join(path, 'bundle.sigstore.json')),
      artifact,
    },
    about,
    trustRoots: named(trustRootOf(path, publicGood)),
    now: new Date('2026-11-23T12:00:00Z'),
  }).checks;
  return check;
}

if (folder === undefined) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(folder).toBeDefined();
  });
} else {
  describe('sigstore-conformance bundle-verify', () => {
    const names = foldersIn(folder);

    it('has its 70 cases', () => {
      expect(names).toHaveLength(70);
    });

    it.each(names)('%s', name => {
      const check = verify(folder, name);
      const isRefused = check.status !== 'verified';
      expect(isRefused).toBe(name.endsWith('_fail'));
      // Whatever is refused says why, and only that.
      expect(check.reason !== undefined).toBe(isRefused);
    });
  });
}
