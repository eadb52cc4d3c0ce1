import {
  Evidence,
  MergedImage,
  parseDigest,
  reproducingCommand,
  schema,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';

/** Options of {@link reproduceWith}. */
export type ReproduceWithOptions = {
  image: MergedImage;
  evidence: Evidence[];
  trustRoots: TrustRoot[];
};

/** The command that repeats the check which made the signature count; `undefined` when none did. */
export function reproduceWith(
  options: ReproduceWithOptions,
): schema.ReproducingCommand | undefined {
  const { image, evidence, trustRoots } = options;
  const { signature, repository } = image;
  const digest = parseDigest(image.digest);
  const trustRoot = trustRoots.find(
    ({ name }) => name === signature?.trustRoot,
  );
  if (
    !repository ||
    !digest ||
    !trustRoot ||
    signature?.status !== 'verified'
  ) {
    return undefined;
  }
  const statements = evidence.flatMap(each =>
    each.kind === 'signature' ? each.detail?.statements ?? [] : [],
  );
  const commands = statements
    .filter(({ relation }) => relation === signature.relation)
    .flatMap(statement =>
      statement.checks
        .filter(check => check.trustRoot === trustRoot.name)
        .flatMap(
          check =>
            reproducingCommand({
              subject: { repository, digest },
              statement,
              check,
              trustRoot,
            }) ?? [],
        ),
    );
  return (
    commands[0] && {
      arguments: commands[0].command,
      notChecked: commands[0].notChecked,
    }
  );
}
