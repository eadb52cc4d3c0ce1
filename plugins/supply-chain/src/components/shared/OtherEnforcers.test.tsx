import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { schema } from 'backstage-plugin-supply-chain-common';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import { entityReport, imageReport } from '../../__testUtils__/reports';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { EntityTab } from '../EntityTab';
import { PolicyTab } from '../ImagePage/PolicyTab';
import { OtherEnforcers } from './OtherEnforcers';

const workload = {
  cluster: 'prod-eu',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
};

function result(
  changes: Partial<schema.EnforcerResult> = {},
): schema.EnforcerResult {
  return {
    source: 'kyverno',
    policy: 'disallow-latest-tag',
    rule: 'validate-image-tag',
    result: 'fail',
    severity: 'medium',
    category: 'Best Practices',
    message: 'Using a mutable image tag is not allowed.',
    workload,
    observedAt: '2026-11-23T10:00:00.000Z',
    ...changes,
  };
}

const NONE = { fail: 0, error: 0, warn: 0, pass: 0, skip: 0 };

function enforcers(
  changes: Partial<schema.OtherEnforcers> = {},
): schema.OtherEnforcers {
  return {
    results: [
      result(),
      result({ policy: 'require-probes', result: 'pass' }),
      result({ policy: 'psa', result: 'skip' }),
    ],
    total: 3,
    counts: { ...NONE, fail: 1, pass: 1, skip: 1 },
    notes: [],
    ...changes,
  };
}

const panel = () => screen.findByRole('region', { name: /Other enforcers/ });

it('is not there where nothing is known', async () => {
  await renderPage(<OtherEnforcers />);
  expect(screen.queryByText('Other enforcers')).not.toBeInTheDocument();
});

it('shows what does not pass, and the rest when asked', async () => {
  await renderPage(<OtherEnforcers enforcers={enforcers()} />);
  const region = within(await panel());
  expect(
    region.getByText('Fails: 1 · Pass: 1 · Skipped: 1'),
  ).toBeInTheDocument();
  expect(
    region.getByText('disallow-latest-tag / validate-image-tag'),
  ).toBeInTheDocument();
  expect(
    region.getByText('kyverno · Best Practices · medium'),
  ).toBeInTheDocument();
  expect(
    region.getByText('Using a mutable image tag is not allowed.'),
  ).toBeInTheDocument();
  expect(
    region.getByText('prod-eu · shop / Deployment web'),
  ).toBeInTheDocument();
  expect(region.getByText(/It changes no outcome/)).toBeInTheDocument();
  expect(region.queryByText(/require-probes/)).not.toBeInTheDocument();

  const more = region.getByRole('button', { name: 'Show 2 more' });
  expect(more).toHaveAttribute('aria-expanded', 'false');
  await userEvent.click(more);
  expect(region.getByText(/require-probes/)).toBeInTheDocument();
  expect(region.getByText('Skipped')).toBeInTheDocument();
  await userEvent.click(
    region.getByRole('button', { name: 'Show only what does not pass' }),
  );
  expect(region.queryByText(/require-probes/)).not.toBeInTheDocument();
});

it('opens as its address says', async () => {
  await renderPage(<OtherEnforcers enforcers={enforcers()} />, {
    path: '/?enforcers=all',
  });
  expect(within(await panel()).getByText(/require-probes/)).toBeInTheDocument();
});

it('says when nothing fails', async () => {
  await renderPage(
    <OtherEnforcers
      enforcers={enforcers({
        results: [result({ result: 'pass' })],
        total: 1,
        counts: { ...NONE, pass: 1 },
      })}
    />,
  );
  const region = within(await panel());
  expect(region.getByText('Nothing fails.')).toBeInTheDocument();
  expect(region.getByText('Pass: 1')).toBeInTheDocument();
});

it.each([
  ['error', 'Error'],
  ['warn', 'Warning'],
] as const)('shows %s at once', async (outcome, word) => {
  await renderPage(
    <OtherEnforcers
      enforcers={enforcers({
        results: [result({ result: outcome, source: undefined, message: '' })],
        total: 1,
        counts: { ...NONE, [outcome]: 1 },
      })}
    />,
  );
  const region = within(await panel());
  expect(region.getByText(word)).toBeInTheDocument();
  expect(region.getByText(/enforcer not named/)).toBeInTheDocument();
});

it('says what is counted and not listed', async () => {
  await renderPage(<OtherEnforcers enforcers={enforcers({ total: 250 })} />);
  expect(
    within(await panel()).getByText(
      '247 more results are counted and not listed.',
    ),
  ).toBeInTheDocument();
});

it('says what is left out and what cannot be read, with the reason', async () => {
  await renderPage(
    <OtherEnforcers
      enforcers={enforcers({
        results: [],
        total: 0,
        counts: NONE,
        notes: [
          {
            reason: 'policyResultsOfScanner',
            source: 'Trivy Vulnerability',
            results: 12,
            workload,
          },
          {
            reason: 'policyReportMalformed',
            message: 'has results that are no list',
            workload,
          },
          { reason: 'ofTomorrow', results: 1, workload },
        ],
      })}
    />,
  );
  const region = within(await panel());
  expect(region.getByText('No results to show here.')).toBeInTheDocument();
  const notes = within(region.getByRole('list', { name: 'Not shown' }));
  const [trivy, broken, unknown] = notes.getAllByRole('listitem');
  expect(trivy).toHaveTextContent(
    /prod-eu · shop \/ Deployment web, 12 results of Trivy Vulnerability: .*the scans themselves are counted/,
  );
  expect(
    within(trivy).getByRole('link', { name: 'policyResultsOfScanner' }),
  ).toBeInTheDocument();
  expect(broken).toHaveTextContent(
    /cannot be read\. has results that are no list/,
  );
  expect(unknown).toHaveTextContent(/1 result of enforcer not named/);
});

it('shows hostile text as text (L32)', async () => {
  const hostile = HOSTILE_STRINGS.map((text, index) =>
    result({
      source: text,
      policy: `${index}${text}`,
      rule: text,
      message: text,
      category: text,
      workload: { ...workload, name: text },
    }),
  );
  const { container } = await renderPage(
    <OtherEnforcers
      enforcers={enforcers({
        results: hostile,
        total: hostile.length,
        notes: HOSTILE_STRINGS.map(text => ({
          reason: text,
          message: text,
          source: text,
          results: 1,
          workload,
        })),
      })}
    />,
  );
  const region = await panel();
  expect(region.querySelector('img, script, iframe')).toBeNull();
  expect(within(region).queryAllByRole('link')).toEqual([]);
  expect(hasUnseenCharacters(container.textContent ?? '')).toBe(false);
});

it('stands in the tab of a service', async () => {
  await renderPage(<EntityTab />, {
    api: fakeApi({
      getEntity: async () => entityReport({ otherEnforcers: enforcers() }),
    }),
  });
  expect(await panel()).toBeInTheDocument();
});

it.each([
  ['beside our rules', imageReport()],
  ['where no policy of ours has judged', imageReport({ verdicts: [] })],
])('stands in the policy panel of an image %s', async (_, report) => {
  await renderPage(
    <PolicyTab report={{ ...report, otherEnforcers: enforcers() }} />,
  );
  expect(await panel()).toBeInTheDocument();
});
