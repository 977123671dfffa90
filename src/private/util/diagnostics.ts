/**
 * Errors and warnings of all stages.
 *
 * A stage adds what it finds to `Diagnostics`; the construct then gets one error with everything that is wrong, or its
 * warnings. The form of an error is decided here alone: the construct's path, the problems, the values as JSON.
 */
import { Annotations } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { readableTokens } from './text';

const PACKAGE = 'cdk-elasticache-grants';
const LONGEST_VALUE = 120;

/** How many subjects an error lists; of more, it lists two and the number of the others. */
const MOST_SUBJECTS = 3;

/** Collects all errors and warnings of one call, so that they are reported at once. */
export class Diagnostics {
  private readonly errors: (string | GroupedError)[] = [];
  private readonly warnings: { readonly id: string; readonly text: string }[] = [];

  public error(text: string): void {
    this.errors.push(text);
  }

  /**
   * Adds an error about one of several subjects. Those that differ in their subject alone become one line.
   *
   * @param text the error, for subjects as they are listed, and for whether there are several.
   */
  public errorAbout(subject: string, text: GroupedError['text']): void {
    const key = text('', false);
    const same = this.errors.find((error): error is GroupedError => (
      typeof error !== 'string' && error.text('', false) === key));
    if (same) {
      same.subjects.push(subject);
    } else {
      this.errors.push({ subjects: [subject], text });
    }
  }

  /** @param id the kind of warning, for `Annotations.of(scope).acknowledgeWarning()`. */
  public warning(id: string, text: string): void {
    this.warnings.push({ id: `${PACKAGE}:${id}`, text });
  }

  /** The texts of the errors, for a caller that reports them in its own words. */
  public get errorTexts(): string[] {
    return [...new Set(this.errors.map((error) => (typeof error === 'string' ? error : lineOf(error))))];
  }

  /** Throws where there is an error; with the construct's path, where there is a construct. */
  public throwIfAny(scope?: IConstruct): void {
    if (this.errors.length > 0) {
      throwErrors(this.errorTexts, scope);
    }
  }

  /** Throws where there is an error. Otherwise adds the warnings to the construct. */
  public report(scope: IConstruct): void {
    this.throwIfAny(scope);
    this.warnings
      .filter(({ id }) => !isAcknowledged(scope, id))
      .forEach(({ id, text }) => Annotations.of(scope).addWarningV2(id, text));
  }
}

/**
 * Whether a warning was acknowledged on the construct before it is made. CDK itself looks for that above the construct
 * alone (aws-cdk-lib/core/lib/annotations.ts), so a warning that is made at synthesis would come all the same.
 */
function isAcknowledged(scope: IConstruct, id: string): boolean {
  const { root, path } = scope.node;
  const acknowledgements = Reflect.get(root, Symbol.for('@aws-cdk/core.Acknowledgements'));
  return acknowledgements?.has?.(`${path}/`, id) === true;
}

/** One error about several subjects. */
interface GroupedError {
  readonly subjects: string[];
  readonly text: (subjects: string, several: boolean) => string;
}

function lineOf({ subjects, text }: GroupedError): string {
  const distinct = [...new Set(subjects)];
  const listed = distinct.length <= MOST_SUBJECTS
    ? [...distinct.slice(0, -2), distinct.slice(-2).join(' and ')].join(', ')
    : `${distinct.slice(0, 2).join(', ')} and ${distinct.length - 2} more`;
  return text(listed, distinct.length > 1);
}

/** Throws one error for everything that is wrong with one call. */
export function throwErrors(errors: string[], scope?: IConstruct): never {
  const path = scope?.node.path ? `${scope.node.path}: ` : '';
  const distinct = [...new Set(errors)];
  throw new Error(distinct.length === 1
    ? `${path}${distinct[0]}`
    : `${path}${distinct.length} problems:\n${distinct.map((error) => `- ${error}`).join('\n')}`);
}

/**
 * A value as an error shows it: as JSON, shortened where it is long, with readable names in place of tokens. An object
 * of a class is shown by the name of its class, since constructs have no JSON.
 */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') {
    const json = readableTokens(JSON.stringify(value));
    return json.length > LONGEST_VALUE ? `${json.slice(0, 100)}…" (${json.length - 2} characters)` : json;
  }
  if (typeof value === 'function') { return 'a function'; }
  if (typeof value !== 'object' || value === null) { return String(value); }
  const json = toJson(value);
  if (json === undefined) { return describeObject(value); }
  return json.length > LONGEST_VALUE ? `${json.slice(0, 100)}… (${json.length} characters)` : json;
}

/** A list or a plain object as JSON; undefined for objects of classes, and for what has no JSON. */
function toJson(value: object): string | undefined {
  if (!isPlain(value)) { return undefined; }
  try {
    return readableTokens(JSON.stringify(value, (_, part) => (isPlain(part) ? part : describeObject(part))));
  } catch {
    // It has a cycle, a bigint, or a toJSON() that throws.
    return undefined;
  }
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return true; }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describeObject(value: object): string {
  if (Array.isArray(value)) { return 'a list'; }
  const name = classNameOf(value);
  return name === undefined || name === '' || name === 'Object' ? 'an object' : `an object of class ${name}`;
}

/** The name of an object's class. The AWS CDK changes names as it is built, so that of jsii is preferred. */
export function classNameOf(value: object): string | undefined {
  const { constructor } = value as { readonly constructor?: unknown };
  if (typeof constructor !== 'function') { return undefined; }
  const fqn: unknown = Reflect.get(constructor, Symbol.for('jsii.rtti'))?.fqn;
  return typeof fqn === 'string' ? fqn.replace(/^.*\./, '') : constructor.name;
}

/** A number as an error shows it. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en');
}
