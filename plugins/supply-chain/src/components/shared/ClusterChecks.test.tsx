import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useSearchParams } from 'react-router-dom';
import { schema } from 'backstage-plugin-supply-chain-common';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import {
  DIGEST,
  entityReport,
  imageReport,
  REPOSITORY,
} from '../../__testUtils__/reports';
import { EntityCheckQuery } from '../../api';
import { saveFile } from '../../export/saveFile';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { EntityTab } from '../EntityTab';
import { PolicyTab } from '../ImagePage/PolicyTab';
import { ClusterChecks } from './ClusterChecks';

jest.mock('../../export/saveFile');

const workload = {
  cluster: 'prod-eu',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
};
const NONE = { fail: 0, error: 0, warn: 0, pass: 0, skip: 0 };
const AT = '2026-11-23T10:00:00.000Z';
const ENTITY = {
  kind: 'component',
  namespace: 'default',
  name: 'payments-api',
};
const OF_ENTITY = { entity: ENTITY };

function result(
  changes: Partial<schema.EnforcerResult> = {},
): schema.EnforcerResult {
  return {
    topic: 'configuration',
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
  topic: schema.CheckTopicName,
  counts: Partial<schema.EnforcerCounts> = { fail: 1 },
): schema.CheckGroup {
  const all = { ...NONE, ...counts };
  return {
    topic,
    total: Object.values(all).reduce((sum, one) => sum + one, 0),
    counts: all,
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

/** An API that picks among these results as the backend does, a page of `total` rows each time. */
function apiWith(results: schema.EnforcerResult[], total?: number) {
  return fakeApi({
    getEntityChecks: jest.fn(async ({ topic, failing }: EntityCheckQuery) => {
      const items = results.filter(
        each =>
          each.topic === topic &&
          !(failing && ['pass', 'skip'].includes(each.result)),
      );
      return { items, total: total ?? items.length };
    }),
  });
}

function Address() {
  const [parameters] = useSearchParams();
  return <output>{decodeURIComponent(parameters.toString())}</output>;
}

async function renderChecks(
  said: schema.ClusterChecks,
  options: Parameters<typeof renderPage>[1] = {},
) {
  return renderPage(
    <>
      <ClusterChecks checks={said} of={OF_ENTITY} />
      <Address />
    </>,
    options,
  );
}

const panel = (name: RegExp | string) => screen.findByRole('region', { name });

/** What was asked of the topics, the last question of each. */
function asked(api: ReturnType<typeof fakeApi>) {
  return Object.fromEntries(
    api.getEntityChecks.mock.calls.map(([query]) => [query.topic, query]),
  );
}

it('is not there where nothing was checked', async () => {
  const api = fakeApi();
  await renderPage(<ClusterChecks of={OF_ENTITY} />, { api });
  expect(screen.queryByRole('region')).not.toBeInTheDocument();
  expect(api.getEntityChecks).not.toHaveBeenCalled();
});

it('has a heading for each topic, with what fails and what to do about it', async () => {
  const api = apiWith([
    result(),
    result({ policy: 'KSV001', result: 'pass' }),
    result({
      topic: 'rbac',
      policy: 'KSV113',
      workload: { ...workload, kind: 'Role', name: 'proxy' },
    }),
    result({ topic: 'infrastructure' }),
    result({
      topic: 'secrets',
      source: 'Trivy secrets',
      policy: 'stripe-secret-token',
      rule: '/app/.env',
      instance: 'web #2',
      title: 'Stripe Secret Key',
      message: undefined,
      remediation: undefined,
    }),
  ]);
  await renderChecks(
    checks([
      group('configuration', { fail: 1, pass: 1 }),
      group('rbac'),
      group('infrastructure'),
      group('secrets'),
    ]),
    { api },
  );
  await panel(/Configuration and secrets/);
  expect(
    screen.getAllByRole('heading', { level: 3 }).map(each => each.textContent),
  ).toEqual(['Configuration', 'RBAC', 'Infrastructure', 'Secrets']);

  const configuration = within(await panel('Configuration'));
  expect(configuration.getByText('Fails: 1 · Pass: 1')).toBeInTheDocument();
  expect(await configuration.findByText('KSV014')).toBeInTheDocument();
  expect(
    configuration.getByText('Root file system is not read-only'),
  ).toBeInTheDocument();
  expect(configuration.getByText(/To do:/)).toHaveTextContent(
    "To do: Set 'securityContext.readOnlyRootFilesystem' to true.",
  );
  expect(configuration.queryByText('KSV001')).not.toBeInTheDocument();
  expect(configuration.queryByText('Rows per page')).not.toBeInTheDocument();

  const roles = within(await panel('RBAC'));
  expect(
    await roles.findByText('prod-eu · shop / Role proxy'),
  ).toBeInTheDocument();
  expect(roles.getByText(/belong to their namespace/)).toBeInTheDocument();

  const secrets = within(await panel('Secrets'));
  expect(
    await secrets.findByText('stripe-secret-token / /app/.env'),
  ).toBeInTheDocument();
  expect(secrets.getByText('Stripe Secret Key')).toBeInTheDocument();
  expect(
    secrets.getByText('Trivy secrets · web #2 · high'),
  ).toBeInTheDocument();
  expect(secrets.queryByText(/To do:/)).not.toBeInTheDocument();
});

it('says that nothing was found where it was looked for, with nothing to filter', async () => {
  const api = fakeApi();
  await renderChecks(checks([group('secrets', NONE)]), { api });
  const secrets = within(await panel('Secrets'));
  expect(secrets.getByText(/Checked, and nothing found/)).toBeInTheDocument();
  expect(screen.queryByLabelText('Severity')).not.toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: /Export/ }),
  ).not.toBeInTheDocument();
  expect(api.getEntityChecks).not.toHaveBeenCalled();
});

