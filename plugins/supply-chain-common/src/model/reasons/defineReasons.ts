import { SignatureStatus } from '../signature';

/**
 * What a reason code is about.
 *
 * @public
 */
export type ReasonArea =
  | 'signature'
  | 'provenance'
  | 'registry'
  | 'scan'
  | 'inventory'
  | 'policy'
  | 'document'
  | 'source'
  | 'admission'
  | 'enforcer';

/**
 * One entry of the table of reason codes.
 *
 * @public
 */
export type ReasonDefinition = {
  /** What it is about. */
  about: ReasonArea;
  /** The one signature status it belongs to, for codes that can explain a signature (L11). */
  status?: SignatureStatus;
  /** One plain sentence: what it means. */
  meaning: string;
  /** One plain sentence: what to do. */
  advice: string;
};

/** Keeps the literal keys of a table while checking its entries. */
export function defineReasons<T extends Record<string, ReasonDefinition>>(
  table: T,
): T {
  return table;
}
