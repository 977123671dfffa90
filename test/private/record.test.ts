import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  GivenPermissions, guardrailsWritten, permissionsGivenBelow, recordGuardrail, recordPermissions, WrittenGuardrail,
} from '../../src/private/record';
import { TRACES } from '../../src/private/util/traces';
import { newApp } from '../harness';

function tree() {
  const app = newApp();
  const [one, other] = ['One', 'Other'].map((id) => new Stack(app, id));
  const grant = new Construct(one, 'Grant');
  const role = new Construct(other, 'Role');
  return { app, one, other, grant, role };
}
const given = (grant: Construct, recipient: Construct | string, rest: Partial<GivenPermissions> = {}) => (
  { grant, recipient, permissions: [], isDelivered: false, ...rest });

describe('what was given is recorded', () => {
  test('below the grant, below who has got it, and nowhere else', () => {
    const { app, one, other, grant, role } = tree();
    const [toRole, toName] = [given(grant, role), given(grant, 'somebody')];
    [toRole, toName].forEach(recordPermissions);
    expect([app, one, other, grant, role].map(permissionsGivenBelow)).toEqual([
      [toRole, toName], [toRole, toName], [toRole], [toRole, toName], [toRole],
    ]);
    expect(permissionsGivenBelow(new Construct(one, 'Part'))).toEqual([]);
  });

  test('for each app', () => {
    const [first, second] = [tree(), tree()];
    recordPermissions(given(first.grant, 'somebody'));
    expect(permissionsGivenBelow(second.app)).toEqual([]);
    expect(permissionsGivenBelow(newApp())).toEqual([]);
  });
});

describe('what was given leaves a trace in the policy, once the stage is synthesized', () => {
  /** The trace after the validation of the stage of the grant, and of that of the role. */
  const tracesOf = (isDelivered: boolean, toRole: boolean) => {
    const app = newApp();
    const [one, other] = ['One', 'Other'].map((id) => new Stage(app, id));
    const [grant, role] = [one, other].map((stage) => new Stack(stage, 'Stack'));
    const policy = new iam.Policy(role, 'Policy');
    recordPermissions(given(grant, toRole ? role : 'somebody', { isDelivered, policy }));
    return [one, other].map((stage) => {
      stage.node.validate();
      return (policy.node.defaultChild as CfnResource).getMetadata(TRACES);
    });
  };

  test('of who has got it', () => { expect(tracesOf(true, true)).toEqual([undefined, ['One/Stack']]); });

  test('of the grant, where that is a name', () => {
    expect(tracesOf(true, false)).toEqual([['One/Stack'], ['One/Stack']]);
  });

  test('unless nobody has got it', () => { expect(tracesOf(false, true)).toEqual([undefined, undefined]); });
});

test('what a guardrail was written as is recorded for its app, each kind once', () => {
  const { app, one, other, grant } = tree();
  const written = (guardrail: Construct, kind: WrittenGuardrail['kind']): WrittenGuardrail => (
    { guardrail, kind, denials: [], exceptPrincipals: [] });
  const all = [
    written(grant, 'policy document'), written(grant, 'permissions boundary'), written(other, 'policy document'),
  ];
  [...all, written(grant, 'policy document')].forEach(recordGuardrail);
  expect([app, one, other].map(guardrailsWritten)).toEqual([all, all, all]);
  expect(guardrailsWritten(tree().app)).toEqual([]);
});
