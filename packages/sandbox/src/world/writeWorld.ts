import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotaryServer } from '../notary';
import { OciRegistryServer } from '../registry';
import { admissionFiles } from './admissionFiles';
import { exploitFiles } from './exploitFiles';
import { policyDocuments } from './policyDocuments';
import { SandboxWorld } from './SandboxWorld';

/** https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md */
const NOTATION_TRUST_POLICY = {
  version: '1.0',
  trustPolicies: [
    {
      name: 'acme',
      registryScopes: ['*'],
      signatureVerification: {
        level: 'strict',
        // Nobody revokes in the sandbox, and this product does not ask.
        override: { revocation: 'skip' },
      },
      trustStores: ['ca:acme', 'tsa:acme'],
      trustedIdentities: ['x509.subject: C=US, ST=WA, O=Acme'],
    },
  ],
};

/** Writes policy, trust material and addresses into a folder only its owner may read. */
export function writeWorld(options: {
  directory: string;
  world: SandboxWorld;
  registry: OciRegistryServer;
  vendor: OciRegistryServer;
  notary: NotaryServer;
  addresses: object;
  now: Date;
}): {
  policyFile: string;
  trustFiles: string[];
  kevFile: string;
  epssFile: string;
} {
  const { directory, world, registry, vendor, notary, addresses } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const write = (name: string, content: string) => {
    const file = join(directory, name);
    writeFileSync(file, content, { mode: 0o600 });
    // The mode above counts for new files only; tokens may not stay readable.
    chmodSync(file, 0o600);
    return file;
  };
  const { signer } = world;
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const trustFiles = [
    write('cosign.pub', signer.releaseKey.publicKeyPem),
    write('vendor.pub', signer.vendorKey.publicKeyPem),
    write('trusted_root.json', json(signer.trustedRoot())),
    write('trustpolicy.json', json(NOTATION_TRUST_POLICY)),
    write('acme-ca.crt', signer.notation.root.pem),
    write('acme-tsa.crt', signer.notation.timestampRoot.pem),
  ];
  write('sandbox.json', json(addresses));
  const hosts = [registry.host, vendor.host, notary.host];
  admissionFiles({ world, hosts }).forEach(({ name, content }) =>
    write(name, content),
  );
  const policyFile = write(
    'policy.yaml',
    policyDocuments({
      ownHost: registry.host,
      vendorHost: vendor.host,
      contentTrust: { server: notary.url, rootKeyIds: signer.rootKeyIds() },
      now: options.now,
    }),
  );
  const { kev, epss } = exploitFiles(options.now);
  return {
    policyFile,
    trustFiles,
    kevFile: write(kev.name, kev.content),
    epssFile: write(epss.name, epss.content),
  };
}
