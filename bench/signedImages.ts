import {
  buildImage,
  createKeyedBundle,
  createKeylessBundle,
  createSigningKey,
  GITHUB_ISSUER,
  GithubIdentity,
  OciRegistryServer,
  PrivateSigstore,
  publishBundle,
  SignedBundle,
  signatureStatement,
  workflowUri,
} from 'sandbox';

/** An image in the registry with the bundle that signs it. */
export type SignedImage = {
  repository: string;
  digest: string;
  bundle: SignedBundle;
};

/** Everything a verifier needs to know of the images that were signed. */
export type SignedImages = {
  host: string;
  keyed: SignedImage[];
  keyless: SignedImage[];
  publicKeyPem: string;
  /** JSON. */
  trustedRoot: string;
  issuer: string;
  identity: string;
};

const IDENTITY: GithubIdentity = {
  repository: 'acme/web',
  workflow: '.github/workflows/release.yml',
  ref: 'refs/tags/v1.0.0',
  commit: '0123456789abcdef0123456789abcdef01234567',
};

/** Builds and signs `count` images by a key and as many by a workflow, every one of them different. */
export async function signImages(
  registry: OciRegistryServer,
  count: number,
): Promise<SignedImages> {
  const key = createSigningKey();
  const sigstore = await PrivateSigstore.create();
  const keyed: SignedImage[] = [];
  const keyless: SignedImage[] = [];
  for (let build = 0; build < count; build += 1) {
    keyed.push(
      await publish({ registry, path: 'bench/keyed', build }, statement =>
        createKeyedBundle({ key, statement }),
      ),
    );
    keyless.push(
      await publish({ registry, path: 'bench/keyless', build }, statement =>
        createKeylessBundle({ sigstore, identity: IDENTITY, statement }),
      ),
    );
  }
  return {
    host: registry.host,
    keyed,
    keyless,
    publicKeyPem: key.publicKeyPem,
    trustedRoot: JSON.stringify(sigstore.trustedRoot()),
    issuer: GITHUB_ISSUER,
    identity: workflowUri(IDENTITY),
  };
}

async function publish(
  place: { registry: OciRegistryServer; path: string; build: number },
  sign: (
    statement: ReturnType<typeof signatureStatement>,
  ) => SignedBundle | Promise<SignedBundle>,
): Promise<SignedImage> {
  const { registry, path, build } = place;
  const { top } = buildImage({
    registry,
    repository: path,
    tag: `1.0.${build}`,
    source: `https://github.com/${IDENTITY.repository}`,
    build,
  });
  const bundle = await sign(signatureStatement(top.digest));
  publishBundle({
    registry,
    repository: path,
    subject: top,
    bundle,
    createdAt: new Date(),
  });
  return {
    repository: `${registry.host}/${path}`,
    digest: top.digest,
    bundle,
  };
}
