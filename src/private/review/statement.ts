/**
 * The statements of a policy that somebody else wrote: read from the template, and understood as far as that is sure.
 *
 * A resolved document in, statements out, each with the ElastiCache operations that its actions are, the resource types
 * that its resources may be of, and its conditions. What only the deployment knows may be anything, so that no rule
 * takes it for a mistake.
 */
import { readArn, ReviewedResource, TypeOfReference } from './arns';
import { ReviewedConditions, reviewConditions } from './condition-block';
import { OPERATIONS } from '../catalog/catalog.generated';
import { matchesPattern } from '../util/text';

/** One action of a statement. */
export interface ReviewedAction {
  /** The action as the policy has it. */
  readonly text: string;

  /** The part after `elasticache:`; undefined where it is an action of another service. */
  readonly name?: string;

  /** The operations that it is, or that its pattern matches. */
  readonly operations: string[];

  /** Whether it is written out, not as a pattern. */
  readonly isExact: boolean;
}

/** One statement. */
export interface ReviewedStatement {
  readonly deny: boolean;
  readonly sid?: string;

  /** Where it is in its document, from 1. */
  readonly number: number;
  readonly actions: ReviewedAction[];

  /** Whether it lists what it is not about, with `NotAction`. */
  readonly notActions: boolean;

  /** The resources; undefined where it has `NotResource`, or none. */
  readonly resources?: ReviewedResource[];
  readonly conditions: ReviewedConditions;
}

/** The statements of a document that has been resolved. */
export function readStatements(document: unknown, typeOfReference: TypeOfReference): ReviewedStatement[] {
  const statements = listOf((document as any)?.Statement ?? (document as any)?.statement);
  return statements.flatMap((statement: any, index) => {
    if (typeof statement !== 'object' || statement === null || hasUnknownShape(statement)) { return []; }
    const notActions = statement.NotAction !== undefined;
    const actions = listOf(notActions ? statement.NotAction : statement.Action)
      .filter((action): action is string => typeof action === 'string')
      .map(readAction);
    return [{
      deny: statement.Effect === 'Deny',
      sid: typeof statement.Sid === 'string' ? statement.Sid : undefined,
      number: index + 1,
      actions,
      notActions,
      resources: statement.Resource === undefined
        ? undefined
        : listOf(statement.Resource).map((resource) => readArn(resource, typeOfReference)),
      conditions: reviewConditions(statement.Condition ?? {}),
    }];
  });
}

/** Whether a part is only known at deployment as a whole. */
function hasUnknownShape({ Effect, Action, NotAction, Condition = {} }: any): boolean {
  const isIntrinsic = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return (Effect !== 'Allow' && Effect !== 'Deny') || [Action, NotAction].some(isIntrinsic)
    || listOf(Action ?? NotAction).some((action) => typeof action !== 'string')
    || !isIntrinsic(Condition) || Object.keys(Condition).some((operator) => /^Fn::|^Ref$/.test(operator));
}

function readAction(text: string): ReviewedAction {
  const [, prefix, name] = /^(?:([^:]*):)?(.*)$/s.exec(text)!;
  const isOwn = prefix === undefined ? text === '*' : matchesPattern('elasticache', prefix);
  const pattern = prefix === undefined ? '*' : name;
  return {
    text,
    name: isOwn ? pattern : undefined,
    operations: isOwn ? Object.keys(OPERATIONS).filter((operation) => matchesPattern(operation, pattern)) : [],
    isExact: isOwn && !/[*?]/.test(pattern),
  };
}

/** Whether all that the statement is about is ElastiCache's. */
export function isOwnOnly({ actions, notActions }: ReviewedStatement): boolean {
  return !notActions && actions.length > 0
    && actions.every(({ name, text }) => name !== undefined && /^elasticache:/i.test(text));
}

/** The operations that are written out, in the order of the statement. */
export function exactOperations({ actions, notActions }: ReviewedStatement): string[] {
  return notActions ? [] : actions.filter(({ isExact }) => isExact).flatMap(({ operations }) => operations);
}

/** Every operation that the statement is about. */
export function allOperations({ actions, notActions }: ReviewedStatement): string[] {
  return notActions ? [] : [...new Set(actions.flatMap(({ operations }) => operations))];
}

/** The types that the resources may be of; undefined where they may be of any. */
export function typesCovered({ resources }: ReviewedStatement): string[] | undefined {
  if (!resources || resources.some(({ types }) => types === undefined)) { return undefined; }
  return [...new Set(resources.flatMap(({ types }) => types!))];
}

export function listOf(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : [value].flat();
}
