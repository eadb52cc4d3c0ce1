import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { schema } from 'backstage-plugin-supply-chain-common';
import { finding, hostileFinding } from '../../__testUtils__/findings';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import {
  DIGEST,
  REPOSITORY,
  severityCounts,
} from '../../__testUtils__/reports';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { FindingDetails } from './FindingDetails';
import { ImagePage } from './ImagePage';

const PATH = `/?repository=${REPOSITORY}`;

function page() {
  return <ImagePage digest={DIGEST} />;
}

describe('the vulnerabilities of an image', () => {
  it('shows one row for what two scanners found, with what each of them says', async () => {
    await renderPage(page(), {
      path: `${PATH}&tab=vulnerabilities&group=cve`,
      api: fakeApi({
        getImageVulnerabilities: async () => ({
          exploitData: {},
          total: 1,
          items: [
            {
              id: 'CVE-2026-1',
              aliases: ['GHSA-aaaa-bbbb-cccc'],
              packageName: 'undici',
              installedVersion: '6.20.0',
              severity: 'high',
              sources: [
                {
                  scanner: 'Clair',
                  id: 'CVE-2026-1',
                  severity: 'low',
                  scannedAt: '2026-07-01T10:00:00.000Z',
                },
                {
                  scanner: 'Trivy',
                  id: 'GHSA-aaaa-bbbb-cccc',
                  severity: 'high',
                  scannedAt: '2026-07-01T11:00:00.000Z',
                },
              ],
            },
          ],
        }),
      }),
    });
    expect(await screen.findByText('Clair says low')).toBeInTheDocument();
    expect(screen.queryByText(/Trivy says/)).not.toBeInTheDocument();
    expect(screen.getByText('found by Clair, Trivy')).toBeInTheDocument();
    expect(screen.getByText('also GHSA-aaaa-bbbb-cccc')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Where else it runs: CVE-2026-1' }),
    ).toHaveAttribute('href', '/supply-chain/vulnerabilities?id=CVE-2026-1');
  });

  it('says where a scan came from that was handed in (L9)', async () => {
    await renderPage(page(), {
      path: `${PATH}&tab=vulnerabilities&group=cve`,
      api: fakeApi({
        getImageVulnerabilities: async () => ({
          exploitData: {},
          total: 1,
          items: [
            {
              id: 'CVE-2026-1',
              aliases: ['GHSA-aaaa-bbbb-cccc'],
              packageName: 'undici',
              installedVersion: '6.20.0',
              severity: 'high',
              sources: [
                {
                  scanner: 'Clair',
                  id: 'CVE-2026-1',
                  severity: 'low',
                  trust: 'signed',
                  scannedAt: '2026-07-01T10:00:00.000Z',
                },
                {
                  scanner: 'Trivy',
                  id: 'GHSA-aaaa-bbbb-cccc',
                  severity: 'high',
                  trust: 'oidcUpload',
                  scannedAt: '2026-07-01T11:00:00.000Z',
                },
              ],
            },
          ],
        }),
      }),
    });
    expect(
      await screen.findByText('Clair (signed scan) says low'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('found by Clair (signed scan), Trivy (uploaded by CI)'),
    ).toBeInTheDocument();
  });

  describe('when exploits are known', () => {
    const row = (overrides: object) => ({
      id: 'CVE-2026-1',
      packageName: 'undici',
      installedVersion: '6.20.0',
      fixedVersion: '6.21.2',
      severity: 'low' as const,
      sources: [],
      ...overrides,
    });
    const exploited = {
      id: 'CVE-2026-1',
      dateAdded: '2021-12-10',
      dueDate: '2021-12-24',
      ransomware: true,
    };
    const answer = {
      exploitData: {
        knownExploited: {
          releasedAt: '2026-07-01T10:00:00.000Z',
          outdated: false,
        },
        scores: { releasedAt: '2026-07-01T00:00:00.000Z', outdated: true },
      },
      total: 2,
      items: [
        row({
          exploited,
          epss: { score: 0.943_58, percentile: 0.999, date: '2026-07-01' },
        }),
        row({ id: 'CVE-2026-2', packageName: 'openssl', severity: 'high' }),
      ],
    };
    const show = (query: string, page_: object = answer) =>
      renderPage(page(), {
        path: `${PATH}&tab=vulnerabilities&${query}`,
        api: fakeApi({ getImageVulnerabilities: async () => page_ as never }),
      });

    it('says in words what is exploited, until when and how likely the others are', async () => {
      await show('group=cve');
      expect(
        await screen.findByText(
          /Known exploited by ransomware, due Dec 24, 2021/,
        ),
      ).toBeInTheDocument();
      expect(screen.getByText('past its due date')).toBeInTheDocument();
      expect(screen.getByText('EPSS 94.4%')).toBeInTheDocument();
      expect(screen.getByText('not listed as exploited')).toBeInTheDocument();
      expect(screen.getByText('no EPSS score')).toBeInTheDocument();
      expect(
        screen.getByText('The EPSS scores of Jul 1, 2026 are old.'),
      ).toBeInTheDocument();
    });

    it("says that it can't tell without a catalogue, and by one that is too old", async () => {
      await show('group=cve', { ...answer, exploitData: {} });
      expect(
        await screen.findByText(/no catalogue is loaded/),
      ).toBeInTheDocument();
      expect(
        screen.getByText("Can't tell whether it is exploited"),
      ).toBeInTheDocument();
      expect(screen.getByText("EPSS: can't tell")).toBeInTheDocument();
    });

    it("says that it can't tell by a catalogue that is too old", async () => {
      const knownExploited = {
        ...answer.exploitData.knownExploited,
        outdated: true,
      };
      await show('group=cve', { ...answer, exploitData: { knownExploited } });
      expect(
        await screen.findByText(/the catalogue of Jul 1, 2026 is too old/),
      ).toBeInTheDocument();
      expect(
        screen.getByText("Can't tell whether it is exploited"),
      ).toBeInTheDocument();
    });

    it('asks for what is exploited only', async () => {
      const asked: (boolean | undefined)[] = [];
      await renderPage(page(), {
        path: `${PATH}&tab=vulnerabilities&group=cve&exploited=yes`,
        api: fakeApi({
          getImageVulnerabilities: async ({ exploited: only }) => {
            asked.push(only);
            return answer;
          },
        }),
      });
      await screen.findByText(/Known exploited by/);
      expect(asked).toContain(true);
    });
  });

  const openOne = async (row: schema.VulnerabilityRow) => {
    await renderPage(page(), {
      path: `${PATH}&tab=vulnerabilities&group=cve`,
      api: fakeApi({
        getImageVulnerabilities: async () => ({
          exploitData: {},
          total: 1,
          items: [row],
        }),
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /CVE-2026-1/ }),
    );
    return within(await screen.findByRole('region', { name: /CVE-2026-1/ }));
  };

  it('open to who rates them how, since when they are there and until when they may stay', async () => {
    const details = await openOne(
      finding({
        firstSeenAt: '2026-07-01T10:00:00.000Z',
        firstFixableAt: '2026-07-02T10:00:00.000Z',
        dueAt: '2026-07-09T10:00:00.000Z',
        layer: `sha256:${'7'.repeat(64)}`,
        cvss: [
          {
            source: 'ghsa',
            version: '4.0',
            vector: 'CVSS:4.0/AV:N',
            score: 9.3,
          },
          { source: 'nvd', version: '2.0', vector: 'AV:N/AC:L', score: 7.5 },
        ],
      }),
    );
    expect(
      details.getByText('high by Clair; medium by Trivy (debian)'),
    ).toBeInTheDocument();
    expect(details.getByText('CVSS 4.0: 9.3 by ghsa')).toBeInTheDocument();
    expect(details.getByText('CVSS:4.0/AV:N')).toBeInTheDocument();
    expect(details.getByText('CVSS 2.0: 7.5 by nvd')).toBeInTheDocument();
    for (const [term, at] of [
      ['Since', '2026-07-01T10:00:00.000Z'],
      ['Fix known since', '2026-07-02T10:00:00.000Z'],
      ['Until', '2026-07-09T10:00:00.000Z'],
    ]) {
      const value = details.getByText(term).nextElementSibling;
      expect(value?.querySelector('time')).toHaveAttribute('datetime', at);
    }
    expect(
      details.getByRole('button', { name: /sha256:7{64}/ }),
    ).toBeInTheDocument();
  });

  it('open to say that their time is over, and nothing of what is not known', async () => {
    const details = await openOne(finding({ overdue: true }));
    expect(details.getByText('overdue')).toBeInTheDocument();
    for (const term of ['Since', 'Fix known since', 'Layer', 'CVSS']) {
      expect(details.queryByText(term)).not.toBeInTheDocument();
    }
  });

  it.each([
    ['notFixed', 'no fix yet'],
    ['wontFix', "won't be fixed"],
    ['deferred', 'fix deferred'],
    ['endOfLife', 'no longer maintained'],
    ['unknown', "can't tell"],
    ['fixed', "can't tell"],
    [undefined, "can't tell"],
  ] as const)(
    'without a version that is %s say "%s"',
    async (fixState, text) => {
      const details = await openOne(finding({ fixState }));
      expect(details.getByText(text)).toBeInTheDocument();
      expect(screen.getAllByText(text)).toHaveLength(2);
    },
  );

  it('say which version of CVSS their score is of', async () => {
    await openOne(finding({ score: 9.3, scoreVersion: '4.0' }));
    expect(screen.getByText('CVSS 4.0: 9.3')).toBeInTheDocument();
  });

  const groupOf = (
    changes: Partial<schema.VulnerabilityGroup>,
  ): schema.VulnerabilityGroup => ({
    packageName: 'undici',
    total: 1,
    notAffected: 0,
    counts: severityCounts({ high: 1 }),
    findings: [finding()],
    ...changes,
  });

  it('are grouped by the server, page by page, under the filters of the address', async () => {
    const getImageVulnerabilityGroups = jest.fn(async () => ({
      exploitData: {},
      total: 60,
      findings: 200,
      items: [
        groupOf({
          fixedVersion: '6.21.2',
          fixState: 'fixed',
          total: 7,
          command: {
            place: 'project',
            arguments: ['npm', 'install', 'undici@6.21.2'],
          },
          findings: [
            finding({ link: 'https://nvd.example/1' }),
            finding({ id: 'CVE-2026-2', link: 'http://nvd.example/2' }),
          ],
        }),
        groupOf({ packageName: 'zlib', fixState: 'wontFix' }),
        groupOf({
          packageName: 'busybox',
          notAffected: 1,
          fixState: 'unknown',
        }),
      ],
    }));
    await renderPage(page(), {
      path: `${PATH}&tab=vulnerabilities&fixable=yes&severity=high&page=1&pageSize=25`,
      api: fakeApi({ getImageVulnerabilityGroups }),
    });
    expect(await screen.findByText('undici to 6.21.2')).toBeInTheDocument();
    expect(screen.getByText('npm install undici@6.21.2')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'CVE-2026-1 (nvd.example)' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: /CVE-2026-2/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('+ 5')).toBeInTheDocument();
    expect(screen.getByText("won't be fixed")).toBeInTheDocument();
    expect(screen.getByText("can't tell")).toBeInTheDocument();
    expect(screen.getByText('1 set aside by VEX')).toBeInTheDocument();
    expect(getImageVulnerabilityGroups).toHaveBeenLastCalledWith(
      expect.objectContaining({
        by: 'fix',
        fixable: true,
        severity: 'high',
        limit: 25,
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'By package' }));
    await screen.findByRole('columnheader', { name: 'Package' });
    expect(getImageVulnerabilityGroups).toHaveBeenLastCalledWith(
      expect.objectContaining({ by: 'package', offset: 0 }),
    );
  });

  it.each(HOSTILE_STRINGS)('show %j for what it is (L32)', async text => {
    await renderPage(<FindingDetails row={hostileFinding(text)} />);
    const lines = (document.body.textContent ?? '').replace(/\n/g, '');
    expect(hasUnseenCharacters(lines)).toBe(false);
    expect(document.querySelector('main img, script')).toBeNull();
  });
});
