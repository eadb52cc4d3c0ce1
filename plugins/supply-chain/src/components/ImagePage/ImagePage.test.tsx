import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import {
  DIGEST,
  imageReport,
  REPOSITORY,
  verdict,
} from '../../__testUtils__/reports';
import { verifiedProvenance } from '../../__testUtils__/provenanceReports';
import {
  contentTrustEvidence,
  notationEvidence,
} from '../../__testUtils__/signatureReports';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { ImagePage } from './ImagePage';

const PATH = `/?repository=${REPOSITORY}`;

function page() {
  return <ImagePage digest={DIGEST} />;
}

describe('the signature of an image', () => {
  it('says who signed, under which root, when and where the log has it', async () => {
    await renderPage(page(), { path: PATH });
    expect(await screen.findByText('Trusted signature')).toBeInTheDocument();
    expect(
      screen.getByText('https://token.actions.githubusercontent.com'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('entry 118204551, inclusion proved'),
    ).toBeInTheDocument();
    expect(screen.getByText('this digest, exactly')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /github.com\/acme\/payments/ }),
    ).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('lists every place that was looked at', async () => {
    await renderPage(page(), { path: PATH });
    const trail = await screen.findByRole('region', {
      name: 'Where we looked',
    });
    expect(within(trail).getByText('3 found')).toBeInTheDocument();
    expect(within(trail).getByText('nothing there')).toBeInTheDocument();
    expect(within(trail).getByText('not read to its end')).toBeInTheDocument();
  });

  it('gives the command quoted, and says what it does not check', async () => {
    await renderPage(page(), { path: PATH });
    expect(
      await screen.findByText(/--certificate-identity 'https.*o'\\''brien'/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/an attestation passes as a signature/),
    ).toBeInTheDocument();
  });

  it('claims no signer when nothing verified', async () => {
    await renderPage(page(), {
      path: PATH,
      api: fakeApi({
        getImage: async () =>
          imageReport({
            signature: {
              status: 'unsigned',
              reason: 'noSignature',
              placesSearched: 4,
            },
          }),
      }),
    });
    expect(await screen.findByText('Not signed')).toBeInTheDocument();
    expect(screen.getByText('No signature counted.')).toBeInTheDocument();
  });
});

describe('the other tabs', () => {
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

    it('puts the fix of what is exploited before that of what is severe', async () => {
      await show('group=fix');
      await screen.findByText(/Known exploited by/);
      const [, first] = screen.getAllByRole('row');
      expect(first).toHaveTextContent('undici to 6.21.2');
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

  it('take no filter of another tab with them', async () => {
    function Address() {
      return <output aria-label="Address">{useLocation().search}</output>;
    }
    await renderPage(
      <>
        <Address />
        {page()}
      </>,
      {
        path: `${PATH}&pageSize=50&tab=vulnerabilities&group=cve&exploited=yes&fixable=no&severity=high&search=x&page=2&with=${DIGEST}&enforcers=all`,
      },
    );
    await userEvent.click(await screen.findByRole('tab', { name: /^Policy/ }));
    expect(
      Object.fromEntries(
        new URLSearchParams(screen.getByLabelText('Address').textContent!),
      ),
    ).toEqual({ repository: REPOSITORY, pageSize: '50', tab: 'policy' });
  });

  it('groups findings by what fixes them', async () => {
    const notAffected = true;
    const row = {
      packageName: 'undici',
      installedVersion: '6.20.0',
      fixedVersion: '6.21.2',
      severity: 'high' as const,
      sources: [
        {
          scanner: 'Trivy',
          id: 'CVE-2026-1',
          severity: 'high' as const,
          scannedAt: '2026-07-01T10:00:00.000Z',
        },
      ],
    };
    await renderPage(page(), {
      path: `${PATH}&tab=vulnerabilities`,
      api: fakeApi({
        getImageVulnerabilities: async () => ({
          exploitData: {},
          total: 3,
          items: [
            { ...row, id: 'CVE-2026-1', link: 'https://nvd.example/1' },
            { ...row, id: 'CVE-2026-2', link: 'http://nvd.example/2' },
            { ...row, packageName: 'busybox', id: 'CVE-2026-3', notAffected },
          ],
        }),
      }),
    });
    expect(await screen.findByText('undici to 6.21.2')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'CVE-2026-1 (nvd.example)' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: /CVE-2026-2/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('1 set aside by VEX')).toBeInTheDocument();
    expect(screen.queryByText('No findings')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'By CVE' }));
    expect(
      await screen.findByRole('columnheader', { name: 'Fixed in' }),
    ).toBeInTheDocument();
  });

  it('shows rules with the facts they used', async () => {
    await renderPage(page(), { path: `${PATH}&tab=policy` });
    expect(
      await screen.findByText('No overdue vulnerability with a fix'),
    ).toBeInTheDocument();
    expect(screen.getByText('overdue: yes')).toBeInTheDocument();
    expect(
      screen.getByText('CVE-2026-31337 in libxyz 1.2 is fixed in 1.2.1.'),
    ).toBeInTheDocument();
  });

  it('shows what changed', async () => {
    await renderPage(page(), {
      path: `${PATH}&tab=history`,
      api: fakeApi({
        getImageHistory: async () => ({
          total: 6,
          items: [
            {
              at: '2026-11-24T12:00:00Z',
              kind: 'vulnerabilities',
              outcome: 'fail',
              previousOutcome: 'pass',
            },
            {
              at: '2026-11-23T13:00:00Z',
              kind: 'provenance',
              status: 'claimed',
              previousStatus: 'verified',
              level: 1,
              previousLevel: 2,
              source: 'https://github.com/acme/fork',
              previousSource: 'https://github.com/acme/web',
            },
            {
              at: '2026-11-22T13:00:00Z',
              kind: 'provenance',
              status: 'absent',
              level: 0,
            },
            {
              at: '2026-11-23T12:00:00Z',
              kind: 'signature',
              status: 'unsigned',
              previousStatus: 'verified',
              reason: 'noSignature',
            },
            {
              at: '2026-11-22T12:00:00Z',
              kind: 'verdict',
              outcome: 'pass',
              policy: 'default',
            },
            { at: '2026-11-11T12:00:00Z', kind: 'firstSeen' },
          ],
        }),
      }),
    });
    expect(
      await screen.findByText('Signature: Verified → Unsigned'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Vulnerabilities: Pass → Fails'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Policy outcome: Pass/)).toBeInTheDocument();
    expect(screen.getByText('First seen running')).toBeInTheDocument();
    expect(
      screen.getByText(
        'Provenance: SLSA L2 · https://github.com/acme/web → Only claimed · SLSA L1 · https://github.com/acme/fork',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Provenance: no provenance')).toBeInTheDocument();
  });

  it('shows the evidence itself', async () => {
    await renderPage(page(), { path: `${PATH}&tab=raw` });
    expect(await screen.findByText(/"kind": "signature"/)).toHaveTextContent(
      '"collector": "sigstore"',
    );
  });
});

describe('when the image cannot be shown', () => {
  it('says that the address lacks the repository', async () => {
    const api = fakeApi();
    await renderPage(page(), { api });
    expect(
      await screen.findByText(/The address lacks the repository/),
    ).toBeInTheDocument();
    expect(api.getImage).not.toHaveBeenCalled();
  });

  it('does not tell hidden from absent', async () => {
    const error = await responseError(404, 'nope');
    await renderPage(page(), {
      path: PATH,
      api: fakeApi({ getImage: () => Promise.reject(error) }),
    });
    expect(await screen.findByText('Not found')).toBeInTheDocument();
  });
});

/** Texts of the evidence that are written by whoever signs. */
const HOSTILE_KEYS = [
  'location',
  'note',
  'subject',
  'fingerprint',
  'issuer',
  'trustRoot',
  'logIndex',
  'sourceRepositoryUri',
  'sourceRepositoryDigest',
  'sourceRepositoryRef',
  'runInvocationUri',
  'buildSignerUri',
  'foundIn',
  'predicateType',
  'server',
  'gun',
  'tag',
  'role',
  'firstUsedAt',
  'otherDockerReference',
  'builderId',
  'uri',
  'repository',
  'ref',
  'commit',
  'workflow',
  'invocationId',
  'builder',
  'verifierId',
  'resourceUri',
  'policyUri',
  'result',
  'timeVerified',
  'message',
  'reason',
];

describe.each([
  'signature',
  'provenance',
  'vulnerabilities',
  'policy',
  'history',
  'raw',
])('hostile text in the tab %s', tab => {
  it.each(HOSTILE_STRINGS)('%j stays text', async text => {
    const evidence = JSON.parse(
      JSON.stringify([
        ...imageReport().evidence,
        contentTrustEvidence,
        notationEvidence,
      ]),
      (key, value) => (HOSTILE_KEYS.includes(key) ? text : value),
    );
    const provenance = {
      ...verifiedProvenance,
      ...Object.fromEntries(
        Object.keys(verifiedProvenance)
          .filter(key => !['status', 'level', 'relation'].includes(key))
          .map(key => [key, text]),
      ),
      levelReasons: [text],
      catalogLocation: text,
      reason: text,
    };
    await renderPage(page(), {
      path: `${PATH}&tab=${tab}`,
      api: fakeApi({
        getImage: async () =>
          imageReport({
            imageRefs: [text],
            platforms: [text],
            reproduce: { arguments: ['cosign', text], notChecked: [text] },
            evidence,
            provenance,
            verdicts: [
              verdict({
                policy: { name: text, title: text, digest: text },
                findings: [
                  {
                    ...verdict().findings[1],
                    ruleId: text,
                    message: text,
                    reason: text,
                    facts: { [text]: text },
                  },
                ],
              }),
            ],
          }),
        getImageHistory: async () => ({
          total: 2,
          items: [
            {
              at: text,
              kind: 'provenance',
              status: 'verified',
              previousStatus: text,
              level: 2,
              source: text,
            },
            {
              at: text,
              kind: 'signature',
              status: text,
              previousStatus: text,
              reason: text,
              policy: text,
            },
          ],
        }),
        getImageVulnerabilities: async () => ({
          exploitData: {},
          total: 1,
          items: [
            {
              id: text,
              packageName: text,
              path: text,
              installedVersion: text,
              fixedVersion: text,
              severity: 'high',
              title: text,
              link: text,
              aliases: [text],
              sources: [
                {
                  scanner: text,
                  id: text,
                  severity: 'high',
                  scannedAt: text,
                },
                {
                  scanner: `${text} `,
                  id: text,
                  severity: 'low',
                  scannedAt: text,
                },
              ],
            },
          ],
        }),
      }),
    });
    await screen.findByRole('tabpanel');
    const lines = (document.body.textContent ?? '').replace(/\n/g, '');
    expect(hasUnseenCharacters(lines)).toBe(false);
    expect(document.querySelector('main img, script')).toBeNull();
    for (const link of document.querySelectorAll('a')) {
      expect(link.getAttribute('href')).not.toMatch(/^\s*javascript:/i);
    }
  });
});
