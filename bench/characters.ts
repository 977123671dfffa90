import { Stack } from 'aws-cdk-lib';
import { newApp } from './programs/app';
import { Pair, smallest } from './smallest';
import { ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheOperation, ElastiCacheResource } from 'cdk-elasticache-grants';

const HERE = { region: 'eu-west-1', account: '111122223333' };
const RESOURCES = [
  ElastiCacheResource.replicationGroup('sessions-*', HERE),
  ElastiCacheResource.cacheCluster('sessions-*', HERE),
  ElastiCacheResource.parameterGroup('default.*', HERE),
  ElastiCacheResource.snapshot('sessions-*', HERE),
];

/** Policies of random sets of 1 to 77 operations on `*`: our characters over the smallest's, in ascending order. */
export function ofOperations(sets: number): number[] {
  const random = randomNumbers();
  const stack = new Stack(newApp(), 'Stack');
  return Array.from({ length: sets }, (_, index) => {
    const share = random();
    const operations = ElastiCacheOperation.all().filter(() => random() < share);
    return compared(stack, index, { operations: operations.length > 0 ? operations : [ElastiCacheOperation.DESCRIBE_EVENTS] });
  }).sort(ascending);
}

/** The same of 2 to 5 operations on resources of 1 to 4 types, but for those that a grant refuses. */
export function ofNarrowedOperations(sets: number): number[] {
  const random = randomNumbers();
  const stack = new Stack(newApp(), 'Stack');
  const all = ElastiCacheOperation.all();
  const ratios: number[] = [];
  for (let tried = 0; ratios.length < sets; tried++) {
    const operations = Array.from({ length: 2 + Math.floor(random() * 4) }, () => all[Math.floor(random() * all.length)]);
    const resources = RESOURCES.filter(() => random() < 0.8);
    try {
      ratios.push(compared(stack, tried, { operations, resources }));
    } catch (error) {
      if (!(error as Error).message.startsWith(`Stack/Access${tried}: `)) { throw error; }
    }
  }
  return ratios.sort(ascending);
}

function compared(stack: Stack, index: number, props: ElastiCacheAccessGrantProps): number {
  const grant = new ElastiCacheAccessGrant(stack, `Access${index}`, props);
  const deployed = (value: unknown) => JSON.parse(JSON.stringify(stack.resolve(value)), (_, inner) => {
    if (inner?.Ref === 'AWS::Partition') { return 'aws'; }
    return inner?.['Fn::Join'] ? inner['Fn::Join'][1].join('') : inner;
  });
  const statements: unknown[] = deployed(grant.toPolicyDocument()).Statement;
  return statements.reduce<number>((size, statement) => size + JSON.stringify(statement).length, 0)
    / smallest(deployed(grant.permissions).map(({ action, resource }: { action: string; resource: string }): Pair => [action, resource]));
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** Numbers from 0 to 1 that look random and are the same in every run. */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
