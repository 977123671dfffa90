import { App, Lazy, Resource, Stack } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { ElastiCacheAccessGrant, ElastiCacheOperation, ElastiCacheResource } from '../../src';
import { inPartition, messageOf, newStack, warningsOf } from '../harness';

const { DELETE_USER_GROUP, MODIFY_SERVERLESS_CACHE, MODIFY_USER, TEST_FAILOVER } = ElastiCacheOperation;
const env = { region: 'eu-west-1', account: '111122223333' };

function grantOn(resource: ElastiCacheResource, operation = TEST_FAILOVER, stack = newStack({ env })) {
  return new ElastiCacheAccessGrant(stack, 'Grant', { operations: [operation], resources: [resource] });
}
const arnOf = (resource: ElastiCacheResource, operation: ElastiCacheOperation, stack: Stack) => (
  stack.resolve(grantOn(resource, operation, stack).permissions[0].resource));

/** A construct as @aws-cdk/aws-elasticache-alpha has it: without a reference, or with an ARN that has a slash. */
class Alpha extends Resource {
  constructor(stack: Stack, members: object) {
    super(stack, 'Alpha');
    Object.assign(this, members);
  }
}

describe('a construct of @aws-cdk/aws-elasticache-alpha', () => {
  type From = (construct: any) => ElastiCacheResource;
  type Case = [string, From, ElastiCacheOperation, (stack: Stack) => object, unknown];

  test.each<Case>([
    ['a user', ElastiCacheResource.fromUser, MODIFY_USER, (stack) => ({
      userId: 'ann',
      userArn: new elasticache.CfnUser(stack, 'User', { engine: 'valkey', userId: 'ann', userName: 'Ann' }).attrArn,
    }), { 'Fn::GetAtt': ['User', 'Arn'] }],
    ['a user imported by ID', ElastiCacheResource.fromUser, MODIFY_USER, (stack) => ({
      userId: 'ann', userName: 'Ann', userArn: stack.formatArn({ service: 'elasticache', resource: 'user/ann' }),
    }), inPartition('elasticache:eu-west-1:111122223333:user:ann')],
    ['a user imported by ARN', ElastiCacheResource.fromUser, MODIFY_USER, () => ({
      userId: 'ann', userArn: 'arn:aws:elasticache:us-east-1:444455556666:user:ann',
    }), 'arn:aws:elasticache:us-east-1:444455556666:user:ann'],
    ['a user group imported by name', ElastiCacheResource.fromUserGroup, DELETE_USER_GROUP, (stack) => ({
      userGroupName: 'team', userGroupArn: stack.formatArn({ service: 'elasticache', resource: 'usergroup/team' }),
    }), inPartition('elasticache:eu-west-1:111122223333:usergroup:team')],
    ['a cache imported by name', ElastiCacheResource.fromServerlessCache, MODIFY_SERVERLESS_CACHE, (stack) => ({
      serverlessCacheRef: {
        serverlessCacheName: 'prod',
        serverlessCacheArn: stack.formatArn({ service: 'elasticache', resource: 'serverlesscache/prod' }),
      },
    }), inPartition('elasticache:eu-west-1:111122223333:serverlesscache:prod')],
  ])('that is %s has its ARN', (_, from, operation, members, expected) => {
    const stack = newStack({ env });
    expect(arnOf(from(new Alpha(stack, members(stack))), operation, stack)).toEqual(expected);
  });
});

test('a serverless cache has the ARN that its reference tells', () => {
  const stack = newStack({ env });
  const cache = new elasticache.CfnServerlessCache(stack, 'Cache', { engine: 'valkey', serverlessCacheName: 'prod' });
  const withArn: any = new Alpha(stack, {
    serverlessCacheRef: { serverlessCacheName: cache.ref, serverlessCacheArn: cache.attrArn },
  });
  expect(arnOf(ElastiCacheResource.fromServerlessCache(withArn), MODIFY_SERVERLESS_CACHE, stack))
    .toEqual({ 'Fn::GetAtt': ['Cache', 'ARN'] });
});

describe('what is no construct of the type', () => {
  const message = (shown: string) => (
    'Stack/Grant: ElastiCacheResource.fromUser: expected a construct with userRef, as those of '
    + `aws-cdk-lib/aws-elasticache have it, and got ${shown}: use ElastiCacheResource.user with the name`);

  test.each<[unknown, string]>([
    [undefined, 'undefined'], [null, 'null'], ['ann', '"ann"'], [{}, '{}'],
    [new Stack(new App()), 'an object of class Stack'],
  ])('%p is refused, with the static that accepts a name', (construct, shown) => {
    expect(messageOf(() => grantOn(ElastiCacheResource.fromUser(construct as any), MODIFY_USER))).toBe(message(shown));
  });
});

