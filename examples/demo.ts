// Synthesizes the app in examples/typescript, and prints each role's policy and the reason for each permission.
import { App, CfnElement } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CacheAccessStack } from './typescript/cache-access-stack';
import { ElastiCacheAccessGrant } from 'cdk-elasticache-grants';

const app = new App();
const stack = new CacheAccessStack(app, 'CacheAccess');
app.synth();

for (const name of ['Restore', 'Export', 'Admin', 'Reader', 'Application']) {
  const policy = stack.node.findChild(`${name}Role`).node.findChild('DefaultPolicy') as iam.Policy;
  console.log(`The policy of ${name}Role:\n`);
  console.log(JSON.stringify(readable(stack.resolve(policy.document)), undefined, 2));

  const { permissions } = stack.node.findChild(`${name}Access`) as ElastiCacheAccessGrant;
  console.log('\nEach permission and its reason:\n');
  print([
    ['OPERATION', 'ACTION', 'ACCESS LEVEL', 'RESOURCE', 'REASON'],
    ...permissions.map(({ operation, action, accessLevel, resource, reason }) => (
      [operation, action, accessLevel ?? 'not known', readable(stack.resolve(resource)), reason])),
  ]);
  console.log('\nSources:\n');
  console.log([...new Set(permissions.map(({ operation, source }) => `${operation}: ${source}`))].join('\n'), '\n');
}

/** The same value, with `Fn::Join`, `Ref` and `Fn::GetAtt` in the short form of `Fn::Sub`. */
function readable(value: any): any {
  if (Array.isArray(value)) { return value.map(readable); }
  if (typeof value !== 'object') { return value; }
  if ('Ref' in value) { return `\${${nameOf(value.Ref)}}`; }
  if ('Fn::GetAtt' in value) { return `\${${nameOf(value['Fn::GetAtt'][0])}.${value['Fn::GetAtt'][1]}}`; }
  if ('Fn::Join' in value) { return value['Fn::Join'][1].map(readable).join(value['Fn::Join'][0]); }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

/** The construct id of the resource with this logical id. */
function nameOf(logicalId: string): string {
  const element = stack.node.findAll().find((child) => (
    CfnElement.isCfnElement(child) && stack.resolve(child.logicalId) === logicalId));
  return element ? element.node.path.split('/')[1] : logicalId;
}

function print(rows: string[][]) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  rows.forEach((row) => console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()));
}
