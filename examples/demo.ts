// Synthesizes the app in examples/typescript, and prints the role's policy and the reason for each permission.
import { App, CfnElement } from 'aws-cdk-lib';
import { RestoreStack } from './typescript/restore-stack';

const app = new App();
const stack = new RestoreStack(app, 'Restore');
const template = app.synth().getStackByName(stack.stackName).template;

const policy = Object.values<any>(template.Resources).find(({ Type }) => Type === 'AWS::IAM::Policy');
console.log("The role's policy:\n");
console.log(JSON.stringify(readable(policy.Properties.PolicyDocument), undefined, 2));

console.log('\nEach permission, and why:\n');
print([
  ['OPERATION', 'ACTION', 'RESOURCE', 'REASON'],
  ...stack.access.permissions.map(({ operation, action, resource, reason }) => (
    [operation, action, readable(stack.resolve(resource)), reason]
  )),
]);
console.log('\nWhere that is said:\n');
console.log([...new Set(stack.access.permissions.map(({ operation, source }) => `${operation}: ${source}`))].join('\n'));

/** The same with `Fn::Join`, `Ref` and `Fn::GetAtt` written as `Fn::Sub` would write them. */
function readable(value: any): any {
  if (Array.isArray(value)) { return value.map(readable); }
  if (typeof value !== 'object') { return value; }
  if ('Ref' in value) { return `\${${nameOf(value.Ref)}}`; }
  if ('Fn::GetAtt' in value) { return `\${${nameOf(value['Fn::GetAtt'][0])}.${value['Fn::GetAtt'][1]}}`; }
  if ('Fn::Join' in value) { return value['Fn::Join'][1].map(readable).join(value['Fn::Join'][0]); }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

/** The id that the app gives to what has this logical id. */
function nameOf(logicalId: string): string {
  const element = stack.node.findAll().find((child) => CfnElement.isCfnElement(child) && stack.resolve(child.logicalId) === logicalId);
  return element ? element.node.path.split('/')[1] : logicalId;
}

function print(rows: string[][]) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  rows.forEach((row) => console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()));
}