describe('capitals', () => {
  const capitals = (shown: string, method = 'replicationGroup') => (
    `Stack/Grant: ElastiCacheResource.${method}: name "${shown}" has capitals, and ElastiCache keeps names in lower `
    + `case: pass "${shown.toLowerCase()}"`);

  test('in a name that CDK resolves late are refused', () => {
    expect(messageOf(() => grantOn(ElastiCacheResource.replicationGroup(Lazy.string({ produce: () => 'Prod' })))))
      .toBe(capitals('Prod'));
    expect(messageOf(() => grantOn(
      ElastiCacheResource.fromArn(`arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:${
        Lazy.string({ produce: () => 'Prod' })}`),
    ))).toBe(capitals('Prod', 'fromArn'));
  });

  test('in a name that changes before synthesis are refused there', () => {
    let name = 'prod';
    const stack = newStack({ env });
    grantOn(ElastiCacheResource.replicationGroup(Lazy.uncachedString({ produce: () => name })), TEST_FAILOVER, stack);
    expect(stack.node.findChild('Grant').node.validate()).toEqual([]);
    name = 'Prod';
    expect(stack.node.findChild('Grant').node.validate()).toEqual([capitals('Prod').replace('Stack/Grant: ', '')]);
  });

  test('in the ARN of an imported user are refused', () => {
    const stack = newStack({ env });
    const user: any = new Alpha(stack, {
      userRef: { userId: 'Ann', userArn: 'arn:aws:elasticache:eu-west-1:111122223333:user:Ann' },
    });
    expect(messageOf(() => grantOn(ElastiCacheResource.fromUser(user), MODIFY_USER, stack)))
      .toBe(capitals('Ann', 'fromUser'));
  });

  test('in the name of a resource of the app have a warning', () => {
    const stack = newStack({ env });
    const group = new elasticache.CfnReplicationGroup(stack, 'Group', {
      replicationGroupDescription: 'g', replicationGroupId: 'Prod',
    });
    grantOn(ElastiCacheResource.fromReplicationGroup(group), TEST_FAILOVER, stack);
    expect(warningsOf(stack)).toEqual([
      'ElastiCacheResource.fromReplicationGroup: the resource is named "Prod", but ElastiCache keeps names in lower '
      + 'case, and IAM regards case: name it "prod", or acknowledge this warning if its Ref gives that '
      + '[ack: cdk-elasticache-grants:capitalsInName]',
    ]);
  });

  test('in a user name, which is not the user ID, are fine', () => {
    const stack = newStack({ env });
    const user = new elasticache.CfnUser(stack, 'User', { engine: 'valkey', userId: 'ann', userName: 'Ann' });
    grantOn(ElastiCacheResource.fromUser(user), MODIFY_USER, stack);
    expect(warningsOf(stack)).toEqual([]);
  });
});

test.each([
  ['${aws:username', 'has a policy variable that is not closed: add "}", or write "${$}" for a literal "$"'],
  ['a-${}', 'has an empty policy variable: expected a key, as in "${aws:PrincipalTag/team}", or write "${$}" for a '
    + 'literal "$"'],
  ['日', "has the character U+65E5, which a policy can't hold: expected U+0020 to U+00FF, tab, line feed or carriage "
    + 'return'],
])('a name with text that IAM refuses is refused: %s', (name, problem) => {
  expect(messageOf(() => grantOn(ElastiCacheResource.replicationGroup(name)))).toBe(
    `Stack/Grant: ElastiCacheResource.replicationGroup: name "${name}" ${problem}`,
  );
});

describe('the length of a name', () => {
  test.each<[keyof typeof ElastiCacheResource & string, ElastiCacheOperation, number]>([
    ['cacheCluster', ElastiCacheOperation.REBOOT_CACHE_CLUSTER, 50],
    ['replicationGroup', TEST_FAILOVER, 40],
    ['subnetGroup', ElastiCacheOperation.MODIFY_CACHE_SUBNET_GROUP, 255],
    ['serverlessCacheSnapshot', ElastiCacheOperation.DELETE_SERVERLESS_CACHE_SNAPSHOT, 255],
  ])('of %s is limited to what AWS allows, without wildcards and variables', (name, operation, max) => {
    const resource = (text: string) => (ElastiCacheResource as any)[name](text) as ElastiCacheResource;
    const long = 'a'.repeat(max);
    for (const text of [long, `${long}*`, `*${long.slice(1)}?`, `${long}\${aws:PrincipalTag/team}`]) {
      expect(() => grantOn(resource(text), operation)).not.toThrow();
    }
    const shown = `${'a'.repeat(99)}…" (${max + 1} characters)`;
    expect(messageOf(() => grantOn(resource(`${long}a`), operation))).toBe(
      `Stack/Grant: ElastiCacheResource.${name}: name "${max < 119 ? `${long}a"` : shown} has ${max + 1} characters, `
      + `and no ${name} has more than ${max}: shorten it`,
    );
  });

  test('of other types is not limited', () => {
    expect(() => grantOn(ElastiCacheResource.user('a'.repeat(300)), MODIFY_USER)).not.toThrow();
  });

  test.each(['default.iam-user', 'default'])('the user of AWS %s is a name', (name) => {
    expect(() => grantOn(ElastiCacheResource.user(name), MODIFY_USER)).not.toThrow();
    expect(() => grantOn(ElastiCacheResource.userGroup(`${name}-group`), DELETE_USER_GROUP)).not.toThrow();
  });
});
