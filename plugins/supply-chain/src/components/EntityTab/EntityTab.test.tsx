import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { schema } from 'backstage-plugin-supply-chain-common';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import {
  COMPONENT,
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import {
  entityReport,
  imageRow,
  placement,
  unreadableRow,
  verdict,
} from '../../__testUtils__/reports';
import { saveFile } from '../../export/saveFile';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { EntityTab } from './EntityTab';

jest.mock('../../export/saveFile');

function withReport(changes: Partial<schema.EntityReport>) {
  return fakeApi({ getEntity: async () => entityReport(changes) });
}

describe('when images run', () => {
  it('names the worst thing in one sentence and what cannot be told', async () => {
    await renderPage(<EntityTab />);
    expect(
      await screen.findByText(
        "1 of 2 images has an overdue vulnerability with a fix. 1 can't be judged.",
      ),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Not compliant').length).toBeGreaterThan(0);
    expect(screen.getByText('default@9f2c1e')).toBeInTheDocument();
  });

  it('shows the five tiles in their order, a dash where nobody asks', async () => {
    await renderPage(<EntityTab />);
    const tiles = await screen.findByRole('region', { name: 'Five answers' });
    expect(
      within(tiles)
        .getAllByRole('heading')
        .map(heading => heading.textContent),
    ).toEqual([
      'Trusted signature',
      'Built from our repository',
      'Registry and tag',
      'Vulnerabilities',
      'Policy',
    ]);
    expect(within(tiles).getByText('not evaluated')).toBeInTheDocument();
    expect(within(tiles).getByText(/2 critical/)).toBeInTheDocument();
  });

  it('says of a green question what was proved, and no more than the rules asked', async () => {
    const pass = (ruleId: string) => ({
      ...verdict().findings[0],
      ruleId,
      message: '',
    });
    const findings = [pass('registry-allowed')];
    await renderPage(<EntityTab />, {
      api: withReport({
        images: [imageRow({ verdicts: [verdict({ findings })] })],
      }),
    });
    const tiles = await screen.findByRole('region', { name: 'Five answers' });
    expect(
      within(tiles).getByText('from an allowed registry'),
    ).toBeInTheDocument();
    expect(within(tiles).queryByText(/pinned/)).not.toBeInTheDocument();
    expect(within(tiles).queryByText(/overdue/)).not.toBeInTheDocument();
  });

  it('gives the reason of a question in a few words, and whole as its title', async () => {
    await renderPage(<EntityTab />);
    const tiles = await screen.findByRole('region', { name: 'Five answers' });
    expect(
      within(tiles).getByText('ml/scorer:0.9: registry refused (401/403)'),
    ).toHaveAttribute('title', expect.stringContaining('(401 or 403).'));
  });

  it('names what to update where the rule says it', async () => {
    const [step] = entityReport().nextSteps;
    const parameters = {
      packages: 'apk-tools 2.12.5-r1 → 2.12.6-r0',
      commandPlace: 'image',
    };
    const command = ['apk', 'add', '--upgrade', 'apk-tools>=2.12.6-r0'];
    await renderPage(<EntityTab />, {
      api: withReport({
        nextSteps: [
          {
            ...step,
            remediation: { ...step.remediation, parameters, command },
          },
        ],
      }),
    });
    expect(
      await screen.findByText(
        'Update apk-tools 2.12.5-r1 → 2.12.6-r0 in payments/api:2.14.1, rebuild and deploy',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy command for the Dockerfile' }),
    ).toBeInTheDocument();
  });

  it('shortens the signer in the row and shows it whole where the row opens', async () => {
    const signer = `sha256:5415ab8b${'0'.repeat(56)}`;
    const signature = {
      ...imageRow().signature!,
      signer,
      trustRoot: 'acme-release-key',
    };
    await renderPage(<EntityTab />, {
      path: '/?image=api',
      api: withReport({ images: [imageRow({ signature })] }),
    });
    expect(await screen.findByText('key 5415ab8b…')).toBeInTheDocument();
    expect(screen.getByText(signer)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: `Copy ${signer}` }),
    ).toBeInTheDocument();
  });

  it('proposes what to do, by whom, with something to click', async () => {
    await renderPage(<EntityTab />);
    expect(
      await screen.findByText(/Update packages in payments\/api:2.14.1/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'team-payments' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'Give the portal pull rights on registry.acme.example/ml/scorer',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Platform team')).toBeInTheDocument();
  });

  it.each([
    [1, true],
    [0, false],
    [undefined, false],
  ])(
    'says in answer and row how many are known to be exploited, of %s',
    async (exploited, isShown) => {
      const { tiles } = entityReport();
      const row = imageRow();
      await renderPage(<EntityTab />, {
        api: withReport({
          tiles: tiles.map(tile =>
            tile.question === 'vulnerabilities' ? { ...tile, exploited } : tile,
          ),
          images: [
            {
              ...row,
              vulnerabilities: { ...row.vulnerabilities!, exploited },
            },
          ],
        }),
      });
      const answers = await screen.findByRole('region', {
        name: 'Five answers',
      });
      expect(
        within(answers).queryAllByText(/^1 known exploited · 3 fixable/),
      ).toHaveLength(isShown ? 1 : 0);
      expect(screen.queryAllByText('1 known exploited')).toHaveLength(
        isShown ? 1 : 0,
      );
      expect(screen.queryByText(/0 known exploited/)).not.toBeInTheDocument();
    },
  );

  it('never shows a missing scan as zero findings', async () => {
    await renderPage(<EntityTab />, {
      api: withReport({ images: [unreadableRow] }),
    });
    expect(
      await screen.findByText('No scan for this digest.'),
    ).toBeInTheDocument();
    expect(screen.queryByText('No findings')).not.toBeInTheDocument();
  });

  it('opens a row in place, moves the focus into it and leads to the image', async () => {
    await renderPage(<EntityTab />);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show details of payments/api:2.14.1',
      }),
    );
    const details = await screen.findByRole('region', {
      name: 'Details of payments/api:2.14.1',
    });
    expect(details).toHaveFocus();
    expect(within(details).getByText(/CVE-2026-31337/)).toBeInTheDocument();
    expect(
      within(details).getByRole('button', { name: 'Open image' }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('repository=registry.acme.example%2Fpayments'),
    );
  });

  it('opens the row that the address names', async () => {
    await renderPage(<EntityTab />, { path: '/?image=scorer' });
    expect(
      await screen.findByRole('region', { name: 'Details of ml/scorer:0.9' }),
    ).toBeInTheDocument();
  });

  it('filters by what the address says', async () => {
    await renderPage(<EntityTab />, { path: '/?cluster=prod-us' });
    expect(
      await screen.findByRole('button', {
        name: 'Show details of ml/scorer:0.9',
      }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', {
        name: 'Show details of payments/api:2.14.1',
      }),
    ).not.toBeInTheDocument();
  });

  it('exports the rows that the address leaves', async () => {
    const api = fakeApi();
    await renderPage(<EntityTab />, {
      api,
      path: '/?cluster=prod-us&outcome=unknown&filter=scorer',
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /Export/ }),
    );
    await userEvent.click(screen.getByRole('menuitem', { name: 'JSON' }));
    expect(api.exports.entityImages).toHaveBeenCalledWith(
      {
        entity: {
          kind: 'component',
          namespace: 'default',
          name: 'payments-api',
        },
        cluster: 'prod-us',
        outcome: 'unknown',
        search: 'scorer',
      },
      'json',
    );
    await waitFor(() => expect(saveFile).toHaveBeenCalledTimes(1));
    expect(jest.mocked(saveFile).mock.lastCall![0].name).toBe(
      'supply-chain-default-payments-api.json',
    );
  });
});

