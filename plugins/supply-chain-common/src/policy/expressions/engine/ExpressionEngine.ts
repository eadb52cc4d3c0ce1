import { FactType } from '../facts/factTypes';
import { ExpressionNode } from './expressionNode';

/** Result of reading an expression. */
export type ExpressionParse =
  | { ok: true; node: ExpressionNode }
  | { ok: false; message: string; offset?: number };

/** What an expression comes to. */
export type ExpressionAnswer =
  | { kind: 'boolean'; value: boolean }
  /** Any other value, by the name of its type. */
  | { kind: 'other'; type: string }
  | { kind: 'error'; message: string };

/** A value in the form of the engine; made once per evaluation and read by many expressions. */
export type EngineValue = { readonly engineValue: unknown };

/** An expression ready to be evaluated any number of times. Never throws. */
export type CompiledExpression = (
  bindings: ReadonlyMap<string, EngineValue>,
) => ExpressionAnswer;

/**
 * A language of expressions. Behind this interface stands one library; nothing else imports it.
 */
export interface ExpressionEngine {
  /** Reads the syntax. */
  parse(source: string): ExpressionParse;
  /** Prepares for evaluation an expression that was validated. */
  compile(source: string): CompiledExpression;
  /** Converts a fact, following its type: whole numbers and instants have types of their own. */
  toEngineValue(type: FactType, value: unknown): EngineValue;
}
