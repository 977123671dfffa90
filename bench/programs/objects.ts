// Prints the milliseconds that a grant of 500 objects to an existing role takes, without and with the synthesis of its
// stack.
import { rmSync } from 'fs';
import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { keysOf, newApp, newRole } from './app';
import { median } from './timed';
import { load } from '../contestants';

async function main(contestant: string) {
  const { restore } = await load(contestant);
  const keys = keysOf(500);
  let app: App;
  let stack: Stack;
  let role: Role;
  let outdir: string;
  const prepare = () => {
    app = newApp();
    stack = new Stack(app, 'Stack');
    role = newRole(stack, 'Role');
  };
  const grant = () => restore(stack, 'Access', role, 'snapshots', keys);
  const synth = () => {
    grant();
    outdir = app.synth().directory;
  };
  console.log(JSON.stringify({
    grant: await median({ iterations: 40, prepare, run: grant }),
    synth: await median({ iterations: 12, prepare, run: synth, tidy: () => rmSync(outdir, { recursive: true }) }),
  }));
}

void main(process.argv[2]);
