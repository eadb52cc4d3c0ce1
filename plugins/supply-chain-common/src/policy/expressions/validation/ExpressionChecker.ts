import { suggestName } from '../../documents/suggestName';
import {
  Comprehension,
  comprehensionOf,
  ExpressionNode,
  presenceTestOf,
} from '../engine/expressionNode';
import { FactType } from '../facts/factTypes';
import { EXPRESSION_FACTS } from '../facts/factSchema';
import { ExpressionProblem, invalid, tooLarge } from './expressionProblem';
import { EXPRESSION_LIMITS } from './expressionSize';
import {
  COMPREHENSIONS,
  FunctionDefinition,
  FUNCTIONS,
  METHODS,
  TYPE_NAMES,
} from './functions';
import {
  BOOL,
  commonType,
  DYN,
  InferredType,
  isMapping,
  STRING,
  typeName,
} from './inferredType';
import { OPERATORS } from './operators';

/** Names in reach, by what they stand for. */
type Scope = ReadonlyMap<string, InferredType>;

/** Where a part stands: what its names mean and in how many loops it is. */
type Place = { scope: Scope; loops: number };

/** Evaluates a call whose arguments are constants, to see whether it can ever work; a message when it cannot. */
export type TryCall = (name: string, argument: string) => string | undefined;

const FACT_SCOPE: Scope = new Map(
  Object.entries(EXPRESSION_FACTS).map(([name, { type }]) => [
    name,
    type as FactType as InferredType,
  ]),
);

/** Reads an expression once and notes every mistake: names, fields, functions, loops, and values no fact ever takes. */
export class ExpressionChecker {
  readonly problems: ExpressionProblem[] = [];
  readonly #tryCall: TryCall;

  constructor(tryCall: TryCall) {
    this.#tryCall = tryCall;
  }

  /** The depth of the tree was checked, so this may recurse. */
  check(node: ExpressionNode): InferredType {
    return this.#typeOf(node, { scope: FACT_SCOPE, loops: 0 });
  }

