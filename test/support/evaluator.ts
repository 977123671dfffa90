/** A request to AWS. A key of the context may be missing, have one value, or have several. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string | string[]>;
}

/** Whether identity policies allow a request. It supports the parts of IAM that this library writes, and no others. */
export function allows(documents: any[], request: Request): boolean {
  return documents.flatMap(({ Statement }) => Statement).some((statement) => {
    const unknown = Object.keys(statement).filter((key) => (
      !['Effect', 'Action', 'Resource', 'Condition'].includes(key)
    ));
    if (unknown.length > 0 || statement.Effect !== 'Allow') {
      throw new Error(`not evaluated: ${JSON.stringify(statement)}`);
    }
    return [statement.Action].flat().some((action) => matches(action.toLowerCase(), request.action.toLowerCase()))
      && [statement.Resource].flat().some((resource) => matches(resource, request.resource))
      && Object.entries<any>(statement.Condition ?? {}).every(([operator, keys]) => (
        Object.entries<any>(keys).every(([key, values]) => (
          matchesCondition(operator, [values].flat(), request.context?.[key])
        ))));
  });
}

/** `*` and `?` are wildcards, except in the escapes `${*}`, `${?}` and `${$}`. */
function matches(pattern: string, text: string): boolean {
  const known = PATTERNS.get(pattern) ?? expressionOf(pattern);
  PATTERNS.set(pattern, known);
  return known.test(text);
}
const PATTERNS = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const source = pattern.split(/(\$\{[*?$]\}|[*?])/).map((part) => {
    if (part === '*') { return '.*'; }
    if (part === '?') { return '.'; }
    return (/^\$\{[*?$]\}$/.test(part) ? part[2] : part).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  }).join('');
  return new RegExp(`^${source}$`, 's');
}

const OPERATORS: Record<string, (expected: string, actual: string) => boolean> = {
  StringEquals: (expected, actual) => expected === actual,
  StringEqualsIgnoreCase: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  StringLike: matches,
  Bool: (expected, actual) => expected === actual,
  NumericLessThan: (expected, actual) => Number(actual) < Number(expected),
};

function matchesCondition(operator: string, expected: string[], actual?: string | string[]): boolean {
  const [, quantifier, base, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(operator)!;
  if (base === 'Null') {
    return expected.includes(String(actual === undefined));
  }
  if (!OPERATORS[base]) {
    throw new Error(`not evaluated: ${operator}`);
  }
  if (actual === undefined) {
    return quantifier === 'ForAllValues' || ifExists !== undefined;
  }
  const met = (value: string) => expected.some((one) => OPERATORS[base](one, value));
  return quantifier === 'ForAllValues' ? [actual].flat().every(met) : [actual].flat().some(met);
}
