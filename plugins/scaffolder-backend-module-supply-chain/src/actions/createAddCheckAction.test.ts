import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { CheckInput, CLI_VERSION } from './checkOptions';
import { createAddCheckAction } from './createAddCheckAction';

const directory = createMockDirectory();

type ActionContext = Parameters<
  ReturnType<typeof createAddCheckAction>['handler']
>[0];

/** Runs the action as the scaffolder does, with the parts of its context that the action uses. */
async function run(input: CheckInput) {
  const output = jest.fn();
  await createAddCheckAction().handler({
    input,
    output,
    workspacePath: directory.path,
    logger: mockServices.logger.mock(),
  } as unknown as ActionContext);
  return output;
}

const written = () => directory.content() as Record<string, any>;

beforeEach(() => directory.clear());

describe('supply-chain:ci:add', () => {
  it('writes a workflow in which a policy of the repository decides', async () => {
    const output = await run({
      provider: 'github',
      policyFile: 'supply-chain/policy.yaml',
    });
    expect(output).toHaveBeenCalledWith(
      'path',
      '.github/workflows/supply-chain.yml',
    );
    const workflow = parse(written()['.github'].workflows['supply-chain.yml']);
    const { permissions, env, steps } = workflow.jobs.check;
    expect(workflow.permissions).toEqual({});
    expect(permissions).toEqual({ contents: 'read', packages: 'read' });
    expect(env).toEqual({
      IMAGE: '${{ inputs.image }}',
      SUPPLY_CHAIN_POLICY: 'supply-chain/policy.yaml',
    });
    expect(steps.map((step: { uses?: string }) => step.uses)).toEqual([
      expect.stringMatching(/^actions\/checkout@[0-9a-f]{40}$/),
      expect.stringMatching(/^actions\/setup-node@[0-9a-f]{40}$/),
      undefined,
    ]);
    expect(steps[2].run).toBe(
      `npx --yes backstage-supply-chain-cli@${CLI_VERSION} check "$IMAGE" --policy "$SUPPLY_CHAIN_POLICY" --output github --output sarif=supply-chain.sarif`,
    );
  });

  it('writes a workflow in which the portal decides, with a token for it alone', async () => {
    await run({
      provider: 'github',
      portalUrl: 'https://backstage.acme.example/',
      entityRef: 'component:default/web',
    });
    const { check } = parse(
      written()['.github'].workflows['supply-chain.yml'],
    ).jobs;
    expect(check.permissions['id-token']).toBe('write');
    expect(check.env).toMatchObject({
      SUPPLY_CHAIN_PORTAL: 'https://backstage.acme.example',
      SUPPLY_CHAIN_ENTITY: 'component:default/web',
    });
    expect(check.steps).toHaveLength(3);
    expect(check.steps[1].run).toContain('audience=$SUPPLY_CHAIN_PORTAL');
    expect(check.steps[2].run).toContain(
      '--portal "$SUPPLY_CHAIN_PORTAL" --token-env SUPPLY_CHAIN_TOKEN --wait 300 --entity "$SUPPLY_CHAIN_ENTITY"',
    );
  });

  it('writes a job for GitLab', async () => {
    await run({
      provider: 'gitlab',
      portalUrl: 'https://backstage.acme.example',
      entityRef: 'component:default/web',
      cliVersion: '1.2.3',
    });
    const job = parse(written()['.gitlab'].ci['supply-chain.yml']);
    expect(job['supply-chain']).toMatchObject({
      id_tokens: {
        SUPPLY_CHAIN_TOKEN: { aud: 'https://backstage.acme.example' },
      },
      artifacts: { when: 'always', reports: { junit: 'supply-chain.xml' } },
    });
    expect(job['supply-chain'].script[1]).toContain(
      'backstage-supply-chain-cli@1.2.3 check "$IMAGE"',
    );
  });

  it('overwrites nothing', async () => {
    directory.setContent({
      '.github/workflows/supply-chain.yml': 'mine',
    });
    await expect(
      run({ provider: 'github', policyFile: 'policy.yaml' }),
    ).rejects.toThrow('exists already');
    expect(written()['.github'].workflows['supply-chain.yml']).toBe('mine');
  });

  // prettier-ignore
  it.each<[string, Partial<CheckInput>]>([
    ['nothing decides', {}],
    ['two decide', { policyFile: 'policy.yaml', portalUrl: 'https://backstage.acme.example' }],
    ['the portal is asked about nothing', { portalUrl: 'https://backstage.acme.example' }],
    ['the portal speaks plain http', { portalUrl: 'http://backstage.acme.example', entityRef: 'web' }],
    ['the address has credentials', { portalUrl: 'https://a:b@backstage.acme.example', entityRef: 'web' }],
    ['the policy lies outside', { policyFile: '../policy.yaml' }],
    ['the policy is an absolute path', { policyFile: '/etc/policy.yaml' }],
    ['the version is a range', { policyFile: 'policy.yaml', cliVersion: '^1.0.0' }],
    ['GitHub would expand it', { policyFile: '${{ secrets.TOKEN }}' }],
    ['a shell would expand it', { policyFile: 'policy.yaml', entityRef: '$(id)' }],
    ['it has a second line', { policyFile: 'policy.yaml', entityRef: 'web\nrun: id' }],
  ])('refuses when %s', async (_condition, input) => {
    await expect(run({ provider: 'github', ...input })).rejects.toThrow(
      'expected',
    );
    expect(written()).toEqual({});
  });

  it('names the version of the command line beside it', () => {
    const file = resolve(__dirname, '../../../../packages/cli/package.json');
    const { version } = JSON.parse(readFileSync(file, 'utf8'));
    expect(CLI_VERSION).toBe(version);
  });
});
