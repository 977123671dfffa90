import { spawnSync } from 'child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { basename, join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DEPLOYMENT, synthesize } from './cdk';
import { ACCOUNT, REGION, ROOT, SCRATCH, setting } from './environment';
import { deployed } from '../harness';
import { documentedExamples, policyOf } from '../support/documented-examples';

/** A problem that a linter reports. */
interface Finding {
  readonly tool: string;
  readonly rule: string;
  /** The example, and where in its template or policy. */
  readonly where: string;
}

/** Findings of one rule that are expected. */
interface Explanation {
  readonly tool: string;
  readonly rule: string;
  readonly where: string[];
  readonly reason: string;
}

const PSEUDO_PARAMETERS: Record<string, string> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::URLSuffix': 'amazonaws.com',
};
const explanations: Explanation[] = JSON.parse(readFileSync(join(__dirname, 'explained-findings.json'), 'utf8'));
const DOCUMENTS = [
  'README.md', 'docs/access-grants.md', 'docs/connect.md', 'docs/narrowing.md', 'docs/guardrails.md',
  'docs/guardrail-rules.md', 'docs/deploy-roles.md', 'docs/deployment.md', 'docs/restore-and-export.md',
];
/**
 * Parliament reads a Deny as if it allowed, and wants every action of a pattern to carry a condition's key. So policies
 * that deny are left out. The tests of guardrails evaluate them instead.
 */
const isGuardrail = (name: string) => name.startsWith('docs/guardrail');
const documented = DOCUMENTS.flatMap((path) => (
  documentedExamples(path).map(({ title, stack }) => ({ name: `${path}, ${title}`, stack }))));

const templates: Record<string, any> = {};
let policies: Record<string, unknown>;

beforeAll(async () => {
  templates['examples/typescript'] = await synthesize(join(ROOT, 'examples', 'typescript'), 'app.ts');
  documented.forEach(({ name, stack: Example }) => {
    templates[name] = Template.fromStack(new Example(new App(), 'Example')).toJSON();
  });
  const granting = Object.entries(templates).filter(([name]) => !isGuardrail(name));
  policies = Object.fromEntries(granting.flatMap(([name, template]) => (
    documentsOf(template)
      .map((document, index): [string, any] => [`${name} (policy ${index + 1})`, document])
      .filter(([, { Statement }]) => Statement.every(({ Effect }: any) => Effect === 'Allow')))));
}, DEPLOYMENT);

describe('cfn-lint, on the template of every example', () => {
  test('checks one template for each example, and reports a bad one', () => {
    expect(Object.keys(templates)).toHaveLength(1 + documented.length);
    expect(documented.length).toBeGreaterThan(10);
    expect(cfnLint({ bad: { Resources: { Bad: { Type: 'AWS::ElastiCache::Nothing' } } } })).toEqual([
      { tool: 'cfn-lint', rule: 'E3006', where: 'bad: Resources/Bad/Type' },
    ]);
  });

  test('finds only what explained-findings.json explains', () => {
    expect(sorted(cfnLint(templates))).toEqual(explained('cfn-lint'));
  });
});

describe('parliament, on every policy of every example that grants', () => {
  test('checks at least one policy for each example, and reports a bad one', () => {
    expect(
      Object.keys(templates).filter((name) => (
        !isGuardrail(name) && !Object.keys(policies).some((policy) => policy.startsWith(`${name} (`)))),
    ).toEqual([]);
    expect(parliament({
      bad: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetNothing', Resource: '*' }] },
    })).toEqual([
      { tool: 'parliament', rule: 'UNKNOWN_ACTION', where: 'bad: Unknown action s3:GetNothing' },
    ]);
  });

  test('finds only what explained-findings.json explains', () => {
    expect(sorted(parliament(policies))).toEqual(explained('parliament'));
  });
});

test('each explanation has a reason', () => {
  expect(explanations.filter(({ reason }) => reason.length < 20)).toEqual([]);
});

function cfnLint(inputs: Record<string, unknown>): Finding[] {
  const { directory, names } = written('templates', inputs);
  const files = Object.keys(names).map((file) => join(directory, file));
  const findings = JSON.parse(linted('cfn-lint', ['--format', 'json', '--regions', REGION, '--', ...files]));
  return findings.map(({ Rule, Filename, Location }: any) => (
    { tool: 'cfn-lint', rule: Rule.Id, where: `${names[basename(Filename)]}: ${Location.Path.join('/')}` }));
}

function parliament(inputs: Record<string, unknown>): Finding[] {
  const { directory, names } = written('policies', inputs);
  const lines = linted(
    'parliament',
    ['--directory', directory, '--include_policy_extension', 'json', '--include-community-auditors', '--json'],
  ).split('\n');
  return lines.filter((line) => line).map((line) => JSON.parse(line)).map(({ issue, location, detail }) => (
    {
      tool: 'parliament',
      rule: issue,
      where: `${names[basename(location.filepath)]}: ${detailOf(detail || location.actions)}`,
    }));
}

/** The detail of a finding of parliament, which has several forms, and an order that changes from run to run. */
function detailOf(detail: any): string {
  if (!Array.isArray(detail)) { return String(detail); }
  return detail.map((item) => (item.action ? `${item.action} needs ${item.required_format}` : String(item))).sort()
    .join('; ');
}

/** Writes each input to a file, of which the name is a number. */
function written(kind: string, inputs: Record<string, unknown>) {
  const directory = join(SCRATCH, kind);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const names = Object.fromEntries(Object.keys(inputs).map((name, index) => [`${index}.json`, name]));
  Object.entries(names).forEach(([file, name]) => (
    writeFileSync(join(directory, file), JSON.stringify(inputs[name], undefined, 1))
  ));
  return { directory, names };
}

/** What a linter prints. The exit code doesn't tell whether it failed, but its error output does. */
function linted(program: string, args: string[]): string {
  const { stdout, stderr, error } = spawnSync(join(setting('E2E_PROGRAMS'), program), args, { encoding: 'utf8' });
  if (error || stderr) { throw new Error(`${program}: ${error?.message ?? stderr}`); }
  return stdout;
}

function explained(tool: string): Finding[] {
  return sorted(explanations
    .filter((explanation) => explanation.tool === tool)
    .flatMap(({ rule, where }) => where.map((place) => ({ tool, rule, where: place }))));
}

function sorted(findings: Finding[]): Finding[] {
  return [...findings].sort((one, other) => JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
}

/** The policies of a template, as CloudFormation deploys them. */
function documentsOf(template: any): unknown[] {
  const { Resources } = template;
  const resources: any[] = Object.values(Resources);
  const nameOf = (logicalId: string) => logicalId.toLowerCase();
  const arnOf = (logicalId: string) => (Resources[logicalId].Type === 'AWS::ElastiCache::User'
    ? `arn:aws:elasticache:${REGION}:${ACCOUNT}:user:${nameOf(logicalId)}`
    : `arn:aws:s3:::${nameOf(logicalId)}`);
  return resources
    .map(policyOf)
    .filter((document) => document)
    .map((document) => deployed(document, PSEUDO_PARAMETERS, nameOf, arnOf));
}
