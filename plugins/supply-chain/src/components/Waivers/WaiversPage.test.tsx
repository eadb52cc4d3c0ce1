import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import {
  fakeWaiverApi,
  gitWaiverReport,
  waiverPage,
  waiverReport,
} from '../../__testUtils__/waiverReports';
import { WaiverApi } from '../../api';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { WaiversPage } from './WaiversPage';

const RULE = 'No overdue vulnerability with a fix';

async function renderWaivers(
  waivers: Partial<WaiverApi> = {},
  path = '/',
): Promise<jest.Mocked<WaiverApi>> {
  const api = fakeWaiverApi(waivers);
  await renderPage(<WaiversPage />, { api: fakeApi({ waivers: api }), path });
  return api;
}

async function firstRow(): Promise<ReturnType<typeof within>> {
  const button = await screen.findByLabelText(`Show details of ${RULE}`);
  return within(button.closest('tr')!);
}

describe('the page of waivers', () => {
  it('opens with what waits for a decision, and counts every list', async () => {
    const api = await renderWaivers();
    const row = await firstRow();
    expect(row.getByText('Waits for approval')).toBeInTheDocument();
    expect(row.getByText('payments-api')).toBeInTheDocument();
    expect(row.getByText('developer')).toBeInTheDocument();
    expect(api.getWaivers).toHaveBeenCalledWith({
      state: 'pending',
      search: undefined,
      offset: 0,
      limit: 25,
    });
    const tabs = within(
      screen.getByLabelText('Waivers by where they stand', {
        selector: '[role=tablist], [role=tablist] *, .MuiTabs-root *',
      }),
    );
    for (const name of [
      'Pending 1',
      'Active 2',
      'Ending 1',
      'Ended 0',
      'Not granted 3',
    ]) {
      expect(tabs.getByRole('tab', { name })).toBeInTheDocument();
    }
  });

  it('takes list, search and page from the address, and puts them there', async () => {
    const api = await renderWaivers({}, '/?state=active&search=sec&page=2');
    await firstRow();
    expect(api.getWaivers).toHaveBeenLastCalledWith({
      state: 'active',
      search: 'sec',
      offset: 50,
      limit: 25,
    });
    await userEvent.click(screen.getByRole('tab', { name: 'Ended 0' }));
    expect(api.getWaivers).toHaveBeenLastCalledWith({
      state: 'ended',
      search: 'sec',
      offset: 0,
      limit: 25,
    });
  });

  it('says of one in version control that a merge approved it', async () => {
    await renderWaivers(
      { getWaivers: async () => waiverPage([gitWaiverReport()]) },
      '/?state=active',
    );
    const row = await firstRow();
    expect(
      row.getByText(/approved by merge, the document names/),
    ).toBeInTheDocument();
    expect(row.getByText(/in version control/)).toBeInTheDocument();
    expect(row.getByText('every service')).toBeInTheDocument();
    expect(row.getByText('In force')).toBeInTheDocument();
  });

  it('offers only what the reader may do', async () => {
    await renderWaivers({
      getWaivers: async () => waiverPage([waiverReport({ may: [] })]),
    });
    await firstRow();
    expect(
      screen.queryByRole('button', { name: /Approve|Deny|End|Take back/ }),
    ).not.toBeInTheDocument();
  });

  it('says when a list is empty, and when nothing matches', async () => {
    await renderWaivers({ getWaivers: async () => waiverPage([]) });
    expect(
      await screen.findByText('No request waits for a decision.'),
    ).toBeInTheDocument();
  });

  it('names the missing permission', async () => {
    const error = await responseError(403, 'no');
    await renderWaivers({ getWaivers: () => Promise.reject(error) });
    expect(
      await screen.findByText(/supply-chain.read is missing/),
    ).toBeInTheDocument();
  });

  it('shows an error instead of made up rows', async () => {
    await renderWaivers({
      getWaivers: () => Promise.reject(new Error('database is down')),
    });
    expect(await screen.findByText(/database is down/)).toBeInTheDocument();
  });
});

