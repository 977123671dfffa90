/** A resource that a call is authorized on, with what AWS supplies there. A key may be missing. */
export interface AuthorizedOn {
  readonly resource: string;
  readonly context: Record<string, string | string[]>;
}

/**
 * Whether a policy denies a call: AWS authorizes a call on every resource that it names, and one denial is enough. It
 * supports the parts of IAM that guardrails write, and no others.
 */
export function denies(document: any, action: string, authorizedOn: AuthorizedOn[]): boolean {
  return authorizedOn.some(({ resource, context }) => {
    // IAM compares the names of keys regardless of case.
    const supplied = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
    return statementsFor(document, action, resource).some(({ Condition }) => (
      Object.entries<any>(Condition ?? {}).every(([operator, keys]) => (
        Object.entries<any>(keys).every(([key, values]) => (
          isMet(operator, [values].flat(), supplied.get(key.toLowerCase()), supplied)))))));
  });
}

const KNOWN = new WeakMap<object, Map<string, any[]>>();

/** The statements on the action and the resource. The same document is asked again and again. */
function statementsFor(document: any, action: string, resource: string): any[] {
  const known = KNOWN.get(document) ?? new Map<string, any[]>();
  KNOWN.set(document, known);
  const key = `${action} ${resource}`;
  if (!known.has(key)) {
    known.set(key, document.Statement.filter((statement: any) => {
      const unknown = Object.keys(statement).filter((part) => (
        !['Effect', 'Action', 'Resource', 'Condition'].includes(part)));
      if (unknown.length > 0 || statement.Effect !== 'Deny') {
        throw new Error(`not evaluated: ${JSON.stringify(statement)}`);
      }
      return [statement.Action].flat().some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()))
        && [statement.Resource].flat().some((pattern) => like(pattern, resource));
    }));
  }
  return known.get(key)!;
}

const LIKE = new Map<string, RegExp>();

function like(pattern: string, text: string): boolean {
  let expression = LIKE.get(pattern);
  if (!expression) {
    const source = pattern.split(/([*?])/).map((part) => (
      part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('');
    expression = new RegExp(`^${source}$`, 's');
    LIKE.set(pattern, expression);
  }
  return expression.test(text);
}

/** IAM compares each of an ARN's six parts. */
function arnLike(pattern: string, text: string): boolean {
  const parts = (arn: string) => {
    const all = arn.split(':');
    return [...all.slice(0, 5), all.slice(5).join(':')];
  };
  const given = parts(text);
  return parts(pattern).every((part, index) => like(part, given[index] ?? ''));
}

const OPERATORS: Record<string, (expected: string, actual: string) => boolean> = {
  StringEquals: (expected, actual) => expected === actual,
  StringEqualsIgnoreCase: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  StringLike: like,
  Bool: (expected, actual) => expected === actual.toLowerCase(),
  NumericGreaterThan: (expected, actual) => Number(actual) > Number(expected),
  ArnLike: arnLike,
};

function isMet(
  operator: string, expected: string[], actual: string | string[] | undefined,
  supplied: Map<string, string | string[]>,
): boolean {
  const [, quantifier, base, ifExists] = /^(?:(ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator)!;
  if (base === 'Null') { return expected.includes(String(actual === undefined)); }
  const compare = OPERATORS[base.replace(/^(String|Arn)Not/, '$1')];
  if (!compare || Array.isArray(actual) !== (quantifier !== undefined && actual !== undefined)) {
    throw new Error(`not evaluated: ${operator} on ${JSON.stringify(actual)}`);
  }
  const negated = /^(String|Arn)Not/.test(base);
  if (actual === undefined) { return negated || ifExists !== undefined; }
  const known = expected.map((value) => value.replace(/\$\{([^}]+)\}/g, (_, key) => (
    String(supplied.get(key.toLowerCase())))));
  const matches = (value: string) => known.some((one) => compare(one, value));
  return negated ? ![actual].flat().some(matches) : [actual].flat().some(matches);
}
