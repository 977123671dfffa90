import { Stack } from 'aws-cdk-lib';
import { newApp } from './programs/app';
import { Pair, smallest } from './smallest';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheOperation, ElastiCacheResource,
} from 'cdk-elasticache-grants';

const HERE = { region: 'eu-west-1', account: '111122223333' };
const RESOURCES = [
  ElastiCacheResource.replicationGroup('sessions-*', HERE),
  ElastiCacheResource.cacheCluster('sessions-*', HERE),
  ElastiCacheResource.parameterGroup('default.*', HERE),
  ElastiCacheResource.snapshot('sessions-*', HERE),
];

/** The operations that need no option: an export needs the buckets that it is to. */
const OPERATIONS = ElastiCacheOperation.all().filter((operation) => (
  operation !== ElastiCacheOperation.EXPORT_SERVERLESS_CACHE_SNAPSHOT));

/** Random sets of 1 to 76 operations on `*`: the size of our policy over that of the smallest, in ascending order. */
export function ofOperations(sets: number): number[] {
  const random = randomNumbers();
  const stack = new Stack(newApp(), 'Stack');
  return Array.from({ length: sets }, (_, index) => {
    const share = random();
    const operations = OPERATIONS.filter(() => random() < share);
    return sizeRatio(stack, index, {
      operations: operations.length > 0 ? operations : [ElastiCacheOperation.DESCRIBE_EVENTS],
    });
  }).sort(ascending);
}

/** The same for 2 to 5 operations on resources of up to 4 types, without the sets that a grant refuses. */
export function ofOperationsOnResources(sets: number): number[] {
  const random = randomNumbers();
  const stack = new Stack(newApp(), 'Stack');
  const ratios: number[] = [];
  for (let tried = 0; ratios.length < sets; tried++) {
    const count = 2 + Math.floor(random() * 4);
    const operations = Array.from({ length: count }, () => OPERATIONS[Math.floor(random() * OPERATIONS.length)]);
    const resources = RESOURCES.filter(() => random() < 0.8);
    try {
      ratios.push(sizeRatio(stack, tried, { operations, resources }));
    } catch (error) {
      if (!(error as Error).message.startsWith(`Stack/Access${tried}: `)) { throw error; }
    }
  }
  return ratios.sort(ascending);
}

function sizeRatio(stack: Stack, index: number, props: ElastiCacheAccessGrantProps): number {
  const grant = new ElastiCacheAccessGrant(stack, `Access${index}`, props);
  const deployed = (value: unknown) => JSON.parse(JSON.stringify(stack.resolve(value)), (_, inner) => {
    if (inner?.Ref === 'AWS::Partition') { return 'aws'; }
    return inner?.['Fn::Join'] ? inner['Fn::Join'][1].join('') : inner;
  });
  const statements: unknown[] = deployed(grant.toPolicyDocument()).Statement;
  const pairs = deployed(grant.permissions).map(({ action, resource }: Record<string, string>): Pair => (
    [action, resource]));
  return statements.reduce<number>((size, statement) => size + JSON.stringify(statement).length, 0) / smallest(pairs);
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** Pseudo-random numbers from 0 to 1, the same in every run. */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
