import {
  EvidenceOf,
  ImageSubject,
  parseDigest,
  SignatureJudgement,
  signatureStatusFor,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import {
  OriginCollector,
  RegistryClient,
} from 'backstage-plugin-supply-chain-node/registry';
import { createCollectContext } from 'backstage-plugin-supply-chain-node/testUtils';
import { SignatureRepository } from '../signatureRepositories';
import { SigstoreCollector } from '../SigstoreCollector';

/** When the recorded images were signed. */
export const RECORDED_AT = new Date('2026-11-23T12:00:00Z');

/** A client that may speak to a registry on the loopback interface. */
export function clientFor(server: { host: string }): RegistryClient {
  return RegistryClient.create({
    registries: [
      { host: server.host, insecure: true, allowPrivateAddress: true },
    ],
    limits: { totalTimeoutMs: 20_000 },
  });
}

/** What a policy that trusts these roots says of an image, with the evidence it says it from. */
export type Judged = {
  judgement: SignatureJudgement;
  evidence: EvidenceOf<'signature'>;
  provenance: EvidenceOf<'provenance'>;
  origin: EvidenceOf<'origin'>;
};

/** Collects and judges as the portal does. */
export async function judgeImage(options: {
  client: RegistryClient;
  repository: string;
  digest: string;
  imageRefs?: string[];
  trustRoots: TrustRoot[];
  signatureRepositories?: SignatureRepository[];
  now?: Date;
}): Promise<Judged> {
  const { client, repository, trustRoots, imageRefs = [] } = options;
  const { now = RECORDED_AT } = options;
  const subject: ImageSubject = {
    type: 'image',
    repository,
    digest: parseDigest(options.digest)!,
  };
  const context = createCollectContext({
    now,
    imageRefs,
    trustRoots,
  });
  const [origin] = await OriginCollector.create({ registry: client }).collect(
    subject,
    context,
  );
  const [evidence, provenance] = await SigstoreCollector.create({
    registry: client,
    signatureRepositories: options.signatureRepositories,
  }).collect(subject, { ...context, origin });
  const judgement = signatureStatusFor({
    policy: {
      trust: { type: 'any', of: trustRoots.map(({ name }) => name) },
    },
    trustRoots,
    signatures: [evidence],
    now,
  });
  return { judgement, evidence, provenance, origin };
}