it('says which permission is missing', async () => {
  await renderChecks(checks([], ['supply-chain.secrets.read']));
  expect(
    within(await panel(/Configuration and secrets/)).getByText(
      'Which secrets a scanner found is not shown: the permission supply-chain.secrets.read is missing.',
    ),
  ).toBeInTheDocument();
  expect(screen.queryByRole('heading', { level: 3 })).not.toBeInTheDocument();
});

describe('when all of a topic is asked for', () => {
  it('asks without failing, from the first page, and for no other topic', async () => {
    const api = apiWith([
      result(),
      result({ policy: 'KSV001', result: 'pass' }),
      result({ policy: 'KSV002', result: 'skip' }),
    ]);
    await renderChecks(
      checks([
        group('configuration', { fail: 1, pass: 1, skip: 1 }),
        group('infrastructure'),
      ]),
      {
        api,
        path: '/?checks-configurationPage=1&checks-infrastructurePage=2',
      },
    );
    const configuration = within(await panel('Configuration'));
    expect(await configuration.findByText('KSV014')).toBeInTheDocument();
    expect(asked(api).configuration).toMatchObject({
      failing: true,
      offset: 25,
    });
    const more = configuration.getByRole('button', { name: 'Show 2 more' });
    expect(more).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(more);
    expect(await configuration.findByText('KSV001')).toBeInTheDocument();
    expect(asked(api)).toMatchObject({
      configuration: { failing: undefined, offset: 0 },
      infrastructure: { failing: true, offset: 50 },
    });
    await userEvent.click(
      configuration.getByRole('button', {
        name: 'Show only what does not pass',
      }),
    );
    await waitFor(() =>
      expect(configuration.queryByText('KSV001')).not.toBeInTheDocument(),
    );
  });

  it('opens the topic its address says', async () => {
    const api = apiWith([
      result({ result: 'pass' }),
      result({ topic: 'infrastructure', result: 'pass' }),
    ]);
    await renderChecks(
      checks([
        group('configuration', { pass: 1 }),
        group('infrastructure', { pass: 1 }),
      ]),
      { api, path: '/?checks-infrastructure=all' },
    );
    expect(
      await within(await panel('Infrastructure')).findByText('KSV014'),
    ).toBeInTheDocument();
    expect(
      await within(await panel('Configuration')).findByText('Nothing fails.'),
    ).toBeInTheDocument();
  });
});

describe('when results are filtered', () => {
  it('asks every topic under the filters, from the first page', async () => {
    const api = apiWith([result(), result({ topic: 'rbac' })], 60);
    await renderChecks(checks([group('configuration'), group('rbac')]), {
      api,
      path: '/?severity=low&search=mine&page=3&checks-rbacPage=2&checks-configurationPage=1',
    });
    expect(await screen.findAllByText('KSV014')).toHaveLength(2);
    expect(asked(api)).toEqual({
      configuration: {
        entity: ENTITY,
        topic: 'configuration',
        severity: undefined,
        search: undefined,
        failing: true,
        offset: 25,
        limit: 25,
      },
      rbac: expect.objectContaining({ offset: 50, search: undefined }),
    });
    await userEvent.selectOptions(screen.getByLabelText('Severity'), 'info');
    await waitFor(() =>
      expect(asked(api)).toMatchObject({
        configuration: { severity: 'info', failing: true, offset: 0 },
        rbac: { severity: 'info', failing: true, offset: 0 },
      }),
    );
    await userEvent.click(screen.getByLabelText('Search'));
    await userEvent.paste('KSV');
    await waitFor(() =>
      expect(asked(api)).toMatchObject({
        configuration: { severity: 'info', search: 'KSV', offset: 0 },
        rbac: { severity: 'info', search: 'KSV', offset: 0 },
      }),
    );
    expect(
      screen.getByText(
        'severity=low&search=mine&page=3&checkSeverity=info&checkSearch=KSV',
      ),
    ).toBeInTheDocument();
  });

  it('says that nothing matches them', async () => {
    await renderChecks(checks([group('configuration')]), {
      api: apiWith([]),
      path: '/?checkSearch=nowhere',
    });
    expect(
      await within(await panel('Configuration')).findByText(
        'Nothing matches the filters.',
      ),
    ).toBeInTheDocument();
  });

  it('exports all topics under them', async () => {
    const api = apiWith([result()]);
    await renderChecks(checks([group('configuration', { fail: 1, pass: 1 })]), {
      api,
      path: '/?checkSeverity=high&checkSearch=root&checks-configuration=all&search=mine',
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /Export/ }),
    );
    await userEvent.click(screen.getByRole('menuitem', { name: 'CSV' }));
    await waitFor(() =>
      expect(saveFile).toHaveBeenCalledWith({
        name: expect.stringContaining('payments-api'),
        content: expect.any(Blob),
      }),
    );
    expect(api.exports.entityChecks).toHaveBeenCalledWith(
      { entity: ENTITY, severity: 'high', search: 'root' },
      'csv',
    );
  });
});

