import { createSigningKey } from 'sandbox';
import { ImageWorld } from '../__testUtils__/ImageWorld';

const VULN = 'https://cosign.sigstore.dev/attestation/vuln/v1';

const predicate = {
  invocation: { uri: 'https://ci.acme.example/1' },
  scanner: {
    uri: 'pkg:github/aquasecurity/trivy@0.65.0',
    result: {
      SchemaVersion: 2,
      ArtifactType: 'container_image',
      CreatedAt: '2026-06-30T06:00:00Z',
      Results: [
        {
          Target: 'image',
          Class: 'os-pkgs',
          Type: 'debian',
          Vulnerabilities: [
            {
              VulnerabilityID: 'CVE-2026-1',
              PkgName: 'openssl',
              InstalledVersion: '1',
              FixedVersion: '2',
              Severity: 'CRITICAL',
            },
          ],
        },
      ],
    },
  },
  metadata: { scanFinishedOn: '2026-06-30T06:00:10Z' },
};

describe('a scan that is attested in the registry', () => {
  let world: ImageWorld;

  beforeEach(async () => {
    world = await ImageWorld.start();
  });
  afterEach(async () => {
    await world.stop();
  });

  const attest = (options: Parameters<ImageWorld['attest']>[0] = {}) =>
    world.attest({
      ...options,
      change: statement =>
        Object.assign(statement, { predicateType: VULN, predicate }),
    });
  const statements = async () =>
    (await world.collectProvenance()).detail?.statements;

  it('is read, and bound to what its signed statement covers', async () => {
    attest();
    expect(await statements()).toMatchObject([
      {
        predicateType: VULN,
        covers: world.image.digest,
        signed: true,
        content: {
          type: 'vulnerabilityScan',
          scan: {
            scanner: { name: 'Trivy' },
            scannedAt: '2026-06-30T06:00:00.000Z',
            findings: [{ id: 'CVE-2026-1', fixedVersion: '2' }],
          },
        },
        checks: [{ trustRoot: 'key', status: 'verified' }],
      },
    ]);
  });

  it('is vouched for by nobody when a stranger signed it', async () => {
    attest({ key: createSigningKey() });
    expect(await statements()).toMatchObject([
      { checks: [{ status: 'untrustedSigner', reason: 'noMatchingKey' }] },
    ]);
  });
});