describe('Re-check', () => {
  it('asks for a fresh look and says how far it is', async () => {
    const api = fakeApi();
    await renderPage(<EntityTab />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Re-check' }),
    );
    expect(api.recheckEntity).toHaveBeenCalledWith({
      kind: 'component',
      namespace: 'default',
      name: 'payments-api',
    });
    expect(
      await screen.findByText('Looking again: 0 of 2 images done.'),
    ).toBeInTheDocument();
  });

  it('names the missing permission', async () => {
    // Decisions are remembered by entity; this one has none yet.
    await renderPage(<EntityTab />, {
      denied: ['supply-chain.recheck'],
      entity: { ...COMPONENT, metadata: { name: 'ledger' } },
    });
    const button = await screen.findByRole('button', { name: 'Re-check' });
    expect(button).toBeDisabled();
    expect(button).toHaveAttribute(
      'title',
      expect.stringContaining('supply-chain.recheck'),
    );
  });

  it('says why it failed', async () => {
    const error = await responseError(503, 'The queue is closed');
    await renderPage(<EntityTab />, {
      api: fakeApi({ recheckEntity: () => Promise.reject(error) }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Re-check' }),
    );
    expect(
      await screen.findByText(/Re-check failed: .*503/),
    ).toBeInTheDocument();
  });
});

describe('the states people meet', () => {
  it('shows the annotation when there is none', async () => {
    await renderPage(<EntityTab />, {
      api: withReport({ state: 'notAnnotated', images: [] }),
    });
    expect(
      (await screen.findAllByText(/backstage.io\/kubernetes-id/)).length,
    ).toBeGreaterThan(0);
  });

  it('keeps the last known result when nothing runs now', async () => {
    await renderPage(<EntityTab />, {
      api: withReport({
        state: 'notRunning',
        lastSeen: '2026-11-20T12:00:00Z',
        images: [imageRow({ placements: [placement({ running: false })] })],
      }),
    });
    expect(
      await screen.findByText(/Nothing running now. This is the last known/),
    ).toBeInTheDocument();
    expect(screen.getByText('does not run now')).toBeInTheDocument();
  });

  it('says that nothing was ever seen', async () => {
    await renderPage(<EntityTab />, {
      api: withReport({ state: 'neverSeen', images: [] }),
    });
    expect(
      await screen.findByText(/Nothing was ever seen running/),
    ).toBeInTheDocument();
  });

  it('names the cluster that is down and the age of its data', async () => {
    await renderPage(<EntityTab />, {
      api: withReport({
        sources: [
          {
            kind: 'cluster',
            name: 'prod-us',
            state: 'down',
            reason: 'clusterUnreachable',
            lastSuccessAt: '2026-11-23T11:51:00Z',
          },
        ],
      }),
    });
    expect(
      await screen.findByText(
        'Cluster prod-us is down: cluster out of reach; the last good results are shown.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/Its last success was/)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Show details of ml/scorer:0.9' }),
    ).toBeInTheDocument();
  });

  it('does not mention the age of data that is fresh', async () => {
    await renderPage(<EntityTab />, {
      api: withReport({
        sources: [
          {
            kind: 'registry',
            name: 'registry.acme.example',
            state: 'degraded',
            reason: 'registryRefused',
            lastSuccessAt: new Date().toISOString(),
          },
        ],
      }),
    });
    expect(
      await screen.findByText(
        'Registry registry.acme.example refuses some requests; the last good results are shown.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Its last success was/)).not.toBeInTheDocument();
  });

  it('names the missing permission instead of an empty table', async () => {
    const error = await responseError(403, 'Not allowed');
    await renderPage(<EntityTab />, {
      api: fakeApi({ getEntity: () => Promise.reject(error) }),
    });
    expect(
      await screen.findByText(/The permission supply-chain.read is missing/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('shows the error and nothing in its place, and tries again', async () => {
    const error = await responseError(500, 'database is locked');
    const getEntity = jest
      .fn()
      .mockRejectedValueOnce(error)
      .mockResolvedValue(entityReport());
    await renderPage(<EntityTab />, { api: fakeApi({ getEntity }) });
    expect(await screen.findByText(/500/)).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table')).toBeInTheDocument();
  });

  it('labels demo data', async () => {
    await renderPage(<EntityTab />, { api: withReport({ sandbox: true }) });
    expect(
      await screen.findByText('Demo data from the sandbox'),
    ).toBeInTheDocument();
  });

  it('shows grey rows while the first answer loads', async () => {
    await renderPage(<EntityTab />, {
      api: fakeApi({ getEntity: () => new Promise(() => {}) }),
    });
    expect(screen.getByText('Loading…')).toBeInTheDocument();
  });
});

describe('hostile text', () => {
  it.each(HOSTILE_STRINGS)(
    '%j stays text everywhere in the tab',
    async text => {
      const finding = {
        ...verdict().findings[1],
        ruleId: text,
        message: text,
        reason: text,
      };
      await renderPage(<EntityTab />, {
        path: '/?image=api',
        api: withReport({
          policies: [{ name: text, digest: text }],
          clusters: [text],
          worst: { reason: text, outcome: 'fail', images: 1, of: 1 },
          sources: [{ kind: text, name: text, state: 'down', reason: text }],
          nextSteps: [
            {
              outcome: 'fail',
              reason: text,
              remediation: {
                who: 'vendor',
                action: text,
                parameters: { [text]: text },
                command: ['echo', text],
              },
              owner: text,
              findings: 1,
              images: [{ imageRef: text, repository: text, digest: text }],
            },
          ],
          images: [
            imageRow({
              imageRef: text,
              digest: text,
              reason: text,
              signature: {
                ...imageRow().signature!,
                signer: text,
                trustRoot: text,
                foundIn: text,
              },
              provenance: {
                ...imageRow().provenance!,
                reason: text,
                source: text,
                expectedSource: text,
                ref: text,
                commit: text,
                workflow: text,
                trustRoot: text,
                lastLook: { failedAt: text, reason: text },
              },
              placements: [
                placement({
                  cluster: text,
                  namespace: text,
                  workloadName: text,
                  waitingReason: text,
                }),
              ],
              verdicts: [verdict({ findings: [finding] })],
            }),
          ],
        }),
      });
      await screen.findByRole('table');
      await waitFor(() =>
        expect(hasUnseenCharacters(document.body.textContent ?? '')).toBe(
          false,
        ),
      );
      expect(document.querySelector('main img, script, [onerror]')).toBeNull();
      for (const link of document.querySelectorAll('a')) {
        expect(link.getAttribute('href')).not.toMatch(/^\s*javascript:/i);
      }
    },
  );
});
