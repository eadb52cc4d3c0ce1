import { checkCommand, NODE_VERSION, TOKEN_VARIABLE } from './checkCommand';
import { CheckOptions } from './checkOptions';

/** Pinned by commit: a tag of an action can be moved. */
const CHECKOUT = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683';
const SETUP_NODE =
  'actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af';

/**
 * Asks GitHub for a token of this job, for the portal only.
 * https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-cloud-providers
 */
const REQUEST_TOKEN = [
  'token=$(curl --fail --silent --show-error --get \\',
  '  --header "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\',
  '  --data-urlencode "audience=$SUPPLY_CHAIN_PORTAL" \\',
  '  "$ACTIONS_ID_TOKEN_REQUEST_URL" | jq --raw-output .value)',
  'echo "::add-mask::$token"',
  `echo "${TOKEN_VARIABLE}=$token" >> "$GITHUB_ENV"`,
].join('\n');

/** A reusable workflow: the release calls it with the image by digest, before it deploys. */
export function githubWorkflow(options: CheckOptions): object {
  const byPortal = options.decidedBy === 'portal';
  const { line, variables } = checkCommand(options, [
    'github',
    'sarif=supply-chain.sarif',
  ]);
  const inputs = {
    image: {
      description: 'The image, best as repository@digest',
      required: true,
      type: 'string',
    },
  };
  return {
    name: 'Supply chain',
    on: { workflow_call: { inputs }, workflow_dispatch: { inputs } },
    permissions: {},
    jobs: {
      check: {
        'runs-on': 'ubuntu-latest',
        permissions: {
          contents: 'read',
          packages: 'read',
          ...(byPortal && { 'id-token': 'write' }),
        },
        env: { IMAGE: '${{ inputs.image }}', ...variables },
        steps: [
          ...(byPortal
            ? []
            : [{ uses: CHECKOUT, with: { 'persist-credentials': false } }]),
          { uses: SETUP_NODE, with: { 'node-version': NODE_VERSION } },
          ...(byPortal
            ? [{ name: 'Ask for a token', run: REQUEST_TOKEN }]
            : []),
          { name: 'Check', run: line },
        ],
      },
    },
  };
}
