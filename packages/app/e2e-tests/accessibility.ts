import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The widths everything is measured at: a laptop, a phone, and the least of WCAG 2.2 (1.4.10). */
export const WIDTHS = [1360, 390, 320];
/** And the schemes. */
export const SCHEMES = ['light', 'dark'] as const;

/** Marks what this plugin draws; the header, tabs and sidebar around it are the portal's own. */
const OUR_ROOT = '[data-supply-chain]';

/** What is measured. */
export type Shown = { width: number; colorScheme: (typeof SCHEMES)[number] };

/** Shows pages at a width and in a scheme from now on. */
export async function show(
  page: Page,
  { width, colorScheme }: Shown,
): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
}

/**
 * What is wrong with the page that is open: violations of WCAG's rules within what is ours, and whether anything of it
 * needs more than the width there is.
 */
export async function problemsOf(
  page: Page,
  { root = OUR_ROOT }: { root?: string } = {},
): Promise<string[]> {
  await page.getByText('Demo data from the sandbox').first().waitFor();
  // Axe measures colours; half of a transition is no colour of ours.
  await page.waitForFunction(
    () =>
      !document.querySelector('[aria-busy="true"]') &&
      document
        .getAnimations()
        .every(
          ({ playState, effect }) =>
            playState !== 'running' ||
            effect?.getComputedTiming().iterations === Infinity,
        ),
  );
  const { violations } = await new AxeBuilder({ page }).include(root).analyze();
  const needed = await neededWidth(page, root);
  const { width } = page.viewportSize()!;
  return [
    ...violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(node => `${node.target.join(' ')} ${node.failureSummary}`)
          .join(' | ')}`,
    ),
    ...(needed > width ? [`needs ${needed} px`] : []),
  ];
}

/** The page as a whole, and what of ours is cut off or scrolls within it. */
function neededWidth(page: Page, root: string): Promise<number> {
  return page.evaluate(
    selector =>
      Math.max(
        document.documentElement.scrollWidth,
        ...[...document.querySelectorAll(selector)].map(
          ours => ours.getBoundingClientRect().left + ours.scrollWidth,
        ),
      ),
    root,
  );
}
