import { BUILT_IN_RULES } from '../rules/builtInRules';
import { describeRule } from '../rules/describeRule';
import { SupplyChainPolicy } from '../types';
import { FRAMEWORK_CONTROLS } from './frameworks';

/**
 * A control with the rules that serve it. Without any it is not evaluated, which is neither kept nor broken.
 *
 * @public
 */
export type FrameworkControl = {
  id: string;
  /** Rules of the policies. */
  rules: { policy: string; ruleId: string }[];
  /** Built-in rules that serve it, whether a policy uses them or not. */
  available: string[];
};

/**
 * A framework with its controls.
 *
 * @public
 */
export type ControlFramework = {
  /** A `ControlFrameworkId`, or {@link OTHER_CONTROLS}. */
  framework: string;
  controls: FrameworkControl[];
};

/**
 * Where controls stand that belong to no known framework.
 *
 * @public
 */
export const OTHER_CONTROLS = 'other';

/**
 * Which control of which framework is served by which rule of some policies. Controls nobody serves are part of it, and
 * so are those that only a policy's own rules name.
 *
 * @public
 */
export function controlFrameworks(
  policies: readonly SupplyChainPolicy[],
): ControlFramework[] {
  const served = policies.flatMap(policy =>
    policy.rules.flatMap(rule =>
      describeRule(rule).controls.map(control => ({
        control,
        rule: { policy: policy.name, ruleId: rule.id },
      })),
    ),
  );
  const available = Object.values(BUILT_IN_RULES).map(
    ({ definition }) => definition,
  );
  const named = [...served.map(each => each.control), ...allOf(available)];
  const controlOf = (id: string): FrameworkControl => ({
    id,
    rules: served.filter(each => each.control === id).map(each => each.rule),
    available: available
      .filter(({ controls }) => controls.includes(id))
      .map(each => each.id),
  });
  const known = Object.entries(FRAMEWORK_CONTROLS).map(
    ([framework, controls]) => ({
      framework,
      controls: distinct([
        ...controls,
        ...named.filter(each => frameworkOf(each) === framework),
      ]).map(controlOf),
    }),
  );
  const others = distinct(
    named.filter(each => frameworkOf(each) === OTHER_CONTROLS),
  );
  return others.length > 0
    ? [...known, { framework: OTHER_CONTROLS, controls: others.map(controlOf) }]
    : known;
}

function allOf(definitions: { controls: readonly string[] }[]): string[] {
  return definitions.flatMap(({ controls }) => [...controls]);
}

function frameworkOf(control: string): string {
  const [word] = control.split(' ');
  return Object.hasOwn(FRAMEWORK_CONTROLS, word) ? word : OTHER_CONTROLS;
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)];
}
