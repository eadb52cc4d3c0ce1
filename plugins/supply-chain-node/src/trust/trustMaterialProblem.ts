import { X509Certificate } from 'node:crypto';
import { Material, TrustRoot } from 'backstage-plugin-supply-chain-common';
import { TrustProblem } from './compiledTrustRoot';
import { compileTrustRoot, isSigstoreTrustRoot } from './compileTrustRoot';
import { readTrustStore } from './readTrustStore';

/**
 * Why the material of a trust root of any kind is no use, or `undefined` when all of it can be read: found before
 * anything is judged by it.
 *
 * @public
 */
export function trustMaterialProblem(
  root: TrustRoot,
): TrustProblem | undefined {
  if (isSigstoreTrustRoot(root)) {
    const compiled = compileTrustRoot(root);
    return compiled.ok ? undefined : compiled;
  }
  return root.spec.type === 'notation'
    ? trustStoreProblem(root.spec.trustStores)
    : certificatesOf(root)
        .map(certificateProblem)
        .find(problem => problem !== undefined);
}

function trustStoreProblem(
  stores: Record<string, Material[]>,
): TrustProblem | undefined {
  for (const [name, materials] of Object.entries(stores)) {
    const store = readTrustStore(name, materials);
    if (!store.ok) {
      return store;
    }
  }
  return undefined;
}

function certificatesOf({ spec }: TrustRoot): Material[] {
  return spec.type === 'contentTrust'
    ? spec.pins.flatMap(pin =>
        pin.type === 'certificateAuthority' ? [pin.certificateAuthority] : [],
      )
    : [];
}

function certificateProblem(material: Material): TrustProblem | undefined {
  try {
    // The constructor reads the whole certificate or throws.
    return new X509Certificate(material.content) && undefined;
  } catch (error) {
    // Node has no other way to say that the text is no certificate.
    return unreadable(material, (error as Error).message);
  }
}

function unreadable({ source }: Material, message: string): TrustProblem {
  return {
    ok: false,
    reason: 'keyUnreadable',
    message: `${source}: expected a certificate in PEM: ${message}`,
  };
}
