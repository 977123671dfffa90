import { CheckedCondition, Scope } from '../../../src/private/model';
import { checkCondition } from '../../../src/private/resolve/conditions';
import { checkRequestTags } from '../../../src/private/resolve/request-tags';
import { Diagnostics } from '../../../src/private/util/diagnostics';

const on = (operator: string, key: string) => (
  checkCondition(operator, key, ['a'], (text) => text, new Diagnostics())!);
const TAG = on('StringEquals', 'aws:RequestTag/team');
const KEYS = on('ForAnyValue:StringEquals', 'aws:TagKeys');

function problemsOf(operations: string[], scope: Partial<Scope>, options: string[] = []): string[] {
  const diagnostics = new Diagnostics();
  checkRequestTags(operations, options, { conditions: [], ...scope }, diagnostics);
  return diagnostics.errorTexts;
}
const resource = (type: string, ...conditions: CheckedCondition[]) => ({ type, arn: 'arn', conditions });
const denied = (key: string, operations: string) => (
  `the condition on ${key} makes ${operations} set tags, for which AWS also authorizes AddTagsToResource, so every `
  + 'call '
  + 'would be denied: set tagOnCreate');
const CREATE = ['CreateReplicationGroup', 'CreateUser'];

test.each<[string, string[], Partial<Scope>, string[]]>([
  ['a tag', CREATE, { conditions: [TAG] }, [denied('aws:RequestTag/team', 'CREATE_REPLICATION_GROUP, CREATE_USER')]],
  ['a tag and its key', ['CreateUser'], { conditions: [TAG, KEYS] },
    [denied('aws:RequestTag/team', 'CREATE_USER'), denied('aws:TagKeys', 'CREATE_USER')]],
  ['a tag on one resource', CREATE, { resources: [resource('replicationgroup', TAG), resource('user')] },
    [denied('aws:RequestTag/team', 'CREATE_REPLICATION_GROUP')]],
])('a condition that requires %s denies what creates', (_, operations, scope, problems) => {
  expect(problemsOf(operations, scope)).toEqual(problems);
});

test.each<[string, string[], Partial<Scope>, string[]]>([
  ['tags are allowed', CREATE, { conditions: [TAG] }, ['tagOnCreate']],
  ['AddTagsToResource is allowed', [...CREATE, 'AddTagsToResource'], { conditions: [TAG] }, []],
  ['nothing is created', ['TestFailover'], { conditions: [TAG] }, []],
  ['a request without the tag meets it', CREATE, { conditions: [on('StringNotEquals', 'aws:RequestTag/team')] }, []],
  ['it is on a tag of the resource', CREATE, { conditions: [on('StringEquals', 'aws:ResourceTag/team')] }, []],
  ['it is on a resource of another type', ['CreateUser'], { resources: [resource('replicationgroup', TAG)] }, []],
  ['there is none', CREATE, {}, []],
])('a condition denies nothing where %s', (_, operations, scope, options) => {
  expect(problemsOf(operations, scope, options)).toEqual([]);
});