it('pages a topic and leaves the other lists where they are', async () => {
  const api = apiWith([result(), result({ topic: 'secrets' })], 60);
  await renderChecks(checks([group('configuration'), group('secrets')]), {
    api,
    path: '/?page=3&checks-secretsPage=1',
  });
  const configuration = within(await panel('Configuration'));
  await userEvent.click(
    await configuration.findByRole('button', { name: 'Next page' }),
  );
  await waitFor(() =>
    expect(asked(api)).toMatchObject({
      configuration: { offset: 25, limit: 25 },
      secrets: { offset: 25, limit: 25 },
    }),
  );
  await userEvent.selectOptions(
    configuration.getByLabelText('Rows per page'),
    '10',
  );
  await waitFor(() =>
    expect(asked(api)).toMatchObject({
      configuration: { offset: 0, limit: 10 },
      secrets: { offset: 25, limit: 25 },
    }),
  );
  expect(
    screen.getByText(
      'page=3&checks-secretsPage=1&checks-configurationPageSize=10',
    ),
  ).toBeInTheDocument();
});

it.each([
  [403, /supply-chain\.read/],
  [500, /Request failed with 500/],
])('shows that a topic is answered with %s', async (status, text) => {
  const error = await responseError(status, 'no');
  await renderChecks(checks([group('configuration'), group('rbac')]), {
    api: fakeApi({
      getEntityChecks: async ({ topic }) => {
        if (topic === 'rbac') {
          throw error;
        }
        return { total: 1, items: [result()] };
      },
    }),
  });
  expect(
    await within(await panel('RBAC')).findByText(text),
  ).toBeInTheDocument();
  expect(
    await within(await panel('Configuration')).findByText('KSV014'),
  ).toBeInTheDocument();
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
  await renderChecks(checks([{ ...group('configuration'), notes }]));
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
      checks={checks([group('configuration')], HOSTILE_STRINGS)}
      of={OF_ENTITY}
    />,
    { api: apiWith(hostile) },
  );
  const region = await panel(/Configuration and secrets/);
  expect(await within(region).findAllByText(/To do:/)).toHaveLength(
    HOSTILE_STRINGS.length,
  );
  expect(region.querySelector('img, script, iframe')).toBeNull();
  expect(within(region).queryAllByRole('link')).toEqual([]);
  expect(hasUnseenCharacters(container.textContent ?? '')).toBe(false);
});

it('stands in the tab of a service', async () => {
  const api = fakeApi({
    getEntity: async () =>
      entityReport({ clusterChecks: checks([group('configuration')]) }),
  });
  await renderPage(<EntityTab />, { api });
  expect(await panel(/Configuration and secrets/)).toBeInTheDocument();
  expect(api.getEntityChecks).toHaveBeenCalledWith(
    expect.objectContaining({ entity: ENTITY, topic: 'configuration' }),
  );
});

it.each([
  ['beside our rules', imageReport()],
  ['where no policy of ours has judged', imageReport({ verdicts: [] })],
])('stands in the policy panel of an image %s', async (_, report) => {
  const image = { repository: REPOSITORY, digest: DIGEST };
  const api = fakeApi({
    getImageChecks: jest.fn(async () => ({ total: 1, items: [result()] })),
  });
  const clusterChecks = checks([group('configuration')]);
  await renderPage(<PolicyTab report={{ ...report, clusterChecks }} />, {
    api,
    path: '/?checkSeverity=high',
  });
  const region = within(await panel(/Configuration and secrets/));
  expect(await region.findByText('KSV014')).toBeInTheDocument();
  expect(api.getImageChecks).toHaveBeenCalledWith({
    ...image,
    topic: 'configuration',
    severity: 'high',
    search: undefined,
    failing: true,
    offset: 0,
    limit: 25,
  });
  await userEvent.click(region.getByRole('button', { name: /Export/ }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'JSON' }));
  await waitFor(() =>
    expect(api.exports.imageChecks).toHaveBeenCalledWith(
      { ...image, severity: 'high', search: undefined },
      'json',
    ),
  );
});
