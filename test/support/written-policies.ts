import { IConstruct } from 'constructs';
import { Statement } from '../../src/private/model';
import { WrittenPolicy } from '../../src/private/policy/policy';

/** A policy that has these statements, whichever permissions they are written from. */
export function policyOf(scope: IConstruct, ...statements: Statement[]): WrittenPolicy {
  return Object.defineProperty(new WrittenPolicy([], { smaller: 'allow less' }, scope), 'statements', {
    get: () => statements,
  });
}
