import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { schema } from 'backstage-plugin-supply-chain-common';
import { HOSTILE_STRINGS } from '../../../__testUtils__/hostileStrings';
import { fakeApi, renderPage } from '../../../__testUtils__/renderPage';
import { DIGEST, REPOSITORY } from '../../../__testUtils__/reports';
import {
  fakeWaiverApi,
  waiverPreview,
  waiverReport,
} from '../../../__testUtils__/waiverReports';
import { WaiverApi } from '../../../api';
import { hasUnseenCharacters } from '../../../ui/escapeHostileText';
import { FindingOutcome, PendingRequests } from './FindingOutcome';
import { RequestWaiver } from './RequestWaiver';

const FINDING: schema.Finding = {
  ruleId: 'no-fixable-vulnerability',
  policy: 'default',
  severity: 'critical',
  outcome: 'fail',
  reason: 'fixableVulnerability',
  message: 'CVE-2026-31337 in libxyz 1.2 is fixed in 1.2.1.',
  facts: {},
};

/** The permission is asked before the button is there. */
const PATIENCE = { timeout: 4_000 };

const SERVICE = 'component:default/payments-api';
const NAME = 'Request waiver for: No overdue vulnerability with a fix';

async function renderButton(
  options: {
    finding?: Partial<schema.Finding>;
    entityRefs?: string[];
    waivers?: Partial<WaiverApi>;
    denied?: string[];
  } = {},
) {
  const { finding, entityRefs = [SERVICE], denied } = options;
  const waivers = fakeWaiverApi(options.waivers);
  const onSent = jest.fn();
  await renderPage(
    <RequestWaiver
      finding={{ ...FINDING, ...finding }}
      image={{ repository: REPOSITORY, digest: DIGEST }}
      entityRefs={entityRefs}
      onSent={onSent}
    />,
    { api: fakeApi({ waivers }), denied },
  );
  return { waivers, onSent };
}

async function openDialog() {
  await userEvent.click(
    await screen.findByRole('button', { name: NAME }, PATIENCE),
  );
  return within(await screen.findByRole('dialog'));
}

describe('the way to a waiver', () => {
  it('shows what will be covered, and sends no more than was asked for', async () => {
    const { waivers, onSent } = await renderButton();
    const dialog = await openDialog();
    expect(await dialog.findByText('It will cover')).toBeInTheDocument();
    expect(dialog.getByText('fixableVulnerability')).toBeInTheDocument();
    expect(waivers.previewWaiver).toHaveBeenCalledWith({
      entityRef: SERVICE,
      repository: REPOSITORY,
      digest: DIGEST,
      policy: 'default',
      rule: 'no-fixable-vulnerability',
    });
    const send = dialog.getByRole('button', { name: 'Request waiver' });
    expect(send).toBeDisabled();
    await userEvent.type(dialog.getByLabelText('Reason'), 'Vendor image');
    await userEvent.type(dialog.getByLabelText(/Ticket/), 'SEC-412');
    await userEvent.click(send);
    const [[request]] = waivers.requestWaiver.mock.calls;
    expect(request).toMatchObject({
      entityRef: SERVICE,
      repository: REPOSITORY,
      digest: DIGEST,
      policy: 'default',
      rule: 'no-fixable-vulnerability',
      scope: 'image',
      everywhere: false,
      includeUnknown: false,
      reason: 'Vendor image',
      ticket: 'SEC-412',
    });
    const days =
      (Date.parse(request.expires) - Date.now()) / (24 * 60 * 60 * 1_000);
    expect(days).toBeGreaterThan(28.9);
    expect(days).toBeLessThanOrEqual(30);
    expect(onSent).toHaveBeenCalled();
    expect(
      await screen.findByText(/Somebody else has to approve it now/),
    ).toBeInTheDocument();
  });

  it('lets widen the scope, narrow it to a vulnerability, and move the end', async () => {
    const { waivers } = await renderButton({
      waivers: {
        previewWaiver: async () => waiverPreview({ unknown: ['notScanned'] }),
      },
    });
    const dialog = await openDialog();
    await userEvent.selectOptions(
      await dialog.findByLabelText('How far', { selector: 'select' }),
      'Every image of this repository',
    );
    await userEvent.click(dialog.getByLabelText(/For every service/));
    await userEvent.click(dialog.getByLabelText(/Also cover/));
    await userEvent.type(
      dialog.getByLabelText(/Only this vulnerability/),
      'CVE-2026-31337',
    );
    await userEvent.type(dialog.getByLabelText('Reason'), 'Vendor image');
    const end = dialog.getByLabelText('Until') as HTMLInputElement;
    fireEvent.change(end, { target: { value: end.max } });
    await userEvent.click(
      dialog.getByRole('button', { name: 'Request waiver' }),
    );
    expect(waivers.requestWaiver.mock.calls[0][0]).toMatchObject({
      scope: 'repository',
      everywhere: true,
      includeUnknown: true,
      vulnerability: 'CVE-2026-31337',
      expires: `${end.max}T00:00:00.000Z`,
    });
    expect(
      screen.queryByLabelText('Until', { selector: 'input' }),
    ).not.toBeInTheDocument();
  });

  it('asks for which service where several run the image', async () => {
    const other = 'component:default/other';
    const { waivers } = await renderButton({ entityRefs: [SERVICE, other] });
    const dialog = await openDialog();
    await userEvent.selectOptions(
      await dialog.findByLabelText('For the service', { selector: 'select' }),
      other,
    );
    expect(waivers.previewWaiver).toHaveBeenLastCalledWith(
      expect.objectContaining({ entityRef: other }),
    );
  });

  it.each([
    [{ refusal: 'waiverByGuest' }, /A guest asks for a waiver/],
    [
      { missingPermission: 'supply-chain.waiver.request' },
      /needs the permission supply-chain.waiver.request/,
    ],
    [{ failing: [] }, /does not fail for this service any more/],
  ])('says why there is nothing to ask for: %j', async (changes, text) => {
    await renderButton({
      waivers: { previewWaiver: async () => waiverPreview(changes) },
    });
    const dialog = await openDialog();
    expect(await dialog.findByText(text)).toBeInTheDocument();
    expect(dialog.queryByLabelText('Reason')).not.toBeInTheDocument();
  });

  it('keeps what was written when the backend refuses', async () => {
    await renderButton({
      waivers: { requestWaiver: () => Promise.reject(new Error('no room')) },
    });
    const dialog = await openDialog();
    await userEvent.type(await dialog.findByLabelText('Reason'), 'Vendor');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Request waiver' }),
    );
    expect(await dialog.findByText('no room')).toBeInTheDocument();
    expect(dialog.getByLabelText('Reason')).toHaveValue('Vendor');
  });

  it.each<[string, Parameters<typeof renderButton>[0]]>([
    ['what passes', { finding: { outcome: 'pass' } }],
    ['a warning that stays one', { finding: { outcome: 'warn' } }],
    ['what belongs to no service', { entityRefs: [] }],
  ])('is not offered for %s', async (_, options) => {
    await renderButton(options);
    expect(
      screen.queryByRole('button', { name: NAME }),
    ).not.toBeInTheDocument();
  });

  it('is offered again for what is waived and for a fail to come', async () => {
    await renderButton({ finding: { outcome: 'waived' } });
    expect(
      await screen.findByText('Request another waiver', {}, PATIENCE),
    ).toBeInTheDocument();
  });

  it('is not offered to who may not ask', async () => {
    await renderButton({
      // What may be done with a service is remembered from test to test.
      entityRefs: ['component:default/not-theirs'],
      denied: ['supply-chain.waiver.request'],
    });
    expect(
      screen.queryByRole('button', { name: NAME }),
    ).not.toBeInTheDocument();
  });
});

