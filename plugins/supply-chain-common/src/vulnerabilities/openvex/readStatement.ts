import { isRecord } from '../../kubernetes/KubernetesObject';
import { ReasonCode } from '../../model/reasonCodes';
import {
  VEX_JUSTIFICATIONS,
  VexJustification,
  VexStatement,
  VexStatus,
} from '../../model/vex';
import { instant, shortText } from '../../text/reportValues';
import { definedOnly } from '../definedOnly';
import { Json, listOf, ReportProblem } from '../scanReport';
import { readProduct } from './readProduct';

/** Why one statement cannot be used; the others of its document can. */
export class StatementProblem extends Error {
  constructor(readonly reason: ReasonCode, message: string) {
    super(message);
  }
}

const STATUSES: Readonly<Record<string, VexStatus>> = {
  not_affected: 'notAffected',
  affected: 'affected',
  fixed: 'fixed',
  under_investigation: 'underInvestigation',
};

const NAME_MAX_LENGTH = 128;
const TEXT_MAX_LENGTH = 2_048;
const MAX_NAMES = 50;
const MAX_PRODUCTS = 1_000;

/**
 * Reads one statement: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#statement-fields
 *
 * @param documentStatedAt - What a statement without a time of its own inherits.
 * @throws StatementProblem when it says too little to be used.
 * @throws ReportProblem when it is larger than what is read.
 */
export function readStatement(
  value: unknown,
  documentStatedAt: string | undefined,
): VexStatement {
  if (!isRecord(value)) {
    throw malformed('it is no object');
  }
  const status = textIn(STATUSES, value.status);
  if (!status) {
    throw malformed('its status is none of OpenVEX');
  }
  const names = namesOf(value.vulnerability);
  const statedAt =
    value.timestamp === undefined ? documentStatedAt : instant(value.timestamp);
  if (!statedAt) {
    throw malformed('it does not say since when it is so (timestamp)');
  }
  const products = productsOf(value);
  return {
    names,
    ...(products && { products }),
    status,
    ...groundsOf(value, status),
    ...definedOnly({
      action: shortText(value.action_statement, TEXT_MAX_LENGTH),
      notes: shortText(value.status_notes, TEXT_MAX_LENGTH),
    }),
    statedAt,
  };
}

function malformed(message: string): StatementProblem {
  return new StatementProblem('vexStatementMalformed', message);
}

function textIn<T>(
  table: Readonly<Record<string, T>>,
  value: unknown,
): T | undefined {
  return typeof value === 'string' && Object.hasOwn(table, value)
    ? table[value]
    : undefined;
}

/** An object with a name; the first versions of OpenVEX write the name alone. */
function namesOf(vulnerability: unknown): string[] {
  const { name, aliases } = isRecord(vulnerability)
    ? vulnerability
    : { name: vulnerability, aliases: undefined };
  const names = [name, ...listOf(aliases)];
  if (names.length > MAX_NAMES || !names.every(isName)) {
    throw malformed('it does not name its vulnerability');
  }
  return [...new Set(names as string[])];
}

/** A cut name would be that of another one. */
function isName(value: unknown): boolean {
  return (
    typeof value === 'string' && value !== '' && value.length <= NAME_MAX_LENGTH
  );
}

/** `not_affected` needs a justification or an impact statement: without one nobody can tell whether it is true. */
function groundsOf(
  value: Json,
  status: VexStatus,
): Pick<VexStatement, 'justification' | 'impact'> {
  const { justification } = value;
  const impact = shortText(value.impact_statement, TEXT_MAX_LENGTH);
  if (
    justification !== undefined &&
    justification !== '' &&
    !isJustification(justification)
  ) {
    throw malformed('its justification is none of OpenVEX');
  }
  if (status === 'notAffected' && !justification && !impact?.trim()) {
    throw new StatementProblem(
      'vexNotJustified',
      'it is not_affected with neither justification nor impact_statement',
    );
  }
  return {
    ...(justification && { justification: justification as VexJustification }),
    ...(impact && { impact }),
  };
}

function isJustification(value: unknown): value is VexJustification {
  return (VEX_JUSTIFICATIONS as readonly unknown[]).includes(value);
}

/** The first versions of OpenVEX write the parts beside the products, and mean the same parts of each. */
function productsOf({ products, subcomponents }: Json) {
  if (products === undefined) {
    if (subcomponents !== undefined) {
      throw malformed('it names parts of no product');
    }
    return undefined;
  }
  if (!Array.isArray(products)) {
    throw malformed('its products are no list');
  }
  if (products.length > MAX_PRODUCTS) {
    throw new ReportProblem(
      'reportTooLarge',
      `expected at most ${MAX_PRODUCTS} products of a statement, got ${products.length}`,
    );
  }
  return products.map(each => readProduct(each, subcomponents));
}
