import { checkCommand, NODE_VERSION, TOKEN_VARIABLE } from './checkCommand';
import { CheckOptions } from './checkOptions';

const JUNIT = 'supply-chain.xml';

/** A job for `include:`; the pipeline sets `IMAGE`, best as repository@digest. */
export function gitlabJob(options: CheckOptions): object {
  const { line, variables } = checkCommand(options, ['text', `junit=${JUNIT}`]);
  return {
    'supply-chain': {
      stage: 'test',
      image: `node:${NODE_VERSION}`,
      variables,
      ...(options.decidedBy === 'portal' && {
        // https://docs.gitlab.com/ci/yaml/#id_tokens
        id_tokens: { [TOKEN_VARIABLE]: { aud: options.portalUrl } },
      }),
      script: [
        'test -n "$IMAGE" || { echo "IMAGE is not set" >&2; exit 2; }',
        line,
      ],
      artifacts: { when: 'always', reports: { junit: JUNIT } },
    },
  };
}
