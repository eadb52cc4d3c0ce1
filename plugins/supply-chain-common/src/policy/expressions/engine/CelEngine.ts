import {
  CelInput,
  celEnv,
  celList,
  celMap,
  celType,
  isCelError,
  parse,
  plan,
} from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { BoundedCache } from '../../../text/BoundedCache';
import { FactType } from '../facts/factTypes';
import {
  CompiledExpression,
  EngineValue,
  ExpressionAnswer,
  ExpressionEngine,
  ExpressionParse,
} from './ExpressionEngine';
import { FactMap } from './FactMap';
import { compileRegularExpression } from './regularExpressions';
import { syntaxTree } from './syntaxTree';

/** Policies hold at most a hundred rules each; a portal has a handful of policies. */
const COMPILED_MAX = 1000;

/**
 * The Common Expression Language, with the conformant library of Buf. Regular expressions are RE2 and compiled once:
 * the library would compile them for every element of a list.
 */
export class CelEngine implements ExpressionEngine {
  readonly #environment = celEnv({
    funcs: [...strings],
    re2: { compile: compileRegularExpression },
  });
  readonly #compiled = new BoundedCache<CompiledExpression>(COMPILED_MAX);

  parse(source: string): ExpressionParse {
    try {
      return { ok: true, node: syntaxTree(parse(source)) };
    } catch (error) {
      return { ok: false, ...problemOf(error) };
    }
  }

  compile(source: string): CompiledExpression {
    return this.#compiled.get(source, () => this.#plan(source));
  }

  toEngineValue(type: FactType, value: unknown): EngineValue {
    return { engineValue: toInput(type, value) };
  }

  #plan(source: string): CompiledExpression {
    try {
      const evaluate = plan(this.#environment, parse(source));
      return bindings => {
        // Without a prototype: a name such as "constructor" is no fact.
        const context: Record<string, CelInput> = Object.create(null);
        bindings.forEach(({ engineValue }, name) => {
          context[name] = engineValue as CelInput;
        });
        return answerOf(evaluate(context));
      };
    } catch (error) {
      const { message } = problemOf(error);
      return () => ({ kind: 'error', message });
    }
  }
}

function answerOf(
  result: ReturnType<ReturnType<typeof plan>>,
): ExpressionAnswer {
  if (isCelError(result)) {
    return { kind: 'error', message: result.message };
  }
  return typeof result === 'boolean'
    ? { kind: 'boolean', value: result }
    : { kind: 'other', type: celType(result).name };
}

/** The parser names a place only in its own errors. */
function problemOf(error: unknown): { message: string; offset?: number } {
  const { message, rawMessage, location } = error as Error & {
    rawMessage?: string;
    location?: { start?: { offset?: number } };
  };
  const offset = location?.start?.offset;
  return {
    message: rawMessage ?? message,
    ...(offset !== undefined && { offset }),
  };
}

function toInput(type: FactType, value: unknown): CelInput {
  switch (type.kind) {
    case 'int':
      return BigInt(value as number);
    case 'timestamp':
      return timestampFromMs(Date.parse(value as string));
    case 'list':
      return celList(
        (value as unknown[]).map(each => toInput(type.element, each)),
      );
    case 'object':
      return celMap(
        new FactMap({
          fields: type.fields,
          value: value as Record<string, unknown>,
          convert: toInput,
        }),
      );
    default:
      return value as CelInput;
  }
}