describe('a waived finding', () => {
  const waiver: schema.FindingWaiver = {
    name: 'sec-7',
    source: 'git',
    reason: 'Vendor image',
    ticket: 'SEC-7',
    approvedBy: 'user:default/platform',
    expires: '2026-12-22T12:00:00.000Z',
    outcome: 'fail',
  };
  const waived = (changes: Partial<schema.FindingWaiver> = {}) => ({
    ...FINDING,
    outcome: 'waived' as const,
    waiver: { ...waiver, ...changes },
  });

  it('says until when, by whom, and that a merge approved it', async () => {
    const { container } = await renderPage(
      <FindingOutcome finding={waived()} />,
    );
    expect(screen.getByText(/Waived until/)).toBeInTheDocument();
    expect(container.querySelector('time')).toHaveAttribute(
      'datetime',
      waiver.expires,
    );
    expect(screen.getByText(/approved by merge/)).toBeInTheDocument();
    expect(screen.getByText('platform').closest('a')).toBeInTheDocument();
    expect(container.querySelector('svg')).toBeInTheDocument();
  });

  it('says who approved it on the page', async () => {
    await renderPage(<FindingOutcome finding={waived({ source: 'portal' })} />);
    expect(screen.getByText(/^approved by/)).toBeInTheDocument();
    expect(screen.queryByText(/by merge/)).not.toBeInTheDocument();
  });

  it('shows hostile text as text', async () => {
    const { container } = await renderPage(
      <>
        {HOSTILE_STRINGS.map(text => (
          <FindingOutcome
            key={text}
            finding={waived({ reason: text, ticket: text, approvedBy: text })}
          />
        ))}
      </>,
    );
    expect(hasUnseenCharacters(container.textContent ?? '')).toBe(false);
    expect(container.querySelector('img, script')).toBeNull();
  });

  it('names the requests that wait, each with the way to it', async () => {
    await renderPage(
      <PendingRequests
        finding={FINDING}
        pending={[
          waiverReport(),
          waiverReport({ id: 'other', rule: 'image-signed' }),
          waiverReport({ id: 'elsewhere', policy: 'other' }),
        ]}
      />,
    );
    const links = screen.getAllByText('See waivers');
    expect(links).toHaveLength(1);
    expect(links[0].closest('a')).toHaveAttribute(
      'href',
      '/supply-chain/waivers?state=pending&waiver=waiver-1',
    );
  });
});
