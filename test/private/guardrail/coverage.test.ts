import { coverageOf, reachOf } from '../../../src/private/guardrail/coverage';
import { Denial } from '../../../src/private/guardrail/denial';

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html';
const denial = (actions: string[], rest: Partial<Denial> = {}): Denial => ({
  actions: actions.map((action) => `elasticache:${action}`), resources: ['*'], keys: [], reason: () => 'why', ...rest,
});

describe('a denial reaches', () => {
  test.each<[string, Denial, [string, string[]][]]>([
    ['an operation on all of its types', denial(['DeleteUser', 'DeleteUserGroup']), [
      ['DeleteUser', ['user']], ['DeleteUserGroup', ['usergroup']],
    ]],
    ['what a pattern matches, regardless of case', denial(['export*', 'Test????over']), [
      ['ExportServerlessCacheSnapshot', ['serverlesscachesnapshot']], ['TestFailover', ['replicationgroup']],
    ]],
    ['an operation that accepts only `*`', denial(['DescribeEvents']), [['DescribeEvents', []]]],
    ['no such operation where it is on types', denial(['DescribeEvents'], { types: ['user'] }), []],
    ['the listed types alone', denial(['Connect'], { types: ['user', 'usergroup', 'serverlesscache'] }), [
      ['Connect', ['serverlesscache', 'user']],
    ]],
    ['no operation on other types', denial(['DeleteUser'], { types: ['usergroup'] }), []],
    ['types with which AWS supplies the key', denial(['CreateReplicationGroup'], {
      keys: ['elasticache:AtRestEncryptionEnabled'],
    }), [['CreateReplicationGroup', ['globalreplicationgroup', 'replicationgroup']]]],
    ['types with which AWS supplies all of the keys', denial(['CreateReplicationGroup'], {
      keys: ['elasticache:AtRestEncryptionEnabled', 'aws:RequestTag/${TagKey}'],
    }), [['CreateReplicationGroup', ['replicationgroup']]]],
    ['an operation without types where AWS supplies the key', denial(['DescribeEvents', 'Connect'], {
      keys: ['aws:RequestedRegion'],
    }), [['DescribeEvents', []]]],
    ['operations that are not known by name', denial(['ThawUser', 'Thaw*', 'Tha?', 'DescribeEvents']), [
      ['DescribeEvents', []], ['ThawUser', []],
    ]],
  ])('%s', (_, one, reached) => {
    expect(reachOf(one)).toEqual(reached);
  });
});

test('the coverage has a row for each rule, operation and reason, with all types, in order', () => {
  const row = (rule: string, operation: string, resourceTypes: string[], reason = 'why') => (
    { rule, operation, resourceTypes, reached: true, reason, source: REFERENCE });
  expect(coverageOf([
    {
      name: 'b',
      denials: [
        denial(['Connect'], { types: ['user'] }), denial(['Connect'], { types: ['replicationgroup'] }),
        denial(['Connect'], { types: ['user'] }),
        denial(['Connect'], { types: ['user'], reason: (name) => `${name}!` }),
      ],
      unreached: { Connect: { reason: 'no key', source: 'a page' }, CreateUser: { reason: 'none', source: 'b' } },
    },
    { name: 'a', denials: [denial(['DescribeEvents', 'Connect'])], unreached: {} },
  ])).toEqual([
    row('a', 'Connect', ['replicationgroup', 'serverlesscache', 'user']),
    row('a', 'DescribeEvents', []),
    row('b', 'Connect', ['user'], 'Connect!'),
    row('b', 'Connect', ['replicationgroup', 'user']),
    { rule: 'b', operation: 'Connect', resourceTypes: [], reached: false, reason: 'no key', source: 'a page' },
    { rule: 'b', operation: 'CreateUser', resourceTypes: [], reached: false, reason: 'none', source: 'b' },
  ]);
});