describe('a decision', () => {
  it('asks once more what it is about, and is sent with its comment', async () => {
    const api = await renderWaivers();
    const row = await firstRow();
    await userEvent.click(
      row.getByRole('button', { name: `Approve: ${RULE}` }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Approve this waiver?')).toBeInTheDocument();
    expect(dialog.getByText('fixableVulnerability')).toBeInTheDocument();
    expect(dialog.getByText('Fixed with the next release')).toBeInTheDocument();
    await userEvent.type(
      dialog.getByLabelText('Comment (optional)'),
      'Agreed in the call',
    );
    const asked = api.getWaivers.mock.calls.length;
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    expect(api.decideWaiver).toHaveBeenCalledWith({
      id: 'waiver-1',
      verb: 'approve',
      comment: 'Agreed in the call',
    });
    expect(await screen.findByText(/Approved. The verdicts/)).toHaveAttribute(
      'role',
      'status',
    );
    expect(api.getWaivers.mock.calls.length).toBeGreaterThan(asked);
  });

  it('that is refused says why, in words and as the backend said it', async () => {
    const { ResponseError } = await import('@backstage/errors');
    const refusal = await ResponseError.fromResponse(
      new Response(
        JSON.stringify({
          error: {
            name: 'ConflictError',
            message: 'Asked for scanStale, and it is now notScanned',
            reason: 'waiverReasonChanged',
          },
          response: { statusCode: 409 },
        }),
        { status: 409, headers: { 'content-type': 'application/json' } },
      ),
    );
    await renderWaivers({ decideWaiver: () => Promise.reject(refusal) });
    const row = await firstRow();
    await userEvent.click(row.getByRole('button', { name: `Deny: ${RULE}` }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Deny' }));
    expect(
      await dialog.findByText(/fails for another reason than when/),
    ).toBeInTheDocument();
    expect(
      dialog.getByText('Asked for scanStale, and it is now notScanned'),
    ).toBeInTheDocument();
  });
});

describe('a waiver that is opened', () => {
  it('says everything about it and who did what', async () => {
    await renderWaivers({}, '/?waiver=waiver-1');
    const details = within(await screen.findByLabelText(`Details of ${RULE}`));
    expect(
      details.getByText('Fixed with the next release'),
    ).toBeInTheDocument();
    expect(details.getByText(/SEC-412/).closest('a')).toHaveAttribute(
      'rel',
      expect.stringContaining('noreferrer'),
    );
    expect(await details.findByText('asked for')).toBeInTheDocument();
    expect(details.getByText('state: pending')).toBeInTheDocument();
  });

  it('leads to version control for what stands there', async () => {
    const api = await renderWaivers(
      { getWaivers: async () => waiverPage([gitWaiverReport()]) },
      '/?state=active&waiver=git:sec-7',
    );
    expect(
      await screen.findByText(/in version control tells who did what/),
    ).toBeInTheDocument();
    expect(api.getWaiverEvents).not.toHaveBeenCalled();
  });

  it('shows hostile text as text', async () => {
    const items = HOSTILE_STRINGS.map((text, index) =>
      waiverReport({
        id: `waiver-${index}`,
        name: text,
        rule: text,
        policy: text,
        reason: text,
        ticket: text,
        requestedBy: text,
        scope: { repository: text, entityRef: text, vulnerability: text },
        about: { repository: text, entityRef: text },
      }),
    );
    const { container } = await renderPage(<WaiversPage />, {
      api: fakeApi({
        waivers: fakeWaiverApi({ getWaivers: async () => waiverPage(items) }),
      }),
      path: '/?waiver=waiver-0',
    });
    await screen.findAllByText('Waits for approval');
    expect(hasUnseenCharacters(container.textContent ?? '')).toBe(false);
    expect(container.querySelector('img, script')).toBeNull();
    for (const link of container.querySelectorAll('a')) {
      expect(link.getAttribute('href')).not.toMatch(/^(javascript|data):/i);
    }
  });
});
