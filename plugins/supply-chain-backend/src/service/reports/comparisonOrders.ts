import {
  ComparedFinding,
  compareFixFirst,
  compareText,
  FINDING_CHANGES,
} from 'backstage-plugin-supply-chain-common';
import { ComparisonSort } from '../SupplyChainService';
import { ExploitRow } from './readExploits';

/** A compared finding, and what it is told by: as it is now, or was where it is no more. */
type Shown = {
  finding: ComparedFinding;
  key: ExploitRow & { notAffected?: boolean };
};
type Order = (left: Shown, right: Shown) => number;

/** What VEX sets aside stands behind all that counts, as on the page of an image. */
const setAside = ({ key }: Shown) => Number(key.notAffected ?? false);

const fixFirst: Order = (left, right) =>
  setAside(left) - setAside(right) || compareFixFirst(left.key, right.key);
const rankOf = ({ finding }: Shown) => FINDING_CHANGES.indexOf(finding.change);
const nameOf = ({ key }: Shown) => key.packageName.toLowerCase();

/** How compared findings stand; what is equal stands by what is to be fixed first. */
export const COMPARISON_ORDERS: Record<ComparisonSort, Order> = {
  change: (left, right) =>
    rankOf(left) - rankOf(right) || fixFirst(left, right),
  fixFirst: (left, right) =>
    fixFirst(left, right) || rankOf(left) - rankOf(right),
  package: (left, right) =>
    compareText(nameOf(left), nameOf(right)) || fixFirst(left, right),
};
