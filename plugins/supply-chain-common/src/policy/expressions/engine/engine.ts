import { CelEngine } from './CelEngine';
import { ExpressionEngine } from './ExpressionEngine';

/** The language of rules. */
export const EXPRESSION_ENGINE: ExpressionEngine = new CelEngine();
