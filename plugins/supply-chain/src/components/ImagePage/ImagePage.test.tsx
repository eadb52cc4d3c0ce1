import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import { hostileFinding } from '../../__testUtils__/findings';
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
  severityCounts,
  verdict,
} from '../../__testUtils__/reports';
import { verifiedProvenance } from '../../__testUtils__/provenanceReports';
import {
  contentTrustEvidence,
  notationEvidence,
} from '../../__testUtils__/signatureReports';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { ImageRoutes } from '../ImageRoutes';
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
        getImageVulnerabilityGroups: async () => ({
          exploitData: {},
          total: 1,
          findings: 1,
          items: [
            {
              packageName: text,
              fixedVersion: text,
              total: 1,
              notAffected: 0,
              counts: severityCounts({ high: 1 }),
              findings: [hostileFinding(text)],
            },
          ],
        }),
        getImageVulnerabilities: async () => ({
          exploitData: {},
          total: 1,
          items: [hostileFinding(text)],
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

it('leads to the overview without a digest: no page lists images alone', async () => {
  function Here() {
    return <p>at {useLocation().pathname}</p>;
  }
  await renderPage(
    <Routes>
      <Route path="images/*" element={<ImageRoutes />} />
      <Route path="*" element={<Here />} />
    </Routes>,
    { path: '/images' },
  );
  expect(
    await screen.findByText('at /supply-chain/overview'),
  ).toBeInTheDocument();
});