  readonly #report = (message: string, { offset }: ExpressionNode): void => {
    this.problems.push(invalid(message, offset));
  };

  #typeOf(node: ExpressionNode, place: Place): InferredType {
    switch (node.kind) {
      case 'literal':
        return { kind: node.value.type };
      case 'name':
        return this.#nameType(node, place);
      case 'select':
        return this.#fieldType(node, place);
      case 'list':
        return {
          kind: 'list',
          element: elementType(
            node.elements.map(each => this.#typeOf(each, place)),
          ),
        };
      case 'map':
        node.entries.forEach(({ key, value }) => {
          this.#typeOf(key, place);
          this.#typeOf(value, place);
        });
        return { kind: 'map' };
      case 'call':
        return this.#callType(node, place);
      default:
        this.#report(`expected a value, got "${node.name}{…}"`, node);
        return DYN;
    }
  }

  #nameType(node: NodeOf<'name'>, { scope }: Place): InferredType {
    const known = scope.get(node.name);
    if (known) {
      return known;
    }
    if (TYPE_NAMES.includes(node.name)) {
      return { kind: 'type' };
    }
    this.#report(
      `there is no fact "${node.name}".${suggestName(node.name, [
        ...scope.keys(),
      ])}`,
      node,
    );
    return DYN;
  }

  #fieldType(node: NodeOf<'select'>, place: Place): InferredType {
    const operand = this.#typeOf(node.operand, place);
    if (operand.kind === 'object') {
      return this.#knownField(operand, node.field, node);
    }
    if (operand.kind !== 'dyn' && operand.kind !== 'map') {
      const hint =
        operand.kind === 'list' ? '; all(), exists() and filter() look in' : '';
      this.#report(
        `${typeName(operand)} has no field "${node.field}"${hint}`,
        node,
      );
    }
    return DYN;
  }

  #knownField(
    { fields }: Extract<InferredType, { kind: 'object' }>,
    name: string,
    node: ExpressionNode,
  ): InferredType {
    if (Object.hasOwn(fields, name)) {
      return fields[name].type;
    }
    this.#report(
      `there is no field "${name}" here.${suggestName(
        name,
        Object.keys(fields),
      )}`,
      node,
    );
    return DYN;
  }

  #callType(node: NodeOf<'call'>, place: Place): InferredType {
    const loop = comprehensionOf(node);
    if (loop) {
      return this.#loopType(node, loop, place);
    }
    const tested = presenceTestOf(node);
    if (tested) {
      this.#fieldType(tested, place);
      return BOOL;
    }
    if (node.target) {
      return this.#methodType(node, node.target, place);
    }
    return Object.hasOwn(OPERATORS, node.function)
      ? this.#operatorType(node, place)
      : this.#functionType(node, place);
  }

  #operatorType(node: NodeOf<'call'>, place: Place): InferredType {
    const operands = node.args.map(each => ({
      node: each,
      type: this.#typeOf(each, place),
    }));
    const [operand, key] = operands;
    if (
      node.function === '_[_]' &&
      operand.type.kind === 'object' &&
      key.node.kind === 'literal' &&
      key.node.value.type === 'string'
    ) {
      return this.#knownField(operand.type, key.node.value.value, key.node);
    }
    return OPERATORS[node.function](operands, this.#report);
  }

  #functionType(node: NodeOf<'call'>, place: Place): InferredType {
    node.args.forEach(each => this.#typeOf(each, place));
    const { function: name } = node;
    if (name === 'has') {
      this.#report(
        'expected a field of a fact, for instance has(image.digest)',
        node,
      );
      return BOOL;
    }
    if (!Object.hasOwn(FUNCTIONS, name)) {
      const hint = Object.hasOwn(METHODS, name)
        ? ` It is called on a value: value.${name}(…).`
        : suggestName(name, ['has', ...Object.keys(FUNCTIONS)]);
      this.#report(`there is no function "${name}".${hint}`, node);
      return DYN;
    }
    return this.#known(FUNCTIONS[name], node);
  }

  #methodType(
    node: NodeOf<'call'>,
    target: ExpressionNode,
    place: Place,
  ): InferredType {
    const { function: name } = node;
    const receiver = this.#typeOf(target, place);
    if (Object.hasOwn(COMPREHENSIONS, name)) {
      this.#report(
        `expected ${name} with a variable and ${arityText(
          COMPREHENSIONS[name].map(count => count - 1),
        )} after it, got ${node.args.length} argument(s)`,
        node,
      );
      return DYN;
    }
    node.args.forEach(each => this.#typeOf(each, place));
    if (!Object.hasOwn(METHODS, name)) {
      this.#report(
        `there is no method "${name}".${suggestName(name, [
          ...Object.keys(METHODS),
          ...Object.keys(COMPREHENSIONS),
        ])}`,
        node,
      );
      return DYN;
    }
    const method = METHODS[name];
    if (receiver.kind !== 'dyn' && !method.on!.includes(receiver.kind)) {
      this.#report(`${typeName(receiver)} has no method "${name}"`, node);
    }
    return this.#known(method, node);
  }

  #known(
    { arity, result, tried }: FunctionDefinition,
    node: NodeOf<'call'>,
  ): InferredType {
    const { function: name, args } = node;
    if (!arity.includes(args.length)) {
      this.#report(
        `expected ${name} with ${arityText(arity)}, got ${args.length}`,
        node,
      );
    }
    const [argument] = args;
    if (
      tried &&
      argument?.kind === 'literal' &&
      argument.value.type === 'string'
    ) {
      const message = this.#tryCall(name, argument.value.value);
      if (message) {
        this.#report(
          `"${argument.value.value}" cannot be used with ${name}: ${message}`,
          argument,
        );
      }
    }
    return result;
  }

  #loopType(
    node: ExpressionNode,
    { macro, range, variable, body }: Comprehension,
    { scope, loops }: Place,
  ): InferredType {
    const over = this.#typeOf(range, { scope, loops });
    const element = this.#elementOf(over, range);
    if (scope.has(variable)) {
      this.#report(
        `expected a new name, got "${variable}", which is taken`,
        node,
      );
    }
    if (loops + 1 > EXPRESSION_LIMITS.comprehensionDepth) {
      this.problems.push(
        tooLarge(
          `expected at most ${EXPRESSION_LIMITS.comprehensionDepth} loops inside each other`,
          node.offset,
        ),
      );
    }
    const inside = {
      scope: new Map([...scope, [variable, element]]),
      loops: loops + 1,
    };
    const types = body.map(each => ({
      node: each,
      type: this.#typeOf(each, inside),
    }));
    if (macro === 'map') {
      OPERATORS['_&&_'](types.slice(0, -1), this.#report);
      return { kind: 'list', element: types[types.length - 1].type };
    }
    OPERATORS['_&&_'](types, this.#report);
    return macro === 'filter' ? { kind: 'list', element } : BOOL;
  }

  #elementOf(over: InferredType, range: ExpressionNode): InferredType {
    if (over.kind === 'list') {
      return over.element;
    }
    if (isMapping(over)) {
      return STRING; // its keys
    }
    if (over.kind !== 'dyn') {
      this.#report(`expected a list, got ${typeName(over)}`, range);
    }
    return DYN;
  }
}

type NodeOf<K extends ExpressionNode['kind']> = Extract<
  ExpressionNode,
  { kind: K }
>;

function elementType([first, ...rest]: InferredType[]): InferredType {
  return first ? rest.reduce(commonType, first) : DYN;
}

function arityText(arity: readonly number[]): string {
  return `${arity.join(' or ')} argument${arity.join() === '1' ? '' : 's'}`;
}
