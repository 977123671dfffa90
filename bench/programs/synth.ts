// Synthesizes an app of 1,000 roles, 200 a stack, each with one grant. With "policies", prints what the roles may do instead of what it took.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { keysOf, newApp, newRole } from './app';
import { load } from '../contestants';

async function main(contestant: string, output?: string) {
  const { restore } = await load(contestant);
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  const app = newApp(outdir);
  for (let number = 0; number < 5; number++) {
    const stack = new Stack(app, `Stack${number}`);
    for (let index = 0; index < 200; index++) {
      restore(stack, `Access${index}`, newRole(stack, `Role${index}`), 'snapshots', keysOf(2, index));
    }
  }
  const { stacks } = app.synth();
  if (output === 'policies') {
    console.log(JSON.stringify(stacks.flatMap(({ template }) => Object.values<any>(template.Resources))
      .filter(({ Type }) => Type === 'AWS::IAM::Policy').map(({ Properties }) => [Properties.Roles, Properties.PolicyDocument])));
  }
  rmSync(outdir, { recursive: true });
  if (output === undefined) {
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024 }));
  }
}

void main(process.argv[2], process.argv[3]);
