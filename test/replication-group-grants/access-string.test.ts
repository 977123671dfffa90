import { Fn } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { ReplicationGroupGrants } from '../../src';
import { newRole, newStack, UNCHECKED, warningsOf } from '../harness';
import { ENV, iamUser, replicationGroup } from '../support/caches';

/** The warnings of a connection that is right, but for the access string of the user. */
function warningsFor(accessString: string | undefined, isNamed = false): string[] {
  const stack = newStack({ env: ENV, context: UNCHECKED });
  const user = iamUser(stack, 'User', { accessString });
  const { ref } = new elasticache.CfnUserGroup(stack, 'Team', {
    engine: 'valkey', userGroupId: 'team', userIds: [user.ref],
  });
  const grants = ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, { userGroupIds: [ref] }));
  if (isNamed) {
    grants.connectAs(newRole(stack), 'app');
  } else {
    grants.connect(newRole(stack), user);
  }
  return warningsOf(stack);
}

const warning = (accessString: string, reason: string, remedy: string) => [
  `the user Stack/User has the AccessString ${JSON.stringify(accessString)}, which ${reason}, and nobody connects as a `
  + `user that is off: ${remedy}, or acknowledge this warning [ack: cdk-elasticache-grants:connect.accessString]`,
];

test.each(['off ~* +@all', '~* +@all off', 'OFF', 'on ~* +@all off', 'on\toff'])(
  'the access string %j turns the user off', (accessString) => {
    expect(warningsFor(accessString)).toEqual(
      warning(accessString, 'turns it off', 'begin it with "on" and drop "off"'));
  });

test.each(['~* +@all', '~on:* +@all', '', '~* +@on', 'on~* +@all'])(
  'the access string %j does not turn the user on', (accessString) => {
    expect(warningsFor(accessString)).toEqual(
      warning(accessString, 'has no "on", so the user is off', 'begin it with "on"'));
  });

test.each<[string | undefined]>([
  ['on'], ['on ~* +@all'], ['ON ~*'], [' ~off:* on '], ['off ~* on'], ['on ~off:* +@all'], [undefined],
  ['{{resolve:ssm:access}}'], [Fn.importValue('Access')], [Fn.join(' ', ['~*', Fn.importValue('Rules')])],
])('the access string %j has no warning', (accessString) => {
  expect(warningsFor(accessString)).toEqual([]);
});

test('a user that is given by its ID has the warning, too', () => {
  expect(warningsFor('~* +@all', true)).toEqual(
    warning('~* +@all', 'has no "on", so the user is off', 'begin it with "on"'));
});
