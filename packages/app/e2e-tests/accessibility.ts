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
  const { violations } = await new AxeBuilder({ page })
    // What passes need not be described, and without frames there is nothing to put together in a page of its own.
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .include(root)
    .analyze();
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
    ...(await controlsOutOfSight(page, root)).map(name => `hides "${name}"`),
  ];
}

/** Buttons, links and fields that one has to scroll sideways for; only tabs and code may scroll within the page. */
function controlsOutOfSight(page: Page, root: string): Promise<string[]> {
  return page.evaluate(
    selector =>
      [...document.querySelectorAll(selector)]
        .flatMap(ours => [
          ...ours.querySelectorAll('a, button, input, select, summary'),
        ])
        .filter(control => !control.closest('[role="tablist"], pre'))
        .filter(control => {
          const { right, width } = control.getBoundingClientRect();
          let end = document.documentElement.clientWidth;
          for (let up = control.parentElement; up; up = up.parentElement) {
            if (getComputedStyle(up).overflowX !== 'visible') {
              end = Math.min(end, up.getBoundingClientRect().right);
            }
          }
          // What is for screen readers alone is a pixel wide.
          return width > 1 && right > end + 1;
        })
        .map(
          control =>
            control.getAttribute('aria-label') ?? control.textContent ?? '',
        ),
    root,
  );
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
