import { screen, within } from '@testing-library/react';
import { admissionOutcome, schema } from 'backstage-plugin-supply-chain-common';
import { renderPage } from '../../__testUtils__/renderPage';
import { AdmissionLine } from './AdmissionLine';

function admissionOf(
  question: Partial<Parameters<typeof admissionOutcome>[0]>,
): schema.Admission {
  const { mode = 'audit' } = question;
  return {
    mode,
    ...admissionOutcome({
      mode,
      onUnknown: 'deny',
      outcome: 'pass',
      findings: [],
      pinned: true,
      ...question,
    }),
  };
}

describe('what admission does', () => {
  it('is said by the mode of the policy, and by what speaks against the image', async () => {
    const cases = [
      [{ outcome: 'fail' }, 'Would be refused at admission'],
      [{ outcome: 'fail', mode: 'warn' }, 'Would be refused at admission'],
      [{ outcome: 'fail', mode: 'enforce' }, 'Is refused at admission'],
      [{ outcome: 'unknown' }, 'Would be refused at admission as unknown'],
      [
        { outcome: 'unknown', mode: 'enforce' },
        'Is refused at admission as unknown',
      ],
      [
        { outcome: 'unknown', onUnknown: 'warn' },
        'Would be admitted with a warning',
      ],
      [{ outcome: 'warn', mode: 'enforce' }, 'Is admitted with a warning'],
      [
        { outcome: 'pass', pinned: false },
        'Would be refused at admission: the workload names no digest',
      ],
      [{ outcome: 'pass' }, 'Would be admitted'],
      [{ outcome: 'pass', mode: 'enforce' }, 'Is admitted'],
    ] as const;
    await renderPage(
      <ol>
        {cases.map(([question]) => (
          <li key={JSON.stringify(question)}>
            <AdmissionLine admission={admissionOf(question)} />
          </li>
        ))}
      </ol>,
    );
    const lines = await screen.findAllByRole('listitem');
    cases.forEach(([, sentence], index) =>
      expect(within(lines[index]).getByText(sentence)).toBeInTheDocument(),
    );
  });

  it('says what happens today, and what else speaks against it', async () => {
    await renderPage(
      <AdmissionLine
        admission={admissionOf({ outcome: 'fail', pinned: false })}
      />,
    );
    expect(
      await screen.findByText(
        'the policy only audits, so it is admitted today; the workload names no digest as well',
      ),
    ).toBeInTheDocument();
  });
});
