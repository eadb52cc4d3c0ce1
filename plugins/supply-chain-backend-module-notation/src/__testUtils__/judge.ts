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
import { OciRegistryServer } from 'sandbox';
import { NotationCollector } from '../NotationCollector';

/** A client that may speak to a server of the sandbox. */
export function clientFor(server: OciRegistryServer): RegistryClient {
  return RegistryClient.create({
    registries: [
      { host: server.host, insecure: true, allowPrivateAddress: true },
    ],
    limits: { totalTimeoutMs: 20_000 },
  });
}

/** What a policy that trusts one root says of an image, with the evidence it says it from. */
export type Judged = {
  judgement: SignatureJudgement;
  evidence: EvidenceOf<'signature'>;
};

/** Collects and judges as the portal does. */
export async function judgeImage(options: {
  client: RegistryClient;
  repository: string;
  digest: string;
  trustRoot: TrustRoot;
  now: Date;
}): Promise<Judged> {
  const { client, repository, trustRoot, now } = options;
  const subject: ImageSubject = {
    type: 'image',
    repository,
    digest: parseDigest(options.digest)!,
  };
  const trustRoots = [trustRoot];
  const context = createCollectContext({ now, trustRoots });
  const [origin] = await OriginCollector.create({ registry: client }).collect(
    subject,
    context,
  );
  const [evidence] = await NotationCollector.create({
    registry: client,
  }).collect(subject, { ...context, origin });
  const judgement = signatureStatusFor({
    policy: { trust: { type: 'any', of: [trustRoot.name] } },
    trustRoots,
    signatures: [evidence],
    now,
  });
  return { judgement, evidence };
}
