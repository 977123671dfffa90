// Synthesizes the app in examples/typescript, and prints what each of its principals may do. With "--full", prints each
// policy and the whole report, too.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CacheAccessStack } from './typescript/cache-access-stack';
import { ElastiCacheAccessReport } from 'cdk-elasticache-grants';

const MOST_ACTIONS = 3;
const full = process.argv.includes('--full');
const outdir = mkdtempSync(join(tmpdir(), 'demo-'));
const app = new App({ outdir });
const report = new ElastiCacheAccessReport(app, 'ElastiCacheAccess');
const stack = new CacheAccessStack(app, 'CacheAccess');
app.synth();
rmSync(outdir, { recursive: true });

const { summary, permissions } = report.toJson();

console.log('This app restores a cache from S3, and has a role for each task. Each may do this, and nothing else:\n');
for (const { principal, operations, onEveryResource, writing } of summary) {
  const actions = [...new Set(permissions.filter((one) => one.principal === principal).map(({ action }) => action))];
  const more = actions.length > MOST_ACTIONS ? ` and ${actions.length - MOST_ACTIONS} more` : '';
  const count = `${operations} operation${operations === 1 ? '' : 's'}`;
  console.log(`${principal}: ${count}, ${onEveryResource} on *, ${writing} writing: `
    + `${actions.slice(0, MOST_ACTIONS).join(', ')}${more}`);
}

const roles = stack.node.children.filter((child): child is iam.Role => child instanceof iam.Role);
for (const role of roles.filter(({ node }) => full || node.id === 'ApplicationRole')) {
  const { document } = role.node.findChild('DefaultPolicy') as iam.Policy;
  console.log(`\nThe policy of ${role.node.path}:\n`);
  console.log(JSON.stringify(readable(stack.resolve(document)), undefined, 2));
}

if (full) {
  console.log(`\nThe report that somebody signs:\n\n${report.toMarkdown()}`);
} else {
  console.log('\nWhy, and which page of AWS says so, is in the report: "npm run demo -- --full" prints it, with all '
    + 'policies.');
}
console.log('\nNext: copy examples/typescript/cache-access-stack.ts, or read docs/connect.md and docs/deployment.md.');

/** The same value, with `Fn::Join`, `Ref` and `Fn::GetAtt` in the short form of `Fn::Sub`. */
function readable(value: any): any {
  if (Array.isArray(value)) { return value.map(readable); }
  if (typeof value !== 'object') { return value; }
  if ('Ref' in value) { return `\${${value.Ref}}`; }
  if ('Fn::GetAtt' in value) { return `\${${value['Fn::GetAtt'].join('.')}}`; }
  if ('Fn::Join' in value) { return value['Fn::Join'][1].map(readable).join(value['Fn::Join'][0]); }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}
