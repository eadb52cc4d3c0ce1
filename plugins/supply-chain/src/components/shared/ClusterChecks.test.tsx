import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { schema } from 'backstage-plugin-supply-chain-common';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import { entityReport, imageReport } from '../../__testUtils__/reports';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { EntityTab } from '../EntityTab';
import { PolicyTab } from '../ImagePage/PolicyTab';
import { ClusterChecks } from './ClusterChecks';

const workload = {
  cluster: 'prod-eu',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
};
const NONE = { fail: 0, error: 0, warn: 0, pass: 0, skip: 0 };
const AT = '2026-11-23T10:00:00.000Z';

function result(
  changes: Partial<schema.EnforcerResult> = {},
): schema.EnforcerResult {
  return {
    source: 'Trivy config audit',
    policy: 'KSV014',
    result: 'fail',
    severity: 'high',
    title: 'Root file system is not read-only',
    message: "Container 'web' should set 'readOnlyRootFilesystem' to true",
    remediation: "Set 'securityContext.readOnlyRootFilesystem' to true.",
    workload,
    observedAt: AT,
    ...changes,
  };
}

function group(
  topic: schema.CheckGroup['topic'],
  results: schema.EnforcerResult[] = [result()],
): schema.CheckGroup {
  const fail = results.filter(each => each.result === 'fail').length;
  return {
    topic,
    results,
    total: results.length,
    counts: { ...NONE, fail, pass: results.length - fail },
    notes: [],
    observedAt: AT,
  };
}

function checks(
  groups: schema.CheckGroup[],
  missingPermissions: string[] = [],
): schema.ClusterChecks {
  return { groups, missingPermissions };
}

const panel = (name: RegExp | string) => screen.findByRole('region', { name });

it('is not there where nothing was checked', async () => {
  await renderPage(<ClusterChecks />);
  expect(screen.queryByRole('region')).not.toBeInTheDocument();
});

it('has a heading for each topic, with what fails and what to do about it', async () => {
  await renderPage(
    <ClusterChecks
      checks={checks([
        group('configuration', [
          result(),
          result({ policy: 'KSV001', result: 'pass' }),
        ]),
        group('rbac', [
          result({
            policy: 'KSV113',
            workload: { ...workload, kind: 'Role', name: 'proxy' },
          }),
        ]),
        group('infrastructure'),
        group('secrets', [
          result({
            source: 'Trivy secrets',
            policy: 'stripe-secret-token',
            rule: '/app/.env',
            instance: 'web #2',
            title: 'Stripe Secret Key',
            message: undefined,
            remediation: undefined,
          }),
        ]),
      ])}
    />,
  );
  await panel(/Configuration and secrets/);
  expect(
    screen.getAllByRole('heading', { level: 3 }).map(each => each.textContent),
  ).toEqual(['Configuration', 'RBAC', 'Infrastructure', 'Secrets']);

  const configuration = within(await panel('Configuration'));
  expect(configuration.getByText('Fails: 1 · Pass: 1')).toBeInTheDocument();
  expect(configuration.getByText('KSV014')).toBeInTheDocument();
  expect(
    configuration.getByText('Root file system is not read-only'),
  ).toBeInTheDocument();
  expect(configuration.getByText(/To do:/)).toHaveTextContent(
    "To do: Set 'securityContext.readOnlyRootFilesystem' to true.",
  );
  expect(configuration.queryByText('KSV001')).not.toBeInTheDocument();
  await userEvent.click(
    configuration.getByRole('button', { name: 'Show 1 more' }),
  );
  expect(configuration.getByText('KSV001')).toBeInTheDocument();

  const roles = within(await panel('RBAC'));
  expect(roles.getByText('prod-eu · shop / Role proxy')).toBeInTheDocument();
  expect(roles.getByText(/belong to their namespace/)).toBeInTheDocument();

  const secrets = within(await panel('Secrets'));
  expect(
    secrets.getByText('stripe-secret-token / /app/.env'),
  ).toBeInTheDocument();
  expect(secrets.getByText('Stripe Secret Key')).toBeInTheDocument();
  expect(
    secrets.getByText('Trivy secrets · web #2 · high'),
  ).toBeInTheDocument();
  expect(secrets.queryByText(/To do:/)).not.toBeInTheDocument();
});

it('says that nothing was found where it was looked for', async () => {
  await renderPage(<ClusterChecks checks={checks([group('secrets', [])])} />);
  const secrets = within(await panel('Secrets'));
  expect(secrets.getByText(/Checked, and nothing found/)).toBeInTheDocument();
});

it('says which permission is missing', async () => {
  await renderPage(
    <ClusterChecks checks={checks([], ['supply-chain.secrets.read'])} />,
  );
  expect(
    within(await panel(/Configuration and secrets/)).getByText(
      'Which secrets a scanner found is not shown: the permission supply-chain.secrets.read is missing.',
    ),
  ).toBeInTheDocument();
  expect(screen.queryByRole('heading', { level: 3 })).not.toBeInTheDocument();
});

it('opens the topic its address says', async () => {
  const passed = [result({ result: 'pass' })];
  await renderPage(
    <ClusterChecks
      checks={checks([
        group('configuration', passed),
        group('infrastructure', passed),
      ])}
    />,
    { path: '/?checks-infrastructure=all' },
  );
  expect(
    within(await panel('Infrastructure')).getByText('KSV014'),
  ).toBeInTheDocument();
  expect(
    within(await panel('Configuration')).queryByText('KSV014'),
  ).not.toBeInTheDocument();
});

it('says how many results are left out', async () => {
  const notes = [
    {
      reason: 'policyResultMalformed',
      source: 'Trivy config audit',
      results: 3,
      workload,
    },
  ];
  await renderPage(
    <ClusterChecks checks={checks([{ ...group('configuration'), notes }])} />,
  );
  expect(
    within(await panel('Configuration')).getByText(
      /3 results of Trivy config audit/,
    ),
  ).toBeInTheDocument();
});

it('shows hostile text as text (L32)', async () => {
  const hostile = HOSTILE_STRINGS.map((text, index) =>
    result({
      source: text,
      policy: `${index}${text}`,
      rule: text,
      instance: text,
      title: text,
      message: `${text} `,
      remediation: text,
      category: text,
      workload: { ...workload, name: text },
    }),
  );
  const { container } = await renderPage(
    <ClusterChecks
      checks={checks([group('configuration', hostile)], HOSTILE_STRINGS)}
    />,
  );
  const region = await panel(/Configuration and secrets/);
  expect(region.querySelector('img, script, iframe')).toBeNull();
  expect(within(region).queryAllByRole('link')).toEqual([]);
  expect(hasUnseenCharacters(container.textContent ?? '')).toBe(false);
});

it('stands in the tab of a service', async () => {
  await renderPage(<EntityTab />, {
    api: fakeApi({
      getEntity: async () =>
        entityReport({ clusterChecks: checks([group('configuration')]) }),
    }),
  });
  expect(await panel(/Configuration and secrets/)).toBeInTheDocument();
});

it.each([
  ['beside our rules', imageReport()],
  ['where no policy of ours has judged', imageReport({ verdicts: [] })],
])('stands in the policy panel of an image %s', async (_, report) => {
  const clusterChecks = checks([group('configuration')]);
  await renderPage(<PolicyTab report={{ ...report, clusterChecks }} />);
  expect(await panel(/Configuration and secrets/)).toBeInTheDocument();
});
